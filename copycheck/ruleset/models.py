"""Models: what a rule file may say, one class a kind; pydantic checks it strictly."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator
from pydantic.json_schema import SkipJsonSchema

from copycheck.findings import JURISDICTIONS
from copycheck.ruleset.applies import Applies as Applies
from copycheck.ruleset.location import FAMILIES as FAMILIES
from copycheck.ruleset.strict import Model, Text

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]*$")]
Scope = Literal["title", "heading", "body", "list", "quote", "table", "caption", "alt", "meta", "cta"]
Cued = Literal["negated", "hedged", "myth", "condition", "advice_against", "denounced", "aim", "sought"]
Mark = Literal[Cued, "question", "quoted", "third_party_quote", "organization_name", "name"]
Label = Literal["promise", "superiority", "safety", "testimonial", "disease", "pressure", "advice", "fear"]
Judgement = Literal["efficacy", "mechanism", "statistic", "research", "comparative", "safety", "guarantee", "condition", "testimonial"]
Support = Literal["unsourced", "vague", "named", "self", "weak", "broken", "old", "animal", "bare", "near", "lapsed", "page"]
Line = Text | list[dict[str, Any]]  # a line of the pattern language, or token dicts of spaCy's Matcher


class Example(Model):
    """A small document. `text` marks expected spans `[|…|]`, related ones `[+…+]`, a missing thing `[||]` at the start."""

    text: Text
    format: Literal["markdown", "mdx", "jsx", "html", "text"] = "markdown"
    vertical: str | None = None
    promotional: bool | None = None
    audience: Literal["patient", "blog", "professional"] | None = None
    today: Text | None = None  # ISO date, where the rule reads it
    approved: list[Text] = []  # wordings approved until the end of 2030


def _full(value: Any) -> Any:
    """An example that is only a text."""
    return {"text": value} if isinstance(value, str) else value


Case = Annotated[Example, BeforeValidator(_full, json_schema_input_type=Text | Example)]


class Examples(Model):
    flag: Annotated[list[Case], Field(min_length=1)]
    pass_: Annotated[list[Case], Field(min_length=1, alias="pass")]


class Rule(Model):
    """What every rule says. `id` is its path (`family/name`), set by the loader as `path` and `cited` are, never written in the file."""

    id: SkipJsonSchema[str]
    path: SkipJsonSchema[str]
    kind: str
    severity: Literal["error", "warning", "info"]
    confidence: Literal["high", "medium", "low"]
    title: Text
    message: Text
    why: Text
    fix: Text | None = None  # what clears it, for `explain` and the rule page
    authority: list[Text] = []  # ids of authorities.yaml, each with `#paragraph` where one is meant
    cited: SkipJsonSchema[tuple[Any, ...]] = ()  # the same resolved, set by the loader
    applies: Applies = Applies()
    scope: list[Scope] = ["title", "heading", "body", "list", "quote", "table", "caption", "alt", "meta", "cta"]
    publisher: Literal["error", "warning", "info"] | None = None  # severity under the preset `publisher`
    catalogue: list[str] = []  # entries of the research catalogue that it covers
    tags: list[str] = []
    examples: Examples

    @property
    def family(self) -> str:
        return self.id.split("/")[0]

    @cached_property
    def jurisdictions(self) -> tuple[str, ...]:
        """Where it holds: as `applies` says, else, for `compliance` and `disclaimers`, where it cites somebody; other families anywhere."""
        if self.applies.jurisdiction or self.family not in ("compliance", "disclaimers"):
            return tuple(self.applies.jurisdiction) or JURISDICTIONS
        own = {cited.authority.jurisdiction for cited in self.cited}
        house = all(cited.authority.status == "house rule" for cited in self.cited)
        return ("us", "uk") if house or "uk" in own else ("us",)

    def cited_in(self, jurisdiction: str) -> list[Any]:
        """The authorities that speak for a country, abroad its own first; all where none does."""
        here = [one for one in self.cited if one.speaks_for(jurisdiction)] or list(self.cited)
        return sorted(here, key=lambda one: jurisdiction != "us" and one.authority.jurisdiction is None)

    @model_validator(mode="after")
    def _authority(self) -> Rule:
        if self.family in ("compliance", "disclaimers") and not self.authority:
            raise ValueError("authority: a rule of this family must name its authority")
        return self


class Wording(Rule):
    """What the kinds that look for wordings share. Every entry is a line of the pattern language (docs/pattern-language.md)."""

    patterns: list[Line] = []
    except_: list[Line] = Field(default=[], alias="except")
    unless: list[Mark] = []
    label: Label | None = None  # what the judge must say of the sentence too: see `copycheck.witnesses`


class Pattern(Wording):
    """Fires where a pattern, or the left side of a swap, matches within a sentence.

    `patterns`: wordings; what stands between `(` and `)` is flagged, else the whole match. `swap`: wrong wording -> replacement, or
    several in order; a word after `~` takes the inflection of the wording's first inflected word.
    `except`: wordings that clear a match they touch.
    `unless`: marks that clear a match. `with` and `without`: wordings one of which must, or none of which may, occur in the same
    sentence; `near` and `cleared_by`: the same for the block, its lead-in and its heading; `page`: one must occur somewhere on the page.
    `regex`: expressions of the `regex` library on the sentence, for rules about characters rather than words.
    `safe`: wordings of `swap` whose one replacement says the same in any sentence, so that `copycheck fix` may take it unasked; true: all.
    """

    kind: Literal["pattern"]
    swap: dict[str, Text | list[Text]] = {}
    with_: list[Line] = Field(default=[], alias="with")
    without: list[Line] = []
    near: list[Line] = []
    cleared_by: list[Line] = []
    page: list[Line] = []
    regex: list[Text] = []
    safe: bool | list[Text] = False

    def is_safe(self, wording: str) -> bool:
        """Whether the replacement of a wording of `swap` may be taken unasked."""
        return self.safe if isinstance(self.safe, bool) else wording in self.safe

    @model_validator(mode="after")
    def _whole(self) -> Pattern:
        if not (self.patterns or self.swap or self.regex):
            raise ValueError("patterns: one of patterns, swap and regex must be given")
        if wrong := [one for one in (self.safe if isinstance(self.safe, list) else ()) if not isinstance(self.swap.get(one), str)]:
            raise ValueError(f"`safe`: {wrong[0]!r} is no wording of swap with one replacement")
        return self


class DutyTrigger(Model):
    """What makes a duty: its wordings, or sentences that the judge takes for what `judged` names, in at least `count` different sentences.

    One sentence with a wording of `strong` suffices, a heading, caption or alternative text with one of `shown`, or a link with all words
    of one of `links`. `titled`: `judged` counts where a heading of the first level has one of these, or the sentence one of `patterns`.
    """

    patterns: list[Line] = []
    strong: list[Line] = []
    shown: list[Line] = []
    links: list[Text] = []
    judged: list[Judgement] = []
    titled: list[Line] = []
    with_: list[Line] = Field(default=[], alias="with")
    without: list[Line] = []
    count: Annotated[int, Field(ge=1)] = 1
    scope: list[Scope] = ["title", "heading", "body", "list", "quote", "table", "caption", "meta"]
    unless: list[Mark] = []

    @model_validator(mode="after")
    def _something(self) -> DutyTrigger:
        if not (self.patterns or self.strong or self.shown or self.links or self.judged):
            raise ValueError("patterns: one of patterns, strong, shown, links and judged must be given")
        return self


class Duty(Rule):
    """Fires once on a document where all `triggers` hold and none of `met_by` does; the most frequent wordings of the first are named.

    `met_by` wordings count in blocks of the rule's `scope`, in the footer too where `page_chrome` is true; `listed` ones below a lead-in,
    table head or heading (but the page's) with one of `headed`. `each`: elements that all name some triggers do not speak for three or
    more others that have a section. `not_met_by`: a match that touches one within a sentence is none. `before`: none below the first
    trigger counts. `met_by_regex`: where characters matter. `meta`: front-matter keys (with a value that `meta_regex` matches), `includes`:
    parts of names of included files, `site`: the code of what a layout carries. `except`: nothing is owed. `offer`: a text to paste.
    """

    kind: Literal["duty"]
    triggers: list[DutyTrigger] = []  # none: every page that the rule applies to owes it
    met_by: list[Line] = []
    met_by_regex: list[Text] = []
    headed: list[Line] = []
    listed: list[Line] = []
    not_met_by: list[Line] = []
    meta: list[Name] = []
    meta_regex: Text | None = None
    includes: list[Text] = []
    except_: list[Line] = Field(default=[], alias="except")
    page_chrome: bool = True
    before: bool = False
    each: bool = False
    site: Name | None = None
    offer: Text | None = None


class SpanRule(Rule):
    """Fires on each span of the span group `group` that a spaCy component set in `doc.spans`, with the label `label` if given."""

    kind: Literal["span"]
    group: Text
    label: Text | None = None
    unless: list[Mark] = []


class Judged(Rule):
    """Fires where the judge gives `label` `chance` (none: its high bar) or more; `with` and `without` as elsewhere."""

    kind: Literal["judged"]
    label: Label
    chance: Annotated[float, Field(gt=0, lt=1)] | None = None
    unless: list[Mark] = []
    with_: list[Line] = Field(default=[], alias="with")
    without: list[Line] = []


class Metric(Rule):
    """Fires where a readability number crosses a line. `limits` gives the line for each audience; absent means off.

    `warn` gives a second line from which the finding is a warning. A grade counts as over a line where the lower end of its range is.
    `allow`: words that the audience needs, never named as what makes the text hard. The message may hold {value} {range} {limit}
    {sentences} {drivers} {cut}.
    """

    kind: Literal["metric"]
    metric: Literal[
        "flesch_kincaid_grade",
        "smog_index",
        "dale_chall_grade",
        "flesch_reading_ease",
        "jargon_load",
        "words_per_sentence",
        "words",
        "sentences",
    ]
    level: Literal["document", "section", "paragraph", "sentence"] = "document"
    limits: dict[Literal["patient", "blog", "professional"], float]
    warn: dict[Literal["patient", "blog", "professional"], float] = {}
    allow: list[Text] = []


class Spelling(Rule):
    """Selects one of the checks on words and characters (`check`); `allow` holds words that are right here.

    `safe`: where there is one sure correction, `copycheck fix` may take it unasked.
    """

    kind: Literal["spelling"]
    check: Literal[
        "misspelling", "doubled", "article", "small-letter", "missing-space", "stray-space", "repeated-marks", "unbalanced", "mixed"
    ]  # fmt: skip
    allow: list[Text] = []
    safe: bool = False


class Grammar(Rule):
    """Selects one of the checks on the parse of a sentence (`check`). The message may hold {right}, {because} and {match}."""

    kind: Literal["grammar"]
    check: Literal["agreement", "article", "number", "question-order", "verb-form"]


class Structure(Rule):
    """Selects one of the checks on a document's shape (`check`), with its lists in `phrases`, `regex`, `allow` and `swap`."""

    kind: Literal["structure"]
    check: Literal[
        "empty-section", "foreign-text", "jargon", "link-text", "missing-alt", "pasted-notice", "phone-mismatch", "placeholder-text",
        "promised-count", "readers-comments", "repeated-passage", "stale-year", "undefined-acronym",
    ]  # fmt: skip
    swap: dict[str, Text | list[Text]] = {}
    phrases: list[Text] = []
    regex: list[Text] = []
    allow: list[Text] = []


class Claim(Rule):
    """Fires on a claim of the kind `claim` whose support is of the status `status`; `page` is for all claims of a page together.

    `blocks`: what makes it an error on promotional copy, where the claim is sure and not hedged: `disease` (a disease claim for a
    product), `outcome` (a share or rate), `proven` (“clinically proven”), `promise` (words of certainty). The message may hold {evidence}
    {source} {reason} {age} {lacks}, that of the page {count}, those on approvals {wording} {differs} {expires}.
    """

    kind: Literal["claim"]
    claim: Literal["efficacy", "mechanism", "statistic", "research", "comparative", "safety", "guarantee", "condition", "any"]
    status: Support = "unsourced"
    blocks: list[Literal["disease", "outcome", "proven", "promise"]] = []


KINDS: dict[str, type[Rule]] = {
    "pattern": Pattern,
    "duty": Duty,
    "span": SpanRule,
    "judged": Judged,
    "claim": Claim,
    "metric": Metric,
    "grammar": Grammar,
    "spelling": Spelling,
    "structure": Structure,
}

"""Models: what a rule file may say, one class a kind; pydantic checks it strictly."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from copycheck.findings import VERTICALS
from copycheck.ruleset.location import FAMILIES as FAMILIES
from copycheck.ruleset.patterns import refuse

Scope = Literal["title", "heading", "body", "list", "quote", "table", "caption", "alt", "meta", "cta"]
Mark = Literal["negated", "quoted", "outsider", "question", "myth", "organisation"]
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]*$")]
Text = Annotated[str, Field(min_length=1)]


class Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Authority(Model):
    """Who says so. `verified` means that the section was read and says it; never set it from memory."""

    name: Text
    section: Text | None = None
    year: int | None = None
    url: Annotated[str, Field(pattern=r"^https?://")] | None = None
    verified: bool = False
    note: Text | None = None


class Applies(Model):
    """Where a rule holds. Outside it the rule is off if the user set that part of the profile, one step lower if it was guessed."""

    jurisdiction: list[Literal["us"]] = ["us"]
    vertical: list[str] = ["any"]
    promotional: bool | None = None  # None: either
    page: list[Literal["article", "landing"]] = ["article", "landing"]

    @field_validator("vertical")
    @classmethod
    def _known(cls, value: list[str]) -> list[str]:
        for name in value:
            if name != "any" and name not in VERTICALS:
                raise ValueError(f"unknown vertical {name!r}; known: any, {', '.join(VERTICALS)}")
        return value


class Example(Model):
    """A small document. `text` marks expected spans `[|…|]`, related ones `[+…+]`, a missing thing `[||]` at the start."""

    text: Text
    format: Literal["markdown", "mdx", "html", "text"] = "markdown"
    vertical: str | None = None
    promotional: bool | None = None
    audience: Literal["patient", "blog", "professional"] | None = None
    today: Text | None = None  # ISO date, where the rule reads it
    approved: list[Text] = []  # wordings approved until the end of 2030


class Examples(Model):
    flag: Annotated[list[Example], Field(min_length=1)]
    pass_: Annotated[list[Example], Field(min_length=1, alias="pass")]

    @field_validator("flag", "pass_", mode="before")
    @classmethod
    def _short(cls, value: Any) -> Any:
        return [{"text": item} if isinstance(item, str) else item for item in value] if isinstance(value, list) else value


class Rule(Model):
    """What every rule says. `id` is its path (`family/name`), set by the loader and never written in the file."""

    id: str
    path: str
    kind: str
    severity: Literal["error", "warning", "info"]
    confidence: Literal["high", "medium", "low"]
    title: Text
    message: Text
    why: Text
    fix: Text | None = None  # what clears it, for `explain` and the rule page
    authority: list[Authority] = []
    applies: Applies = Applies()
    scope: list[Scope] = ["title", "heading", "body", "list", "quote", "table", "caption", "alt", "meta", "cta"]
    publisher: Literal["error", "warning", "info"] | None = None  # severity under the preset `publisher`
    catalogue: list[str] = []  # entries of the research catalogue that it covers
    tags: list[str] = []
    examples: Examples

    @property
    def family(self) -> str:
        return self.id.split("/")[0]

    @model_validator(mode="after")
    def _authority(self) -> Rule:
        if self.family in ("compliance", "disclaimers") and not self.authority:
            raise ValueError("authority: a rule of this family must name its authority")
        return self


class Phrase(Rule):
    """Fires where a phrase, a pattern or the left side of a swap occurs.

    `phrases`: words as written; `*` at a word's end stands for any ending. With `by: lemma` every word also in its inflected forms.
    `patterns`: regular expressions of the `regex` library, ignoring case, on the sentence with plain quotes and spaces;
    `{name}` stands for the word list of that name in `_terms.yaml`; a group `(?P<flag>…)` is the span, else the whole match.
    `swap`: wrong wording -> replacements (a list is offered in order). `except`: patterns that clear a match they touch.
    `unless`: marks that clear a match. `with`: patterns one of which must occur in the same sentence; `near`: in the same block;
    `page`: somewhere in the main copy. `without`: patterns none of which may occur in the same sentence; `cleared_by`: in the same
    block (a qualifier that stands in the sentence next to the claim).
    """

    kind: Literal["phrase"]
    by: Literal["text", "lemma"] = "text"
    phrases: list[Text] = []
    patterns: list[Text] = []
    swap: dict[str, Text | list[Text]] = {}
    except_: list[Text] = Field(default=[], alias="except")
    unless: list[Mark] = []
    with_: list[Text] = Field(default=[], alias="with")
    near: list[Text] = []
    page: list[Text] = []
    without: list[Text] = []
    cleared_by: list[Text] = []
    case: bool = False  # True: letters must match in case
    tag: list[Text] = []  # coarse tags (NOUN, VERB …) one of which the first word of the match must have

    @model_validator(mode="after")
    def _something(self) -> Phrase:
        if not (self.phrases or self.patterns or self.swap):
            raise ValueError("phrases: one of phrases, patterns and swap must be given")
        return self


class Tokens(Rule):
    """Fires where one of spaCy's token patterns matches.

    `where`: regular expressions on the sentence with plain quotes and spaces; a match must begin where one of them does, and only
    sentences in which one matches go through the model: write them narrow. `span` names the first and last token to flag, counted from
    the match's start, or from its end where negative (default all).
    """

    kind: Literal["tokens"]
    patterns: Annotated[list[list[dict[str, Any]]], Field(min_length=1)]
    where: list[Text] = []
    span: tuple[int, int] | None = None
    suggest: list[Text] = []
    unless: list[Mark] = []


class Trigger(Model):
    """What makes a duty: its phrases or patterns occur in at least `count` different sentences of the article.

    One sentence with a wording of `strong` suffices. `with`: patterns one of which must stand in the same sentence; `without`:
    patterns none of which may. `unless`: marks that clear a match. `links`: patterns for the addresses of links; each counts as strong.
    """

    phrases: list[Text] = []
    patterns: list[Text] = []
    strong: list[Text] = []
    links: list[Text] = []
    with_: list[Text] = Field(default=[], alias="with")
    without: list[Text] = []
    count: Annotated[int, Field(ge=1)] = 1
    scope: list[Scope] = ["title", "heading", "body", "list", "quote", "table", "caption", "meta"]
    unless: list[Mark] = []

    @model_validator(mode="after")
    def _something(self) -> Trigger:
        if not (self.phrases or self.patterns or self.strong or self.links):
            raise ValueError("phrases: one of phrases, patterns, strong and links must be given")
        return self


class Requires(Rule):
    """Fires once on a document where all `triggers` hold and none of `met_by` does; the first trigger is named and related.

    `met_by` patterns are looked for `within` the sentence, paragraph or section of each trigger, or on the page, whose footer counts
    where `furniture` is true. `meta` names front-matter keys that meet the duty (with a value that `meta_value` matches, if given),
    `includes` patterns of the names of included files, `site` the code by which configuration says that the site's layout carries it.
    `not_met_by` are wordings that look like the element and do not count: a match that touches one is none. `except`: patterns one of
    which on the page says that the duty is not owed. `offer` is a ready text to paste; `{trigger}` in the message names what made the duty.
    """

    kind: Literal["requires"]
    triggers: list[Trigger] = []  # none: every page that the rule applies to owes it
    met_by: list[Text] = []
    meta: list[Name] = []
    meta_value: Text | None = None
    includes: list[Text] = []
    not_met_by: list[Text] = []
    except_: list[Text] = Field(default=[], alias="except")
    within: Literal["sentence", "paragraph", "section", "page"] = "page"
    furniture: bool = True
    site: Name | None = None
    offer: Text | None = None

    @model_validator(mode="after")
    def _place(self) -> Requires:
        if not self.triggers and self.within != "page":
            raise ValueError("within: a duty without triggers can only be met on the page")
        return self


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
    """Selects one of the checks on words (`check`), with its own data.

    For `wording`, `swap` holds patterns -> replacements (with groups as `\\1`), on the sentence with plain quotes and spaces; what is
    around the wrong words stands in look-arounds, the match is the span. `allow` holds words (for other checks) or patterns that clear a
    match they touch.
    """

    kind: Literal["spelling"]
    check: Literal[
        "misspelling",
        "wording",
        "doubled",
        "article",
        "agreement",
        "number",
        "small-letter",
        "missing-space",
        "repeated-marks",
        "unbalanced",
        "mixed",
    ]
    swap: dict[str, Text | list[Text]] = {}
    allow: list[Text] = []
    patterns: list[Text] = []

    @field_validator("swap")
    @classmethod
    def _sound(cls, value: dict[str, str | list[str]]) -> dict[str, str | list[str]]:
        for pattern in value:
            if reason := refuse(pattern, {}):
                raise ValueError(f"{pattern!r}: {reason}")
        return value


class Structure(Rule):
    """Selects one of the checks on a document's shape (`check`), with its lists in `phrases`, `patterns`, `allow` and `swap`."""

    kind: Literal["structure"]
    check: Literal[
        "empty-section", "foreign-text", "jargon", "link-text", "missing-alt", "pasted-notice", "phone-mismatch", "placeholder-text",
        "promised-count", "readers-comments", "repeated-passage", "stale-year", "undefined-acronym",
    ]  # fmt: skip
    swap: dict[str, Text | list[Text]] = {}
    phrases: list[Text] = []
    patterns: list[Text] = []
    allow: list[Text] = []
    limit: float | None = None


class Claim(Rule):
    """Fires on a claim of the kind `claim` whose support is of the status `status`; `page` is for all claims of a page together.

    `blocks`: what makes it an error on promotional copy, where the claim is sure and not hedged: `disease` (a disease claim for a
    product), `outcome` (a figure), `proven` (“clinically proven”), `always`. The message may hold {evidence} {source} {reason} {age}
    {lacks}, that of the page {count}, those on approvals {wording} {differs} {expires}.
    """

    kind: Literal["claim"]
    claim: Literal["efficacy", "mechanism", "statistic", "research", "comparative", "safety", "guarantee", "condition", "any"]
    status: Literal["unsourced", "vague", "named", "self", "weak", "broken", "old", "animal", "bare", "near", "lapsed", "page"] = (
        "unsourced"
    )
    blocks: list[Literal["disease", "outcome", "proven", "always"]] = []


KINDS: dict[str, type[Rule]] = {
    "phrase": Phrase,
    "tokens": Tokens,
    "claim": Claim,
    "requires": Requires,
    "metric": Metric,
    "spelling": Spelling,
    "structure": Structure,
}

"""Pattern: rules that fire where a line of the pattern language matches within a sentence."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any, NamedTuple

from copycheck.article import Article, Sentence
from copycheck.checks import Check, Result, Site, finding, fix_of, in_scope, quoted
from copycheck.checks.wordings import Hit, Wordings, longest, overlaps
from copycheck.inflection import inflect_marked
from copycheck.quotation import whole_words
from copycheck.ruleset.models import Pattern


class _Offer(NamedTuple):
    """Replacements of one wording, and whether they may be taken unasked."""

    replacements: tuple[str, ...]
    safe: bool


@dataclass
class PatternCheck(Check[Pattern]):
    """All pattern rules compiled together. What clears a match, or must stand beside it, is looked for only where one is."""

    _conditions: dict[int, Wordings] = field(default_factory=dict)

    @cached_property
    def _wordings(self) -> Wordings:
        """What every rule looks for, by its number."""
        wordings = Wordings(self.lists)
        for number, rule in enumerate(self.rules):
            for line in rule.patterns:
                wordings.add(number, line)
            for wording, replacements in rule.swap.items():
                offered = (replacements,) if isinstance(replacements, str) else tuple(replacements)
                wordings.add(number, wording, _Offer(offered, rule.is_safe(wording)))
            for expression in rule.regex:
                wordings.add_regex(number, expression, rule.id)
        return wordings

    def check(self, article: Article, site: Site) -> Result:
        result = Result()
        known: dict[tuple[int, int], dict[Any, list[Hit]]] = {}

        def conditions(number: int, sentence: Sentence) -> dict[Any, list[Hit]]:
            """By key, what the other lines of a rule match in a sentence."""
            place = (number, sentence.index)
            if place not in known:
                known[place] = self._conditions_of(number).find(sentence)
            return known[place]

        shown: dict[tuple[int, int | None], frozenset[Any]] = {}

        def keys(number: int, block: int | None, sentences: Iterable[Sentence]) -> frozenset[Any]:
            """The keys of a rule's other lines that match around a block, or on the whole page; found once."""
            place = (number, block)
            if place not in shown:
                shown[place] = frozenset(key for sentence in sentences for key in conditions(number, sentence))
            return shown[place]

        main = [sentence for sentence in article.sentences if sentence.block.region == "main"]
        for sentence in main:
            for number, hits in sorted(self._wordings.find(sentence).items()):
                rule = self.rules[number]
                if not in_scope(rule, sentence) or not _is_asked(
                    rule,
                    partial(conditions, number, sentence),
                    partial(keys, number, sentence.block_index, _around(sentence, article)),
                    partial(keys, number, None, main),
                ):
                    continue
                cleared = conditions(number, sentence).get("except", ()) if rule.except_ else ()
                standing = [hit for hit in hits if not overlaps(hit, cleared) and not _is_marked(rule, sentence, hit)]
                for hit in longest(standing):
                    words = tuple(_replacements(hit, sentence))
                    offer = f" Say {quoted(words, 'or')}." if words and hit.data and "{swap}" not in rule.message else ""
                    message = rule.message.replace("{swap}", quoted(words, "or")) + offer
                    start, end = (hit.start, hit.end) if hit.data or rule.regex else whole_words(sentence.text, hit.start, hit.end)
                    made = finding(rule, sentence, start, end, message, words)
                    if hit.data:
                        safe = hit.data.safe and (rule.family != "language" or _stands_alone(sentence, hit))
                        made = made._replace(fix=fix_of(sentence, hit.start, hit.end, words, safe))
                    result.findings.append(made)
        return result

    def _conditions_of(self, number: int) -> Wordings:
        """The lines of a rule that clear or confirm a match, by the key they stand under; compiled when it first matches."""
        if number not in self._conditions:
            rule = self.rules[number]
            wordings = self._conditions[number] = Wordings(self.lists)
            wordings.add_all({"except": rule.except_, "with": rule.with_, "without": rule.without, "near": rule.near,
                              "cleared_by": rule.cleared_by, "page": rule.page})  # fmt: skip
        return self._conditions[number]


def _stands_alone(sentence: Sentence, hit: Hit) -> bool:
    """Whether longer words may stand for it: no part of a compound or name (“non-diabetics”, “an alcoholics' group”), no verb cut off."""
    text, last = sentence.text, hit.tokens[-1]
    after = last.nbor() if last.i + 1 < len(last.doc) else last
    compound = last.tag_.startswith("NN") and (after.tag_.startswith("NN") and after.i > last.i)
    inner = text[hit.start : hit.start + 1].isupper() and text[: hit.start].endswith(" of ")
    cut = after.text == "," and last.lower_ == "from"
    return not (compound or inner or cut or after.text[0] in "'’-" or text[: hit.start].endswith(("-", "–")))


def _is_marked(rule: Pattern, sentence: Sentence, hit: Hit) -> bool:
    return bool(rule.unless) and not sentence.marks(hit.start, hit.end, hit.words).isdisjoint(rule.unless)


def _is_asked(
    rule: Pattern, here: Callable[[], Container[Any]], around: Callable[[], Container[Any]], page: Callable[[], Container[Any]]
) -> bool:
    """What must stand in the sentence, its surroundings and on the page does, and what must not does not."""
    if (rule.with_ and "with" not in here()) or (rule.without and "without" in here()):
        return False
    if (rule.cleared_by and "cleared_by" in around()) or (rule.near and "near" not in around()):
        return False
    return not rule.page or "page" in page()


def _around(sentence: Sentence, article: Article) -> Iterator[Sentence]:
    """The sentences of the block, of its lead-in and of its heading."""
    for block in (sentence.block_index, sentence.block.lead_in, sentence.block.heading):
        if block is not None:
            yield from article.by_block.get(block, ())


def _replacements(hit: Hit, sentence: Sentence) -> Iterator[str]:
    if not isinstance(hit.data, _Offer):
        return
    original = sentence.text[hit.start : hit.end]
    tag = _inflected([token.tag_ for token in hit.tokens])
    for replacement in hit.data.replacements:
        yield _cased(inflect_marked(replacement, tag), original)


def _inflected(tags: Sequence[str]) -> str:
    """The tag whose inflection a replacement takes: that of the first plural noun, else of the first verb, else the last one."""
    return next((tag for kind in (("NNS", "NNPS"), ("VB",)) for tag in tags if tag.startswith(kind)), tags[-1] if tags else "")


def _cased(replacement: str, original: str) -> str:
    """The replacement with the capitals of what it replaces: THE WHOLE, or the First letter."""
    if original.isupper() and len(original) > 3:
        return replacement.upper()
    return replacement[:1].upper() + replacement[1:] if original[:1].isupper() else replacement

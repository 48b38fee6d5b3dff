"""Terms: entities for the words of term lists, longest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span

from copycheck.inflection import forms
from copycheck.nlp.matcher import normal
from copycheck.ruleset import terms as term_lists


class TermMatcher:
    """Sets `doc.ents` to the terms found; the label of each is the name of its list in capitals.

    A dict of words by the first of them: spaCy's PhraseMatcher wants a Doc for every form of every term, which takes ten times as long
    to build, a third of a short run.
    """

    def __init__(self, nlp: Language, terms: term_lists.Terms) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], bool, str]]] = {}
        norm = normal(nlp.vocab)
        special = getattr(nlp.tokenizer, "rules", {})
        for term, label in terms.labels.items():
            words = tuple(term.split())
            if not all(word.isalpha() and word not in special for word in words):  # or it is cut at spaces, at a tenth of the cost
                words = tuple(token.text for token in nlp.tokenizer(term))
            as_written = term != term.lower()
            for shape in _shapes(words, as_written):
                if shape != words and " ".join(shape) in terms.labels:  # a term by itself
                    continue
                read = shape if as_written else tuple(map(norm, shape))
                self._by_first.setdefault(norm(shape[0].lower()), []).append((read, as_written, label))
        for members in self._by_first.values():
            members.sort(key=lambda member: (-len(member[0]), not member[1]))

    def __call__(self, doc: Doc) -> Doc:
        doc.ents = list(self._find(doc))
        return doc

    def _find(self, doc: Doc) -> Iterator[Span]:
        norms = [token.norm_ for token in doc]
        texts = [token.text for token in doc]
        at = 0
        while at < len(norms):
            for shape, as_written, label in self._by_first.get(norms[at], ()):
                end = at + len(shape)
                if tuple(texts[at:end] if as_written else norms[at:end]) == shape:
                    yield Span(doc, at, end, label=label)
                    at = end - 1
                    break
            at += 1


def _shapes(words: tuple[str, ...], as_written: bool) -> Iterable[tuple[str, ...]]:
    """A term as written and in the plural, or in every form of its last word; with its hyphens as spaces too."""
    if as_written:
        return {words, (*words[:-1], words[-1] + "s")}
    shapes = {words, tuple(word for word in words if word != "-")}
    shapes |= {(*shape[:-1], form) for shape in list(shapes) for form in forms(shape[-1])}
    return sorted(shapes)

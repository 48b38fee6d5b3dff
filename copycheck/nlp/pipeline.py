"""Pipeline: the one spaCy Language that reads every article, and its components as registered factories."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from spacy.language import Language
from spacy.tokens import Doc, Span

from copycheck.nlp import context, model, sentences
from copycheck.nlp.context import ContextMarker
from copycheck.nlp.judge import DocJudge
from copycheck.nlp.terms import TermMatcher
from copycheck.nlp.typos import TypoFolder
from copycheck.ruleset import language

for _name, _default in (("context", ()), ("below", frozenset()), ("opinions", ())):
    if not Doc.has_extension(_name):
        Doc.set_extension(_name, default=_default)
if not Span.has_extension("marks"):
    Span.set_extension("marks", getter=context.marks)


@Language.component("copycheck_sentences", assigns=["token.is_sent_start", "doc.sents"])
def copycheck_sentences(doc: Doc) -> Doc:
    """Assign sentence borders that hold for bullets, headings and the abbreviations of health copy."""
    return sentences.set_sentences(doc)


@Language.factory("copycheck_typos", requires=["token.tag"], assigns=["token.norm"])
def copycheck_typos(nlp: Language, name: str) -> TypoFolder:
    """Assign the norm of a word with one sure correction: “garantee” has the norm “guarantee”."""
    return TypoFolder()


@Language.factory("copycheck_terms", assigns=["doc.ents", "token.ent_type", "token.ent_iob"], default_config={"folders": []})
def copycheck_terms(nlp: Language, name: str, folders: list[str]) -> TermMatcher:
    """Assign `doc.ents`: the terms of the lists that ship and of further rule folders, labelled with the list's name in capitals."""
    return TermMatcher(nlp, language.load(tuple(folders)).terms)


@Language.factory(
    "copycheck_context",
    requires=["doc.sents", "doc.ents", "token.tag"],
    assigns=["doc._.context", "doc._.below", "span._.marks"],
    default_config={"folders": []},
)
def copycheck_context(nlp: Language, name: str, folders: list[str]) -> ContextMarker:
    """Assign `doc._.context`, and with it `span._.marks`: which of negated, hedged, quoted, question, myth … hold for a span.

    `doc._.below` are those that a heading or lead-in sets on what stands under it.
    """
    return ContextMarker(nlp.vocab, language.load(tuple(folders)).cues)


@Language.factory("copycheck_judge", requires=["doc.sents"], assigns=["doc._.opinions"], default_config={"setting": "other unclear"})
def copycheck_judge(nlp: Language, name: str, setting: str) -> DocJudge:
    """Assign `doc._.opinions`: what the judge says of each sentence. A run of copycheck tells it more of the page than `setting` can."""
    return DocJudge(setting)


def load(
    name: str | None = None,
    folders: Sequence[str] = (),
    components: Collection[str] = (),
    extra: Sequence[str] = (),
) -> Language:
    """The pipeline that copycheck reads articles with.

    Args:
        name: a package or folder with a spaCy pipeline that has a tagger; else the English model that copycheck was tested with.
        folders: rule folders whose term lists and context cues are added to those that ship.
        components: further components of that model that rules need, such as `parser`.
        extra: factories of installed packages, added at the end.

    Raises:
        NoModel: if the model, or a component asked for, is missing or damaged.
    """
    nlp = model.load(name, components)
    nlp.add_pipe("copycheck_sentences", first=True)
    nlp.add_pipe("copycheck_typos")
    nlp.add_pipe("copycheck_terms", config={"folders": list(folders)})
    nlp.add_pipe("copycheck_context", config={"folders": list(folders)})
    for factory in extra:
        try:
            nlp.add_pipe(factory)
        except Exception as error:  # whatever a user's package raises while it loads
            reason = " ".join(str(error).split())[:200]
            raise model.NoModel(f"The pipeline component “{factory}” could not be added: {reason}") from error
    return nlp

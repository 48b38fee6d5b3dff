"""The pipeline: its components as factories that stand alone, what `load` puts together, and components of a user's own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

import copycheck
from copycheck import modelfiles, ruleset
from copycheck.cli import given
from copycheck.engine import Engine, Item, Settings
from copycheck.modelfiles import NoModel
from copycheck.nlp import pipeline
from copycheck.source import Source

OURS = ["copycheck_sentences", "tok2vec", "tagger", "copycheck_typos", "copycheck_terms", "copycheck_context"]


def test_load_gives_the_tagger_and_our_components(nlp):
    assert nlp.pipe_names == OURS
    assert "ner" not in nlp.pipe_names and "parser" not in nlp.pipe_names


def test_it_can_be_had_for_a_notebook():
    nlp = copycheck.load()
    assert nlp.pipe_names == OURS
    doc = nlp("There is no cure for chest pain. We garantee it.")
    assert [sentence.text for sentence in doc.sents] == ["There is no cure for chest pain.", "We garantee it."]
    assert "negated" in doc[3:4]._.marks and doc[9].norm_ == "guarantee"


def test_components_are_added_where_a_rule_needs_them():
    assert "parser" in pipeline.load(components=["parser"]).pipe_names
    with pytest.raises(NoModel, match="has no no_such_part"):
        pipeline.load(components=["no_such_part"])


def test_sentences_alone_in_another_pipeline():
    nlp = spacy.blank("en")
    nlp.add_pipe("copycheck_sentences")
    assert [sentence.text for sentence in nlp("Dr. Lee treats pain. Call us.").sents] == ["Dr. Lee treats pain.", "Call us."]


def test_terms_and_context_in_another_pipeline(tmp_path):
    (tmp_path / "terms").mkdir()
    (tmp_path / "terms" / "gadget.txt").write_text("quuxometer\n", encoding="utf-8")
    nlp = spacy.blank("en")
    nlp.add_pipe("copycheck_sentences")
    nlp.add_pipe("copycheck_terms", config={"folders": [str(tmp_path)]})
    nlp.add_pipe("copycheck_context")
    doc = nlp("It is not a quuxometer.")
    assert [(entity.text, entity.label_) for entity in doc.ents] == [("quuxometer", "GADGET")]
    assert "negated" in doc[4:5]._.marks


def test_each_factory_says_what_it_assigns():
    for name, assigned in (
        ("copycheck_sentences", "token.is_sent_start"),
        ("copycheck_typos", "token.norm"),
        ("copycheck_terms", "doc.ents"),
        ("copycheck_context", "span._.marks"),
    ):
        assert assigned in Language.get_factory_meta(name).assigns


def test_the_users_own_model_is_taken_from_a_folder(tmp_path):
    folder = tmp_path / "ours"
    shutil.copytree(modelfiles.find(modelfiles.PINNED).folder, folder, ignore=shutil.ignore_patterns("ner", "senter", "parser"))
    (folder / "meta.json").write_text((folder / "meta.json").read_text().replace('"version":"3.8.0"', '"version":"0.1"'))
    nlp = pipeline.load(str(folder))
    assert nlp.pipe_names == OURS and nlp("No pain here.")[1:2]._.marks >= {"negated"}


def test_a_model_that_is_not_there():
    with pytest.raises(NoModel, match="neither an installed package nor a folder"):
        pipeline.load("no_such_model")


@pytest.fixture(scope="module")
def brand_voice() -> str:
    """A factory as a user's package registers it: it marks shouting."""

    class BrandVoice:
        def __call__(self, doc: Doc) -> Doc:
            if "broken" in doc.text:
                raise RuntimeError("the brand is broken")
            doc.spans["brand_voice"] = [Span(doc, token.i, token.i + 1, "shouting") for token in doc if token.is_upper and len(token) > 3]
            return doc

    name = "acme_brand_voice"
    Language.factory(name, func=lambda nlp, name: BrandVoice())
    return name


RULE = """kind: span
group: brand_voice
label: shouting
severity: warning
confidence: high
title: Shouting
message: "“{match}” shouts."
why: House style.
unless: [quoted]
examples:
  flag: ["Buy [|TODAY|] please."]
  pass: ["Buy today."]
"""


def test_a_component_of_a_users_package_becomes_findings(tmp_path: Path, brand_voice: str):
    path = tmp_path / "language" / "shouting.yaml"
    path.parent.mkdir()
    path.write_text(RULE, encoding="utf-8")
    engine = Engine(ruleset.load([tmp_path]), given.loader(None, (), (brand_voice,)))
    text = "We sell it TODAY only.\n\nThey say “TODAY” too.\n"
    (report,) = engine.run([Item("a.md", Source("a.md", text), Settings())])
    assert report.error is None
    assert [(finding.rule, text[slice(*finding.span)], finding.message) for finding in report.findings] == [
        ("language/shouting", "TODAY", "“TODAY” shouts.")
    ]


def test_a_component_that_raises_fails_only_what_it_was_given(tmp_path: Path, brand_voice: str):
    path = tmp_path / "language" / "shouting.yaml"
    path.parent.mkdir()
    path.write_text(RULE, encoding="utf-8")
    engine = Engine(ruleset.load([tmp_path]), given.loader(None, (), (brand_voice,)))
    texts = {"a.md": "We sell it TODAY.", "b.md": "It is broken.", "c.md": "Buy it TODAY."}
    reports = list(engine.run([Item(name, Source(name, text), Settings()) for name, text in texts.items()]))
    assert [report.path for report in reports] == list(texts)
    assert reports[1].error is not None and "the brand is broken" in reports[1].error
    assert [len(report.findings) for report in reports] == [1, 0, 1]


def test_a_component_that_cannot_be_added_is_one_sentence():
    with pytest.raises(NoModel, match="The pipeline component “no_such_factory” could not be added: ") as caught:
        pipeline.load(extra=["no_such_factory"])
    assert "\n" not in str(caught.value)

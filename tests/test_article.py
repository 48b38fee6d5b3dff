"""An Article: a Doc of each block whose offsets are those of the block's text, and sentences that know their place in the source."""

from __future__ import annotations

from typing import Any

import pytest

from copycheck.article import parse, readable
from copycheck.document import PLACEHOLDER
from copycheck.readers import read
from copycheck.source import Source
from tests.rulekit import article, load_pipeline, sentences


class Counting:
    """The pipeline, with what it is given."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.runs = 0

    def pipe(self, texts: Any) -> Any:
        self.runs += 1
        given = list(texts)
        self.texts += given
        return load_pipeline().pipe(given)


def test_kinds_of_sentences():
    found = [
        (sentence.kind, sentence.text)
        for sentence in sentences("# Pain\n\nIt helps. It lasts.\n\n- less pain\n- Sleep comes.\n- One. Two\n")
    ]
    assert found == [
        ("heading", "Pain"),
        ("sentence", "It helps."),
        ("sentence", "It lasts."),
        ("bullet", "less pain"),
        ("sentence", "Sleep comes."),
        ("sentence", "One."),
        ("sentence", "Two"),
    ]


def test_sentences_know_their_place_in_the_source():
    text = "One *two*. Three &amp; four.\n"
    second = sentences(text)[1]
    assert second.text == "Three & four." and text[slice(*second.span())] == "Three &amp; four."
    assert text[slice(*second.span(6, 13))] == "&amp; four."


PAGE = (
    "---\ntitle: A “quick” cure\n---\n\n# It’s here\n\nOne\u00a0*two*. Three &amp; four — {{ city }} — don’t `code`.\n\n"
    "- a\u2011b\n- 😀 c\n\n> She said “so.”\n\n| a | b |\n| --- | --- |\n| 1 | 2. 3. |\n"
)


@pytest.mark.parametrize("format_", ["markdown", "mdx", "html", "text"])
def test_every_block_has_a_doc_with_the_blocks_own_offsets(format_):
    made = article(PAGE, format_)
    assert len(made.docs) == len(made.document.blocks) > 0
    for block, doc in zip(made.document.blocks, made.docs, strict=True):
        assert len(doc.text) == len(block.text)
        for token in doc:
            mine = block.text[token.idx : token.idx + len(token)]
            assert mine == token.text or readable(mine) == token.text
    for sentence in made.sentences:
        assert sentence.block is made.document.blocks[sentence.block_index]
        assert sentence.tokens.doc is made.docs[sentence.block_index]
        assert sentence.text == sentence.block.text[sentence.start : sentence.end] == sentence.text.strip()
        assert len(sentence.folded) == len(sentence.text) == len(sentence.tokens.text)
    assert [sentence.index for sentence in made.sentences] == list(range(len(made.sentences)))


def test_sentences_by_block():
    made = article("# A\n\nOne. Two.\n\nThree.\n")
    assert {at: [sentence.text for sentence in members] for at, members in made.by_block.items()} == {
        0: ["A"],
        1: ["One.", "Two."],
        2: ["Three."],
    }


def test_equal_blocks_are_read_once_in_one_pass():
    counting = Counting()
    documents = [read(Source("a.md", "Pain here. Rest.\n\nPain goes.\n")), read(Source("b.md", "Pain goes.\n\n# Pain goes.\n"))]
    made = parse(documents, counting)
    assert counting.texts == ["Pain here. Rest.", "Pain goes."] and counting.runs == 1
    assert made[0].docs[1] is made[1].docs[0] and [len(one.docs) for one in made] == [2, 2]
    assert [sentence.kind for sentence in made[1].sentences] == ["sentence", "heading"]  # what differs is not the Doc's


def test_an_empty_page():
    made = article("")
    assert made.docs == () and made.sentences == () and made.by_block == {}
    assert parse([], load_pipeline()) == []


def test_what_the_pipeline_reads_is_plain_and_as_long():
    for text in ("It’s “kind” \ufffc care", "Pain " + "(" * 5_000 + " eases", "a \ud800 b", "x" * 300, ""):
        plain = readable(text)
        assert len(plain) == len(text) and max(map(len, plain.replace("x", " ").split() or [""])) < 300
    assert readable("No side effects.100% safe, e.g. approx.100 drops") == "No side effects\n100% safe, e.g. approx.100 drops"
    assert readable("It’s \ufffc") == "It's X" and PLACEHOLDER not in readable(PLACEHOLDER)


@pytest.mark.parametrize(
    "text", ["“It helps,” she said.", "a \ud800 b.", "\u202eabc.", "x\u00a0" * 400, "😀" * 300, "\u0301 a.", "• a", "… ."]
)
def test_odd_text_keeps_its_offsets(text):
    for sentence in sentences(text, "text"):
        assert sentence.text == sentence.block.text[sentence.start : sentence.end] and sentence.span().start < sentence.span().end


def test_marks_of_a_part_of_a_sentence():
    (first, second) = sentences("It is not a cure. It is “a cure”.")
    assert "negated" in first.marks(12, 16) and "negated" not in first.marks(0, 2)
    assert "quoted" in second.marks(7, 13) and "quoted" not in second.marks(0, 2)
    assert first.marks(10**6, 10**6 + 1) == frozenset()


def test_questions_and_myths():
    (asked, myth, plain) = sentences("Is it a cure? Myth: it is a cure. It is.")
    assert [sorted(one.marks(0, len(one.text)) & {"question", "myth"}) for one in (asked, myth, plain)] == [["question"], ["myth"], []]


def test_what_stands_above_says_that_what_follows_is_a_myth_or_a_warning():
    table = "| Myth | Fact |\n| --- | --- |\n| It cures gout. | It eases gout. |\n\n"
    lists = "Watch out for clinics that say:\n\n- It cures gout\n\nWe offer:\n\n- Massage\n\n"
    quotes = "Here is an ad, and every claim in it is false:\n\n> Our tea cures gout.\n\nOur tea:\n\n> It is brewed here."
    framed = {one.text: sorted(one.framed) for one in sentences(table + lists + quotes, "markdown")}
    columns = "| They say | In fact |\n| --- | --- |\n| Works for all | It does not |\n"
    framed |= {one.text: sorted(one.framed) for one in sentences(columns, "markdown")}
    assert framed["It cures gout."] == framed["Our tea cures gout."] == framed["Works for all"] == ["myth"]
    assert framed["It cures gout"] == ["advice_against", "myth"]
    assert not any(framed[text] for text in ("It eases gout.", "Massage", "It is brewed here.", "Myth", "It does not"))


@pytest.mark.parametrize(
    "above",
    [
        "Contrary to what drug firms tell you:",
        "Some clinics say no, but we prove them wrong:",
        "No myth, no ads:",
        "Our so-called miracle tea:",
        "They say we work wonders:",
        "Others promise, but we deliver:",
    ],
)
def test_what_praises_frames_nothing(above):
    assert not any(one.framed for one in sentences(f"{above}\n\n- It cures gout\n", "markdown"))

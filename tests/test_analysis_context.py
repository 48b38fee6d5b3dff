"""Context: negation, quotation, question, myth and names around a match; units and their marks."""

import time

import pytest

from copycheck.analysis import context, units_of
from copycheck.readers import read
from copycheck.source import Source
from tests.rulekit import analyse


def units(text: str, format: str = "markdown"):
    return units_of(read(Source("page.x", text), format))


def marks(text: str, phrase: str) -> set[str]:
    """The marks of a phrase in the unit that holds it."""
    unit = next(unit for unit in units(text) if phrase in unit.text)
    at = unit.text.index(phrase)
    return set(unit.marks(at, at + len(phrase)))


@pytest.mark.parametrize(
    "text",
    [
        "This is not a cure.",
        "There is no known cure.",
        "It isn’t a cure.",
        "Without any hope of a cure.",
        "We avoid the word cure.",
        "Rather than cure it, ease it.",
    ],
)
def test_negated(text):
    assert "negated" in marks(text, "cure")


@pytest.mark.parametrize(
    "text",
    [
        "It is not easy, but we cure it.",
        "Not only a cure for pain.",
        "No doubt it is a cure.",
        "It is a no-cost cure.",
        "We never close; we cure pain.",
        "Nothing beats our cure.",
        "It never fails, and by the end of the week all of our guests have found a cure.",
    ],
)
def test_not_negated(text):
    assert "negated" not in marks(text, "cure")


def test_quoted():
    assert "quoted" in marks("They call it “a cure. It cures.” We do not.", "a cure")
    assert "quoted" in marks("They call it “a cure. It cures.” We do not.", "It cures")
    assert "quoted" not in marks("They “say” it is a cure.", "cure")
    assert "quoted" not in marks('Say "one" cure "two".', "cure")
    assert "quoted" in marks("“It is a cure that never ends", "cure")
    assert "quoted" in marks("> It is a cure.", "cure")


def test_inches_are_no_quotation():
    assert context.quotations('A 5" band and "two" more') == ((14, 19),)
    assert context.quotations("„a“ «b» ”c") == ((0, 3), (4, 7))


def test_questions_and_myths():
    assert marks("Is it a cure?", "cure") == {"question"}
    assert "myth" in marks("Beware of anyone who sells a cure.", "cure")
    assert "myth" in marks("Myth: it is a cure.", "cure")
    assert "myth" not in marks("It is a cure.", "cure")


def test_names():
    assert marks("The National Institute on Drug Abuse says so.", "Drug Abuse") == {"organisation"}
    assert marks("The Substance Abuse and Mental Health Services Administration says so.", "Substance Abuse") == {"organisation"}
    assert marks("Drug abuse is common.", "Drug abuse") == set()


def test_fold_keeps_every_offset():
    text = "“It’s” – a\u00a0b‑c\n\0"
    assert context.fold(text) == '"It\'s" – a b-c \ufffd' and len(context.fold(text)) == len(text)


def test_kinds_of_units():
    found = [(unit.kind, unit.text) for unit in units("# Pain\n\nIt helps. It lasts.\n\n- less pain\n- Sleep comes.\n- One. Two\n")]
    assert found == [
        ("heading", "Pain"),
        ("sentence", "It helps."),
        ("sentence", "It lasts."),
        ("bullet", "less pain"),
        ("sentence", "Sleep comes."),
        ("sentence", "One."),
        ("sentence", "Two"),
    ]


def test_units_know_their_place_in_the_source():
    text = "One *two*. Three &amp; four.\n"
    second = units(text)[1]
    assert second.text == "Three & four." and text[slice(*second.span())] == "Three &amp; four."
    assert text[slice(*second.span(6, 13))] == "&amp; four."


class Model:
    def __init__(self) -> None:
        self.seen: list[str] = []

    def pipe(self, texts):
        for text in texts:
            self.seen.append(text)
            yield text.upper()


def test_only_wanted_units_are_analysed_and_equal_ones_once():
    model = Model()
    documents = [read(Source("a.md", "Pain here. Rest.\n\nPain here.\n")), read(Source("b.md", "Pain here.\n"))]
    analyses = list(analyse(documents, frozenset({"tags"}), lambda unit: "Pain" in unit.text, lambda needs: model))
    assert model.seen == ["Pain here."]
    assert [[unit.doc for unit in analysis.units] for analysis in analyses] == [["PAIN HERE.", None, "PAIN HERE."], ["PAIN HERE."]]
    assert analyses[0].by_block[1][0].text == "Pain here."


def test_the_model_is_not_loaded_where_nothing_wants_it():
    def load(needs):
        raise AssertionError("not wanted")

    document = read(Source("a.md", "Pain.\n"))
    assert len(list(analyse([document], frozenset({"tags"}), lambda unit: False, load))) == 1
    assert len(list(analyse([document], frozenset({"text"}), lambda unit: True, load))) == 1


@pytest.mark.parametrize("text", ["Alpha Beta ", "Alpha and of the Beta, ", "A.", "A, , , ", "Center ", "Alpha" + " " * 50])
def test_names_are_found_in_a_time_that_grows_with_the_text_alone(text):
    """Some would take minutes if each of so many capitals began a search to the end."""
    start = time.process_time()
    context.organisations(text * 4_000)
    assert time.process_time() - start < 5


def test_a_long_name_is_found_whole():
    text = "First ask the Substance Abuse and Mental Health Services Administration of the United States."
    assert [text[start:end] for start, end in context.organisations(text)] == [
        "Substance Abuse and Mental Health Services Administration of the United States"
    ]

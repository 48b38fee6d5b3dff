from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copycheck.claims.approved import Approved, BadApproved, Entry, Verdict, load
from copycheck.claims.wording import bases, is_form, kind_of, tokens_of

TODAY = date(2026, 5, 1)
WORDING = "Massage may relieve back pain in adults for up to 30 days."
GOOD = """- wording: Massage may relieve back pain in adults for up to 30 days.
  source: https://pubmed.ncbi.nlm.nih.gov/27165970/
  approved_by: Dr. Ana Ruiz
  expires: 2026-05-01
- wording: "Zinc shortens colds: by one day."
  source: Cochrane 2024
  approved_by: Dr. Ana Ruiz
  expires: 2030-01-31
"""


def approved(*wordings: str, expires: date = date(2027, 1, 1)) -> Approved:
    return Approved(tuple(Entry(wording, "a source", "a reviewer", expires) for wording in wordings))


def judge(text: str, *wordings: str) -> Verdict:
    return approved(*(wordings or (WORDING,))).judge(text, lambda: TODAY)


def wording_of(verdict: Verdict) -> str:
    assert verdict.entry
    return verdict.entry.wording


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "approved.yaml"


@pytest.mark.parametrize(
    "text",
    [
        WORDING,
        "massage may relieve\n  back pain in ADULTS for up to 30 days",
        "Massages may relieve back pains in adults for up to 30 days.",
        "Massage may relieve back pain in adults for up to 30 days.[1]",
        "Massage may relieve back pain[^lee] in adults for up to 30 days¹.",
        "Massage may relieve back pain in adults for up to 30\u00a0days.",
    ],
)
def test_inflection_case_and_white_space_may_differ(text: str) -> None:
    verdict = judge(text)
    assert (verdict.status, verdict.differs) == ("approved", ())
    assert verdict.entry == Entry(WORDING, "a source", "a reviewer", date(2027, 1, 1))


@pytest.mark.parametrize(
    ("text", "differs"),
    [
        ("Massage may relieve back pain in adults for up to 60 days.", ("number: “60” instead of “30”",)),
        ("Massage may relieve back pain in most adults for up to 30 days.", ("number: “most” added",)),
        ("Massage may relieve back pain in adults for up to 30% days.", ("number: “%” added",)),
        ("Massage may not relieve back pain in adults for up to 30 days.", ("negation: “not” added",)),
        ("Massage relieves back pain in adults for up to 30 days.", ("hedge: “may” left out",)),
        ("Massage will relieve back pain in adults for up to 30 days.", ("hedge: “will” instead of “may”",)),
        ("Massage may relieve back pain better in adults for up to 30 days.", ("comparator: “better” added",)),
        ("Massage may relieve back pain in children for up to 30 days.", ("population: “children” instead of “adults”",)),
        ("Yoga may relieve back pain in adults for up to 30 days.", ("product: “yoga” instead of “massage”",)),
        ("GlowWell may relieve back pain in adults for up to 30 days.", ("product: “glowwell” instead of “massage”",)),
        ("\ufffc may relieve back pain in adults for up to 30 days.", ("product: “\ufffc” instead of “massage”",)),
        ("Massage may relieve neck pain in adults for up to 30 days.", ("wording: “neck” instead of “back”",)),
        ("Massage may cure back pain in adults for up to 30 days.", ("wording: “cure” instead of “relieve”",)),
        ("In adults massage may relieve back pain for up to 30 days.", ("order: the words stand in another order",)),
        ("Adults may relieve back pain in massage for up to 30 days.", ("order: the words stand in another order",)),
        ("Massage may relieve back pain in adults for up to 30 days!", ("punctuation: “!” added",)),
        ("Massage may relieve back pain in adults, for up to 30 days.", ("punctuation: “,” added",)),
        ("Massage may relieve back pain in adults for up to 30 days?", ("punctuation: “?” added",)),
        ("Massage may relieve back pain [not] in adults for up to 30 days.", ("negation: “not” added", "punctuation: “[ ]” added")),
    ],
)
def test_any_other_change_is_a_near_miss(text: str, differs: tuple[str, ...]) -> None:
    verdict = judge(text)
    assert (verdict.status, wording_of(verdict), verdict.differs) == ("near", WORDING, differs)


def test_more_than_was_approved_is_a_near_miss() -> None:
    text = WORDING[:-1] + ", cures cancer in all who come to our studio, ends cravings and makes everybody look ten years younger at once."
    assert judge(text).status == "near"


@pytest.mark.parametrize(
    "text",
    [
        "",
        ".",
        "Parking is free.",
        "Zinc shortens colds.",
        "Back in May, we were here for 30 days.",
        "Massage is offered daily.",
        "\ufffc",
    ],
)
def test_what_is_not_in_the_file_is_told(text: str) -> None:
    assert judge(text) == Verdict("none")
    assert Approved().judge(text, lambda: TODAY) == Verdict("none")


def test_short_wordings_are_compared_too() -> None:
    assert judge("Zinc shortens colds", "Zinc shortens colds.").status == "approved"
    assert judge("Magnesium shortens colds", "Zinc shortens colds.").differs == ("product: “magnesium” instead of “zinc”",)
    assert judge("Relieved pain", "Relieves pain").status == "approved"


def test_the_words_of_a_short_wording_scattered_over_a_sentence_are_not_near() -> None:
    assert (
        judge("We stock zinc and vitamins, and our team helps with parking and with bags on all days of the week.", "Zinc helps").status
        == "none"
    )


def test_the_nearest_wording_is_named() -> None:
    near = judge(
        "Zinc may shorten colds in adults.", "Zinc may shorten colds in children.", "Zinc lozenges may shorten colds by days in adults."
    )
    assert wording_of(near) == "Zinc may shorten colds in children."


def test_an_approval_lapses_on_its_date() -> None:
    entry = approved(WORDING, expires=date(2026, 5, 1))
    assert entry.judge(WORDING, lambda: date(2026, 5, 1)).status == "approved"
    assert entry.judge(WORDING, lambda: date(2026, 5, 2)).status == "lapsed"
    assert entry.judge(WORDING, lambda: date(2026, 5, 2)).entry.expires == date(2026, 5, 1)


def test_without_a_day_no_approval_holds() -> None:
    assert approved(WORDING).judge(WORDING, lambda: None).status == "lapsed"


def test_an_approval_that_holds_wins_over_one_that_lapsed() -> None:
    both = Approved((Entry("Zinc shortens colds", "a", "b", date(2020, 1, 1)), Entry("Zinc shortened colds", "c", "d", date(2030, 1, 1))))
    assert both.judge("Zinc shortens a cold", lambda: TODAY).status == "near"
    assert both.judge("Zinc shortens colds", lambda: TODAY).entry == both.entries[1]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("relieves", "relieved"),
        ("study", "studies"),
        ("reducing", "reduce"),
        ("was", "is"),
        ("running", "runs"),
        ("woman", "women"),
        ("lies", "lying"),
    ],
)
def test_forms_of_one_word(one: str, two: str) -> None:
    assert is_form(one, two) and is_form(two, one)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        *[
            ("may", "might"),
            ("hoped", "hops"),
            ("news", "new"),
            ("more", "most"),
            ("cure", "care"),
            ("30", "300"),
            ("less", "least"),
            ("lower", "low"),
        ],
        *[("not", "note"), ("even", "evening"), ("ill", "illness"), ("bed", "be")],
    ],
)
def test_other_words(one: str, two: str) -> None:
    assert not is_form(one, two)


@given(st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=12))
def test_a_word_is_a_form_of_itself(word: str) -> None:
    assert word in bases(word) or is_form(word, word)


@given(st.lists(st.text(max_size=30), max_size=4), st.text(max_size=60))
def test_no_text_is_approved_that_the_file_does_not_hold(wordings: list[str], text: str) -> None:
    verdict = judge(text, "Zinc shortens colds", *wordings)
    if verdict.status == "approved":
        assert len(tokens_of(wording_of(verdict))) == len(tokens_of(text)) > 0
    assert (verdict.status == "near") == bool(verdict.differs)


@given(st.text(max_size=40))
def test_a_wording_is_approved_as_it_stands(text: str) -> None:
    wording = f"Zinc {text} colds"
    assert judge(wording, wording).status == "approved"


@pytest.mark.parametrize(
    ("token", "kind"),
    [
        ("7", "number"),
        ("half", "number"),
        ("never", "negation"),
        ("might", "hedge"),
        ("than", "comparator"),
        ("men", "population"),
        ("ketamine", "product"),
    ],
)
def test_the_kind_of_a_word(token: str, kind: str) -> None:
    assert kind_of(token) == kind


def test_a_file_is_read(file: Path) -> None:
    file.write_text(GOOD, encoding="utf-8")
    found = load(file)
    assert [entry.wording for entry in found.entries] == [WORDING, "Zinc shortens colds: by one day."]
    assert found.entries[0] == Entry(WORDING, "https://pubmed.ncbi.nlm.nih.gov/27165970/", "Dr. Ana Ruiz", date(2026, 5, 1))
    assert found.judge(WORDING.upper(), lambda: date(2026, 5, 1)).status == "approved"


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "[]\n"])
def test_a_file_may_be_empty(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")
    assert load(file).entries == ()


def problems(file: Path, text: str) -> list[str]:
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(BadApproved) as caught:
        load(file)
    assert str(caught.value) == "\n".join(caught.value.problems)
    return [problem.removeprefix(str(file)) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("  source: Cochrane 2024\n", "", ":5: 1: `source` is missing"),
        ("Cochrane 2024", "", ":6: 1.source: must be text"),
        ("Cochrane 2024", "[a, b]", ":6: 1.source: must be text"),
        ("Cochrane 2024", "12", ":6: 1.source: must be text"),
        ("2030-01-31", "31.1.2030", ":8: 1.expires: must be a day such as 2027-03-31"),
        ("2030-01-31", "2030-02-31", ":8: 1.expires: must be a day such as 2027-03-31"),
        ("2030-01-31", "'20300131'", ":8: 1.expires: must be a day such as 2027-03-31"),
        ("2030-01-31", "never", ":8: 1.expires: must be a day such as 2027-03-31"),
        ('"Zinc shortens colds: by one day."', '"…!"', ":5: 1.wording: holds no words that tell it from other sentences"),
        ('"Zinc shortens colds: by one day."', WORDING.upper(), ":5: 1.wording: stands twice; first in line 1"),
        ("  source: Cochrane", "  sauce: x\n  source: Cochrane", ":6: 1.sauce: unknown key; did you mean `source`?"),
        ("  source: Cochrane", "  note: x\n  source: Cochrane", ":6: 1.note: unknown key; known: wording, source, approved_by, expires"),
        ("  source: Cochrane", "  source: x\n  source: Cochrane", ":7: the key `source` stands twice"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(file: Path, old: str, new: str, problem: str) -> None:
    assert old in GOOD
    assert problems(file, GOOD.replace(old, new)) == [problem]


def test_all_problems_are_told_at_once(file: Path) -> None:
    found = problems(file, "- wording: massage\n  expires: soon\n- 7\n- {}\n")
    assert len(found) == 3 + 1 + 4
    assert found[3] == ":3: 1: an approval is a mapping with wording, source, approved_by, expires"


@pytest.mark.parametrize("text", ["wording: a\n", "a text\n", "7\n"])
def test_a_file_is_a_list(file: Path, text: str) -> None:
    assert problems(file, text) == [":1: the file is a list of approvals, each with wording, source, approved_by, expires"]


@pytest.mark.parametrize("text", ["- {a\n", "- &a {wording: x}\n- *a\n", "\x00\x01"])
def test_what_cannot_be_read_is_never_empty(file: Path, text: str) -> None:
    assert len(problems(file, text)) == 1


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadApproved, match=r"cannot be opened: No such file"):
        load(tmp_path / "none.yaml")

"""Fixes: only what a reader would see changed is changed; overlapping fixes, files that would break, and fixes that never rest."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copycheck import ruleset
from copycheck.engine import Engine
from copycheck.examples import _item, unmark
from copycheck.findings import Finding, Profile, Report, Severity
from copycheck.fixes import Fix, applied, fixes_of, settle
from copycheck.readers import is_article
from copycheck.ruleset.location import rules_dir
from copycheck.ruleset.models import Rule
from copycheck.settings import Item, Settings
from copycheck.source import Source, Span, Unreadable, decode, encoded
from tests.checkout import ROOT
from tests.rulekit import Remembering, load_pipeline

SWAPS = {"teh": "the", "doesnt": "doesn't", "'m ill": "have ill", "the the": "the", "junkie": "person: ill"}


def check(items: Sequence[Item]) -> list[Report]:
    """Findings on each wording of SWAPS, as a check would make them."""
    reports = []
    for item in items:
        text = item.source.text
        hits = [(m, right) for wrong, right in SWAPS.items() for m in re.finditer(rf"{re.escape(wrong)}\b", text)]
        found = [Finding("typos/x", Severity.warning, Span(*m.span()), "No.", (right,), excerpt=m.group(), fix="safe") for m, right in hits]
        reports.append(Report(item.path, Profile(), tuple(found), text=text))
    return reports


def fixed(text: str, path: str = "a.md") -> str:
    (outcome,) = settle([Item(path, Source(path, text), Settings())], check)
    assert outcome.error is None
    return outcome.text


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        ("a.md", "So teh body heals.\n", "So the body heals.\n"),
        ("a.md", "So *teh* body\r\nheals teh mind.", "So *the* body\r\nheals the mind."),
        ("a.md", "Is teh the body?\n", "Is the body?\n"),  # what one fix leaves is fixed in the next round
        ("a.md", "I'm ill.\n", "I'm ill.\n"),  # not “Ihave ill”
        ("a.md", "Code `teh` stays, teh word goes.\n", "Code `teh` stays, the word goes.\n"),
        ("a.md", "---\ntitle: 'It doesnt help'\n---\n\nIt doesnt help.\n", "---\ntitle: 'It doesnt help'\n---\n\nIt doesn't help.\n"),
        ("a.md", '---\ntitle: "It doesnt help"\n---\n\nText.\n', '---\ntitle: "It doesn\'t help"\n---\n\nText.\n'),
        ("a.md", "---\ntitle: A junkie tale\n---\n\nA junkie.\n", "---\ntitle: A junkie tale\n---\n\nA person: ill.\n"),  # YAML would break
        (
            "a.html",
            "<img alt='It doesnt help'><p>It doesnt &amp; teh rest.</p>",
            "<img alt='It doesnt help'><p>It doesn't &amp; the rest.</p>",
        ),
        ("a.txt", "\tteh 😴 teh\u2028teh\n", "\tthe 😴 the\u2028the\n"),
    ],
)
def test_what_a_reader_sees_decides(path: str, before: str, after: str) -> None:
    assert fixed(before, path) == after
    assert fixed(fixed(before, path), path) == after


def test_of_overlapping_fixes_the_first_is_taken() -> None:
    text = "one two three"
    spans = [Span(4, 13), Span(0, 7), Span(4, 7), Span(8, 13)]
    found = tuple(Finding("a/b", Severity.warning, span, "", ("x",), excerpt=text[slice(*span)], fix="safe") for span in spans)
    assert [fix.span for fix in fixes_of(Report("a.md", Profile(), found, text=text), False)] == [Span(0, 7), Span(8, 13)]


def test_what_is_unsafe_is_taken_only_when_asked_for() -> None:
    found = Finding("a/b", Severity.warning, Span(0, 3), "", ("x",), excerpt="one", fix="unsafe")
    for finding, unsafe, taken in (
        (found, False, 0),
        (found, True, 1),
        (found._replace(fix=""), True, 0),
        (found._replace(span=Span(0, 0)), True, 0),
    ):
        assert len(fixes_of(Report("a.md", Profile(), (finding,), text="one two"), unsafe)) == taken


def test_what_does_not_come_to_rest_is_left_alone(monkeypatch) -> None:
    monkeypatch.setitem(SWAPS, "ping", "pong")
    monkeypatch.setitem(SWAPS, "pong", "ping")
    items = [Item(name, Source(name, text), Settings()) for name, text in (("a.md", "A ping.\n"), ("b.md", "So teh end.\n"))]
    first, second = settle(items, check)
    assert first.error is not None and "do not come to rest" in first.error and first.rules == ()
    assert (second.text, second.error) == ("So the end.\n", None)


def test_a_file_that_was_not_checked_is_left_alone() -> None:
    items = [Item("a.md", None, Settings(), "gone"), Item("b.md", Source("b.md", "Teh end, teh end.\n"), Settings())]

    def failing(some: Sequence[Item]) -> list[Report]:
        return [
            replace(report, error="it is broken") for report in check([i if i.source else replace(i, source=Source("", "")) for i in some])
        ]

    assert [(outcome.error, outcome.rules) for outcome in settle(items, failing)] == [("it is broken", ())] * 2


@given(st.text(max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 8), st.text(max_size=5)), max_size=6))
def test_characters_outside_a_fix_are_unchanged(text: str, drawn: list[tuple[int, int, str]]) -> None:
    fixes, at = [], 0
    for gap, length, right in drawn:
        start, end = min(at + gap, len(text)), min(at + gap + length, len(text))
        fixes.append(Fix("a/b", Span(start, end), text[start:end], right))
        at = end
    result, place = applied(text, fixes), 0
    outside = 0
    for fix in fixes:
        kept = fix.span.start - outside
        assert result[place : place + kept] == text[outside : fix.span.start]
        assert result[place + kept :].startswith(fix.right)
        place, outside = place + kept + len(fix.right), fix.span.end
    assert result[place:] == text[outside:]


PIECES = st.sampled_from(
    [
        "teh",
        "doesnt",
        "the the",
        "Text",
        "body",
        "*teh*",
        "[teh](teh.md)",
        "`teh`",
        "\n\n",
        "\n",
        "\r\n",
        "# ",
        "- ",
        "> ",
        "é",
        "😴",
        "&amp;",
        " ",
    ]
)


FIXED = frozenset("teh the doesnt doesn't".split())


@given(st.lists(PIECES, max_size=20))
def test_any_page_keeps_all_but_the_words_that_are_fixed(pieces: list[str]) -> None:
    text = " ".join(pieces)
    after = fixed(text)
    words = [[word for word in re.findall(r"[\w']+", one) if word not in FIXED] for one in (text, after)]
    assert words[0] == words[1]
    assert fixed(after) == after
    assert re.sub(r"\w+|'", "", after).split() == re.sub(r"\w+|'", "", text).split()


ENCODINGS = st.sampled_from([(b"", "utf-8"), (codecs.BOM_UTF8, "utf-8"), (b"", "cp1252"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")])  # fmt: skip


@given(st.lists(PIECES | st.text(max_size=8), max_size=12), ENCODINGS)
def test_of_a_file_no_byte_is_lost_outside_its_fixes(pieces: list[str], encoding: tuple[bytes, str]) -> None:
    """In the encoding that the file has; one that could not be written back byte for byte is refused, as the command does."""
    mark, name = encoding
    text = " ".join(piece for piece in pieces if not any(wrong in piece for wrong in SWAPS))
    data = mark + f"Body {text}\n\nSo teh end {text}".encode(name, "ignore")
    try:
        source = decode(data, "a.md")
    except Unreadable:
        return
    if encoded(source.text, data) == data:
        after = encoded(fixed(source.text), data)
        assert after in (data, data.replace("So teh".encode(name), "So the".encode(name)))


@pytest.fixture(scope="module")
def rules() -> ruleset.Ruleset:
    return ruleset.load([rules_dir()])


@pytest.fixture(scope="module")
def engine(rules: ruleset.Ruleset) -> Engine:
    return Remembering(rules, load_pipeline)


@pytest.mark.parametrize("unsafe", [False, True])
def test_our_own_pages_come_to_rest(engine: Engine, unsafe: bool) -> None:
    """All that the tests and the documentation have of pages, and a page of all misspellings that the tests know."""
    paths = [path for folder in ("docs/sample", "tests/ecosystem") for path in sorted((ROOT / folder).rglob("*")) if is_article(path.name)]
    pages = {str(path): path.read_text("utf-8") for path in paths}
    slips = (ROOT / "tests" / "passages" / "spelling_slips.txt").read_text("utf-8")
    pages["slips.md"] = re.sub(r"\[\|(.*?)\|.*?\|\]", r"\1", re.sub(r"^#.*\n", "", slips, flags=re.M)).replace("\n", "\n\n")

    def run(some: Sequence[Item]) -> list[Report]:
        return list(engine.run(some))

    outcomes = settle([Item(name, Source(name, text), Settings()) for name, text in pages.items()], run, unsafe)
    assert not [outcome.error for outcome in outcomes if outcome.error and "come to rest" in outcome.error]
    changed = [replace(one.item, source=Source(one.item.path, one.text)) for one in outcomes if one.rules]
    assert len(changed) > 1 and len(outcomes) > 10 and len(outcomes[-1].rules) > 50
    assert [again.rules for again in settle(changed, run, unsafe)] == [()] * len(changed)


def examples(some: Sequence[Rule]) -> list[Item]:
    """The texts that rules flag in their examples, each to be checked by its rule alone."""
    items = [
        replace(_item(rule, example, unmark(example.text).text), path=f"{rule.id} {number}")
        for rule in some
        for number, example in enumerate(rule.examples.flag)
    ]
    return [replace(item, settings=replace(item.settings, select=frozenset({item.path.split()[0]}))) for item in items]


def test_what_is_unsafe_comes_to_rest_too(rules: ruleset.Ruleset, engine: Engine) -> None:
    items = examples([rule for rule in rules.rules if getattr(rule, "swap", None) or rule.kind in ("spelling", "grammar")])

    def run(some: Sequence[Item]) -> list[Report]:
        return list(engine.run(some))

    outcomes = settle(items, run, unsafe=True)
    assert [outcome.error for outcome in outcomes] == [None] * len(items)
    changed = [replace(one.item, source=replace(one.item.source, text=one.text)) for one in outcomes if one.rules]
    assert len(changed) > 100 and not [again.text for again in settle(changed, run, unsafe=True) if again.rules]


def test_the_fixes_of_every_rule_leave_no_finding_of_it(rules: ruleset.Ruleset, engine: Engine) -> None:
    """On its own examples, which hold what it looks for: fixed once they are as fixed for good."""
    having = [rule for rule in rules.rules if getattr(rule, "safe", False)]
    assert {rule.family for rule in having} == {"language", "typos"}
    items = examples(having)

    def run(some: Sequence[Item]) -> list[Report]:
        return list(engine.run(some))

    outcomes = settle(items, run)
    assert [outcome.error for outcome in outcomes] == [None] * len(items)
    assert {rule for outcome in outcomes for rule in outcome.rules} == {rule.id for rule in having}
    after = run([replace(item, source=replace(item.source, text=outcome.text)) for item, outcome in zip(items, outcomes, strict=True)])
    for outcome, report in zip(outcomes, after, strict=True):
        left = [finding for finding in report.findings if finding.is_fixable()]
        assert not left, (outcome.text, left)


def test_what_is_safe_has_one_replacement(tmp_path: Path) -> None:
    folder = tmp_path / "language"
    folder.mkdir()
    rule = (
        "kind: pattern\nseverity: info\nconfidence: high\ntitle: t\nmessage: m\nwhy: w\nswap: {addict: [a, b], junkie: c}\nsafe: [%s]\n"
        "examples: {flag: ['An [|addict|].'], pass: ['x']}\n"
    )
    for name, good in (("junkie", True), ("addict", False), ("other", False)):
        (folder / "x.yaml").write_text(rule % name, encoding="utf-8")
        try:
            assert ruleset.load([tmp_path]).rules[0].is_safe("junkie") and good
        except ruleset.BadRules as refused:
            assert not good and "is no wording of swap with one replacement" in refused.problems[0]

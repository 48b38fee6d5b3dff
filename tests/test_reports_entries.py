from __future__ import annotations

import pytest
from report_samples import ARTICLE, RULES, article, find, missing

from copycheck.findings import Finding, Profile, Report, Severity, Suppressed
from copycheck.reports import Options
from copycheck.reports.entries import Entry, all_entries, entries, in_words, is_shown, replacements
from copycheck.reports.summary import fingerprints, in_order
from copycheck.source import Source, Span

KNOWN = Options(rules=lambda: RULES)


def listed(finding: Finding, text: str = ARTICLE) -> Entry:
    (entry,) = entries(Report("a.md", Profile(), (finding,), text=text), KNOWN)
    return entry


def test_every_kind_in_its_place() -> None:
    report = article()
    found = list(entries(report, Options()))
    assert [entry.kind for entry in found] == ["finding"] * 8 + ["silenced", "notice"]
    assert [entry.kind for entry in entries(report, Options(verbose=True, quiet=True))][-2:] == ["notice"] * 2
    assert [entry.finding for entry in found[:8]] == in_order(report.findings)
    assert [entry.fingerprint for entry in found[:8]] == fingerprints(in_order(report.findings))
    assert [entry.label for entry in found[-2:]] == ["silenced", "notice"] and found[0].label == "error"
    (failure,) = entries(Report("b.md", Profile(), error="it is binary"), Options())
    assert (failure.kind, failure.label, failure.message) == ("failure", "not checked", "not checked: it is binary")
    assert next(all_entries([report, Report("b.md", Profile(), error="x")], Options())).path == "b.md"


def test_notes_are_for_those_who_ask() -> None:
    note = listed(find(ARTICLE, "compliance/urgency", "info", "Call today", "It presses."))
    assert not is_shown(note, Options()) and is_shown(note, Options(notes=True))
    assert all(is_shown(entry, Options()) for entry in entries(article(), Options()) if entry.kind != "finding")


def test_a_place_is_line_and_column_and_what_is_missing_has_none() -> None:
    text = "a\r\n😴 bad\rx"
    entry = listed(find(text, "a/b", "error", "bad", "No."), text)
    assert (entry.start, entry.end, entry.span) == ((2, 3), (2, 6), Span(5, 8))
    entry = listed(missing("disclaimers/missing-advice"))
    assert (entry.start, entry.end, entry.span) == ((1, 1), (1, 1), None)


def test_words_hold_what_the_message_does_not() -> None:
    finding = find(
        ARTICLE, "a/b", "error", "addict", "“addict”\nnames.", suggestions=("a person", "https://a.org/x"), related=(Span(2, 4),)
    )
    source = Source("a.md", ARTICLE)
    assert in_words(finding, source) == "“addict” names. Suggested: “a person”. See 1:3. Where to look: https://a.org/x"
    assert in_words(finding, source, addresses=False) == "“addict” names. Suggested: “a person”. See 1:3."
    plain = finding._replace(message="Say “a person”.", related=(), suggestions=("a person",))
    assert in_words(plain, source) == "Say “a person”."
    assert in_words(plain._replace(suggestions=("a person", "they")), source) == "Say “a person”. Or: “they”."
    assert in_words(plain._replace(suggestions=("Ask first.",)), source) == "Say “a person”. Suggested: “Ask first.”"


@pytest.mark.parametrize(("reason", "said"), [("by\nJ. Doe", "Silenced (by J. Doe): No."), (" ", "Silenced: No.")])
def test_what_was_silenced_says_why(reason: str, said: str) -> None:
    silenced = Suppressed(Finding("a/b", Severity.error, Span(0, 1), "No."), reason)
    (entry,) = entries(Report("a.md", Profile(), suppressed=(silenced,), text="x"), Options())
    assert entry.message == said and entry.severity == Severity.info


@pytest.mark.parametrize(
    ("rule", "written", "excerpt", "suggestions", "exact"),
    [
        ("language/addict", "addict", "addict", ("person with addiction", "patient"), ("person with addiction", "patient")),
        ("typos/misspelling", "dont", "dont", ("don’t", "don't"), ("don’t",)),  # in quoted front matter an apostrophe ends the value
        ("typos/misspelling", "it's", "it's", ("that's",), ("that's",)),
        ("language/addict", "add<b>ict</b>", "addict", ("patient",), ()),
        ("language/addict", "R&amp;D", "R&D", ("research",), ()),
        ("language/addict", "addict", "addict", ("<b>patient</b>", "a: b", "a\nb", "{x}"), ()),
        ("claims/unsourced-efficacy", "addict", "addict", ("patient",), ()),  # advice, no replacement
        ("house/unknown", "addict", "addict", ("patient",), ()),
    ],
)
def test_only_an_exact_replacement_is_a_fix(
    rule: str, written: str, excerpt: str, suggestions: tuple[str, ...], exact: tuple[str, ...]
) -> None:
    text = f"An {written} may call."
    finding = Finding(rule, Severity.warning, Span(3, 3 + len(written)), "No.", suggestions, excerpt=excerpt)
    assert replacements(listed(finding, text), KNOWN) == exact
    assert replacements(listed(finding, text), Options()) == ()


def test_nothing_missing_or_silenced_has_a_fix() -> None:
    assert replacements(listed(missing("language/addict")), KNOWN) == ()
    finding = find(ARTICLE, "language/addict", "warning", "addict", "No.", suggestions=("patient",))
    silenced = next(entries(Report("a.md", Profile(), suppressed=(Suppressed(finding, ""),), text=ARTICLE), KNOWN))
    assert silenced.kind == "silenced" and replacements(silenced, KNOWN) == ()

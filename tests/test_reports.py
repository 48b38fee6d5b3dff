"""What holds for every report format: nothing is dropped, the bytes are the same, and hostile text stays text."""

from __future__ import annotations

from dataclasses import replace

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st
from report_readers import ALL_FORMATS, WORDS, whole
from report_samples import article, hostile, reports

from copycheck.findings import Profile, Report
from copycheck.reports import Options, render

ALL = Options(notes=True, verbose=True, width=10_000)
FAILED = Report("gone.md", Profile(), error="no such file or folder")
RAW = regex.compile(r"(?V1)[[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069\ufeff]--[\n]]|\#\#(?:\[|[a-z]+\[)")
EVERY = pytest.mark.parametrize("format_", ALL_FORMATS)


def test_every_format_has_a_reader() -> None:
    assert tuple(WORDS) == ALL_FORMATS
    with pytest.raises(KeyError):
        render([], "pdf", ALL)


@EVERY
@pytest.mark.parametrize("options", [ALL, replace(ALL, grouped=False)], ids=["framed", "lines"])
def test_nothing_is_dropped(format_: str, options: Options) -> None:
    run = [article(), FAILED]
    words = " ".join(WORDS[format_](whole(run, format_, options)).split())
    suggestions = {text for finding in run[0].findings for text in finding.suggestions}
    assert len(suggestions) == 3
    for text in (*suggestions, "no such file or folder", "confirmed by the medical reviewer"):
        assert text in words, text
    for finding in run[0].findings:
        assert finding.rule in words and finding.message in words
    assert words.count(run[0].suppressed[0].finding.rule) > 1  # a finding's and the silenced one's
    assert "Read as Windows-1252." in words


@EVERY
def test_a_file_without_findings_and_a_run_without_files(format_: str) -> None:
    clean = Report("clean.md", Profile(), text="We are open.")
    for run in ([], [clean]):
        WORDS[format_](whole(run, format_, ALL))
    if format_ in ("text", "json", "sarif", "junit", "checkstyle", "html"):  # these say which files were checked
        assert b"clean.md" in whole([clean], format_, ALL)


@EVERY
def test_the_order_of_the_reports_changes_no_byte(format_: str) -> None:
    run = [article(), FAILED, hostile(), replace(article(), path="a.md")]
    assert whole(run, format_, ALL) == whole(run[::-1], format_, ALL)


@EVERY
def test_hostile_text_stays_text(format_: str) -> None:
    report = whole([hostile()], format_, ALL)
    assert not RAW.search(report.decode("utf-8"))
    words = WORDS[format_](report)
    assert "set-output" in words and "calc" in words and "alert" in words
    if format_ != "github":
        assert b"\n::" not in report and not report.startswith(b"::")


@given(st.lists(reports(), max_size=2))
@settings(max_examples=25, deadline=None)
def test_any_report_can_be_read_back(some: list[Report]) -> None:
    for format_ in ALL_FORMATS:
        report = whole(some, format_, ALL)
        WORDS[format_](report)
        assert not RAW.search(report.decode("utf-8"))
        assert report[-1:] in (b"", b"\n")

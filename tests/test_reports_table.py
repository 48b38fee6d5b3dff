from __future__ import annotations

import pytest
from report_readers import table
from report_samples import article

from copycheck.findings import Finding, Profile, Report, Severity
from copycheck.reports import Options, render
from copycheck.reports.table import COLUMNS
from copycheck.source import Span


def test_rows() -> None:
    rows = table(render([article(), Report("b.md", Profile(), error="it is binary")], "csv", Options()))
    assert tuple(rows[0]) == COLUMNS and len(rows) == 11
    assert (rows[0]["path"], rows[0]["status"], rows[0]["line"]) == ("b.md", "not checked", "")
    assert (rows[1]["line"], rows[1]["suggestions"]) == ("", "This page is general information. Ask a clinician who knows you.")
    assert [rows[2][name] for name in ("line", "column", "status", "wording")] == ["3", "20", "error", "clinically proven"]
    assert (rows[-2]["status"], rows[-2]["reason"]) == ("silenced", "confirmed by the medical reviewer")
    assert next(row["suggestions"] for row in rows if row["rule"] == "language/addict" and row["suggestions"]) == (
        "person with addiction · person who uses drugs"
    )


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "＝", "\t=", "\r@", " -"])
def test_no_cell_is_a_formula(start: str) -> None:
    words = start + "cmd|' /C calc'!A1"
    finding = Finding(words, Severity.error, Span(0, 1), words, (words,), excerpt=words, help=words)
    (row,) = table(render([Report(words, Profile(), (finding,), text="x")], "csv", Options()))
    assert not any(value.startswith(("=", "+", "-", "@", "＝", "\t", "\r", " ")) for value in row.values())
    assert row["wording"] == "'" + words.strip()

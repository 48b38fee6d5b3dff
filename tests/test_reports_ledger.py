from __future__ import annotations

import csv
import io
import json

import pytest
import regex
from golden_files import assert_golden
from hypothesis import given, settings
from hypothesis import strategies as st
from report_samples import ARTICLE, CLINIC, article, reports

from copycheck.findings import Claim, Profile, Report
from copycheck.reports.ledger import CITED, COLUMNS, FORMATS, STATUSES, render
from copycheck.source import Span

EXTENSION = {"text": "txt", "json": "json", "csv": "csv", "markdown": "md"}
HOSTILE = "=1+1|<b>x</b>\x1b[31m\u202e`*_[a](http://x.y)\n::set-output ##[error]\x7f"


def claim(words: str, kind: str = "efficacy", status: str = "unsourced", source: str | None = None, **fields: object) -> Claim:
    start = ARTICLE.index(words)
    return Claim(kind, "causal", Span(start, start + len(words)), words, status, source, **fields)  # type: ignore[arg-type]


def run() -> list[Report]:
    found = (
        claim("Better sleep"),
        claim("It reduces anxiety.", status="cited", source="https://pubmed.ncbi.nlm.nih.gov/20838542/"),
        claim("clinically proven to remove metabolic waste", "mechanism", "vague", "clinically proven", hedged=True),
        claim("reduces relapse by 40%", "statistic", "named", "National Institute on Drug Abuse"),
    )
    return [
        Report("pages/massage.md", CLINIC, claims=found, text=ARTICLE),
        Report("pages/broken.md", Profile(), error="it is a binary file, not text"),
        Report("index.md", Profile(), text="Parking is free.\n"),
    ]


def hostile() -> Report:
    text = "Massage heals.\n"
    claims = (Claim("efficacy", "causal", Span(0, 14), HOSTILE, "unsourced", HOSTILE),)
    return Report(HOSTILE + ".md", Profile(), claims=claims, text=text)


def table(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


@pytest.mark.parametrize("format", FORMATS)
def test_the_ledger(format: str) -> None:
    assert_golden(f"ledger.{EXTENSION[format]}", render(run(), format))


@pytest.mark.parametrize("format", FORMATS)
def test_the_order_of_the_reports_does_not_matter(format: str) -> None:
    assert render(run(), format) == render(run()[::-1], format)


@pytest.mark.parametrize("format", FORMATS)
def test_it_says_that_content_was_not_checked(format: str) -> None:
    text = render(run(), format)
    if format == "json":
        text = json.loads(text)["note"]
    assert (CITED in text) or format == "csv"  # whose rows are data alone; docs/claims.md says what the column means


@pytest.mark.parametrize("format", FORMATS)
def test_a_file_that_was_not_checked_stands_in_it(format: str) -> None:
    text = render(run(), format)
    assert "broken.md" in text and "it is a binary file, not text" in text.replace("\\", "")


@pytest.mark.parametrize("format", FORMATS)
def test_nothing_checked_is_no_clean_ledger(format: str) -> None:
    text = render([], format)
    assert {"text": "No file was checked.", "markdown": "No file was checked.", "json": '"files": 0', "csv": "path"}[format] in text
    failed = render([Report("a.md", Profile(), error="it is empty")], format)
    assert "it is empty" in failed


def test_the_places_are_those_of_the_source() -> None:
    lines = ARTICLE.split("\n")
    for _, line, column, *_, text, _, _, _, _ in table(render(run(), "csv"))[1:]:
        if line:
            assert lines[int(line) - 1][int(column) - 1 :].startswith(text)


def test_json_holds_what_a_program_needs() -> None:
    whole = json.loads(render(run(), "json"))
    assert whole["schema"] == "copycheck-claims/1"
    assert [file["path"] for file in whole["files"]] == ["index.md", "pages/broken.md", "pages/massage.md"]
    assert whole["summary"] == {"files": 3, "failed": 1, "claims": 4, "statuses": {"cited": 1, "named": 1, "unsourced": 1, "vague": 1}}
    for found in whole["files"][2]["claims"]:
        assert ARTICLE[found["start"] : found["end"]] == found["text"]


def test_the_reviewers_columns_are_empty() -> None:
    header, *rows = table(render(run(), "csv"))
    assert len(header) == len(COLUMNS) and header[-3:] == ["decision", "name", "date"]
    assert all(row[-3:] == ["", "", ""] and len(row) == len(COLUMNS) for row in rows)
    lines = [line for line in render(run(), "markdown").splitlines() if line.startswith("|")]
    assert all(line.endswith("|  |  |  |") for line in lines[2:])
    assert "| Decision | Name | Date |" in lines[0]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "＝", "\t=", "\r@", " -"])
def test_no_cell_of_a_spreadsheet_is_a_formula(start: str) -> None:
    words = start + "cmd|' /C calc'!A1"
    report = Report(words, Profile(), claims=(Claim(words, words, Span(0, 1), words, words, words),), text="x")
    for row in table(render([report], "csv")):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝")) for cell in row)
    assert words.strip() in render([report], "csv")


def test_markdown_is_inert() -> None:
    text = render([hostile()], "markdown")
    assert "<b>" not in text and "](" not in text.replace("\\]\\(", "")
    cells = {len(regex.split(r"(?<!\\)\|", line)) for line in text.splitlines() if line.startswith("|")}
    assert cells == {12}


def test_an_address_stays_a_link_in_markdown() -> None:
    report = Report("a.md", Profile(), claims=(Claim("e", "causal", Span(0, 1), "x", "cited", "https://a.org/b_c|d"),), text="x")
    assert "| <https://a.org/b_c%7Cd> |" in render([report], "markdown")
    script = Report("a.md", Profile(), claims=(Claim("e", "causal", Span(0, 1), "x", "cited", "javascript:alert(1)"),), text="x")
    assert "<javascript" not in render([script], "markdown")


@given(st.lists(reports(), max_size=3), st.sampled_from(FORMATS))
@settings(max_examples=30, deadline=None)
def test_whatever_stands_in_the_copy_reaches_no_terminal_raw(given_reports: list[Report], format: str) -> None:
    text = render(given_reports, format)
    assert not regex.search(r"(?V1)[[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]--[\n]]|##\[|(?m:^\s*::)", text)
    if format == "json":
        assert len(json.loads(text)["files"]) == len(given_reports)
    if format == "csv":
        claims = sum(len(report.claims) for report in given_reports) + sum(report.error is not None for report in given_reports)
        assert len(table(text)) == 1 + claims


def test_every_status_is_counted_by_its_name() -> None:
    claims = tuple(Claim("efficacy", "causal", Span(0, 1), "x", status) for status in (*STATUSES, "cited"))
    text = render([Report("a.md", Profile(), claims=claims, text="x")], "text")
    assert "1 file: 9 claims; 1 unsourced, 1 vague, 1 named, 1 self, 1 weak, 1 broken, 2 cited, 1 approved." in text


def test_the_sample_report_has_its_claim() -> None:
    assert "statistic, causal, unsourced: “reduces relapse by 40%”" in render([article()], "text")

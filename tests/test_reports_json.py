from __future__ import annotations

import json
import math
from dataclasses import replace
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from report_samples import ARTICLE, CLINIC, article, find, missing, reports, texts

from copycheck import __version__
from copycheck.findings import Finding, Profile, Report, Severity
from copycheck.reports import Options, render
from copycheck.reports.summary import fingerprints
from copycheck.source import Span
from tests.work import calls

SCHEMA = json.loads(files("copycheck").joinpath("data/schema/report-1.json").read_text("utf-8"))


def closed(node: Any) -> Any:
    """The schema with no room for keys that it does not name: what this version may write, rather than what a reader must accept."""
    if isinstance(node, list):
        return [closed(item) for item in node]
    if not isinstance(node, dict):
        return node
    node = {key: closed(value) for key, value in node.items()}
    return {"additionalProperties": False, **node} if "properties" in node and node.get("type") == "object" else node


VALIDATOR = Draft202012Validator(closed(SCHEMA))


def rendered(*given_reports: Report) -> Any:
    return json.loads(render(given_reports, "json", Options()))


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_the_contract() -> None:
    report = rendered(article())
    VALIDATOR.validate(report)
    assert list(report) == ["schema", "version", "files", "summary"]
    assert (report["schema"], report["version"]) == ("copycheck/1", __version__)
    assert report["summary"] == {
        "files": 1,
        "errors": 3,
        "warnings": 4,
        "infos": 1,
        "failed": 0,
        "suppressed": 1,
        "known": 0,
        "unapplied": 0,
    }
    (file,) = report["files"]
    assert file["path"] == "pages/article.md" and file["error"] is None
    assert file["profile"]["stance"] == "promotional"
    assert file["profile"]["told_by"] == list(CLINIC.signals) and file["profile"]["guessed"] == ["promotional", "vertical"]
    assert file["suppressed"][0]["reason"] == "confirmed by the medical reviewer"
    assert file["claims"][0]["status"] == "unsourced" and file["claims"][0]["source"] is None
    assert file["metrics"] == {"flesch_kincaid_grade": 9.75, "words": 51}
    assert [section["grades"] for section in file["sections"]] == [None, [8.5, 11.0]]
    assert [notice["rule"] for notice in file["notices"]] == ["copycheck/encoding", "copycheck/off"]


def test_places_lead_back_to_the_text() -> None:
    findings = rendered(article())["files"][0]["findings"]
    assert [finding["start"] for finding in findings] == sorted(finding["start"] for finding in findings)
    lines = ARTICLE.split("\n")
    for finding in findings[1:]:
        assert ARTICLE[finding["start"] : finding["end"]] == finding["excerpt"]
        assert lines[finding["line"] - 1][finding["column"] - 1 : finding["end_column"] - 1] == finding["excerpt"]
        for related in finding["related"]:
            assert lines[related["line"] - 1][related["column"] - 1 :].startswith("It reduces anxiety.")
    assert findings[0]["rule"] == "disclaimers/missing-advice"
    assert [findings[0][key] for key in ("start", "end", "line", "column", "end_line", "end_column")] == [0, 0, 1, 1, 1, 1]


def test_help_is_an_address_or_null() -> None:
    helps = {finding["rule"]: finding["help"] for finding in rendered(article())["files"][0]["findings"]}
    assert helps["claims/unsourced-efficacy"] == "https://example.org/guidance"
    assert helps["claims/list"] is None


def test_fingerprints_outlive_edits_elsewhere_and_tell_repeats_apart() -> None:
    before = find("An addict may call.", "language/addict", "warning", "addict", "No.")
    after = find("New words first. An  ADDICT may call.", "language/addict", "warning", "ADDICT", "Another message.")
    (one,), (other,) = fingerprints([before]), fingerprints([after])
    assert one == other and len(one) == 16
    twice = fingerprints([before, before])
    assert twice[0] == one and twice[1] != one
    assert fingerprints([before._replace(rule="language/other")]) != [one]


def test_the_fingerprint_of_a_missing_thing_is_that_of_its_rule() -> None:
    first, second = missing("disclaimers/missing-advice"), missing("disclaimers/missing-advice", "info", "Another message.")
    assert fingerprints([first]) == fingerprints([second]) != fingerprints([missing("disclaimers/missing-risks")])


def test_a_file_that_failed_is_told() -> None:
    report = rendered(Report("b.md", Profile(), error="it is a binary file"), article())
    VALIDATOR.validate(report)
    assert [file["path"] for file in report["files"]] == ["b.md", "pages/article.md"]
    assert report["files"][0]["error"] == "it is a binary file"
    assert report["summary"]["failed"] == 1 and report["summary"]["files"] == 2


def test_no_files() -> None:
    report = rendered()
    VALIDATOR.validate(report)
    assert report["files"] == []


def test_hostile_text_is_kept_and_escaped() -> None:
    nasty = "\x1b[31m\u202e\x9b\r\n\u2028##[error]x\ud800\U000e0041😴"
    report = Report(nasty, Profile(), (Finding("a/b", Severity.error, Span(0, 1), nasty, excerpt=nasty),), text=nasty)
    output = render([report], "json", Options()).decode("utf-8")
    assert "\x1b" not in output and "\u202e" not in output and "\x9b" not in output and "\u2028" not in output and "\r" not in output
    assert "##[" not in output and "😴" in output
    assert json.loads(output)["files"][0]["findings"][0]["message"] == nasty


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
def test_numbers_that_json_cannot_say_are_null(number: float) -> None:
    assert rendered(Report("a.md", Profile(), metrics={"grade": number}))["files"][0]["metrics"] == {"grade": None}


@given(st.lists(reports(), max_size=3))
@settings(deadline=None, max_examples=30)
def test_any_report_follows_the_schema_and_keeps_the_truth(some: list[Report]) -> None:
    output = render(some, "json", Options())
    assert output.decode("utf-8").endswith("}\n")
    report = json.loads(output)
    VALIDATOR.validate(report)
    assert output == render(list(reversed(some)), "json", Options()) or len({r.path for r in some}) < len(some)
    assert sorted(f["message"] for file in report["files"] for f in file["findings"]) == sorted(f.message for r in some for f in r.findings)


@given(texts)
def test_any_string_comes_back(text: str) -> None:
    assert rendered(Report("a.md", Profile(), error=text))["files"][0]["error"] == text


def test_the_work_grows_with_the_number_of_files_and_no_faster() -> None:
    few, many = ([replace(article(), path=f"{number}.md") for number in range(count)] for count in (50, 400))
    assert calls(lambda: render(many, "json", Options())) < 8.5 * calls(lambda: render(few, "json", Options()))

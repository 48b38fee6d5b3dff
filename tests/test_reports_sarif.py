from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pytest
from report_readers import sarif
from report_samples import ARTICLE, RULES, article, find, missing

from copycheck.findings import Finding, Profile, Report, Severity, Suppressed
from copycheck.reports import Options, render
from copycheck.reports.summary import fingerprints
from copycheck.source import Span

KNOWN = Options(rules=lambda: RULES)


def rendered(*reports: Report, options: Options = KNOWN) -> Any:
    return sarif(render(reports, "sarif", options))


def region(result: Any) -> Any:
    return result["locations"][0]["physicalLocation"]["region"]


def test_results_have_their_rule_level_place_and_fingerprint() -> None:
    run = rendered(article())
    results = [result for result in run["results"] if "suppressions" not in result]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == sorted(rule["id"] for rule in rules)
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])
    findings = sorted(article().findings, key=lambda finding: (finding.span, finding.rule))
    assert [result["partialFingerprints"]["copycheck/v1"] for result in results] == fingerprints(findings)
    assert {result["level"] for result in results} == {"error", "warning", "note"}
    assert region(results[0]) == {"startLine": 1}  # a thing that is missing
    lines = ARTICLE.split("\n")
    assert run["columnKind"] == "unicodeCodePoints"
    for result, finding in zip(results[1:], findings[1:], strict=True):
        place = region(result)
        assert lines[place["startLine"] - 1][place["startColumn"] - 1 : place["endColumn"] - 1] == finding.excerpt
    related = next(result for result in results if result["ruleId"] == "claims/list")["relatedLocations"]
    assert related[0]["physicalLocation"]["region"]["startLine"] == 7


def test_a_rule_is_described_with_its_authority() -> None:
    rules = {rule["id"]: rule for rule in rendered(article())["tool"]["driver"]["rules"]}
    addict = rules["language/addict"]
    assert addict["shortDescription"]["text"] == "Title of language/addict" and addict["helpUri"] == "https://example.org/act"
    assert "Name *the* person." in addict["help"]["text"] and "Name \\*the\\* person." in addict["help"]["markdown"]
    assert "The Act, 1 U.S.C. 1" in addict["help"]["text"] and "Guidance, not legal advice." in addict["help"]["text"]
    assert addict["properties"] == {"tags": ["language", "stigma"], "precision": "high", "problem.severity": "warning"}
    assert rules["claims/unsourced-efficacy"]["defaultConfiguration"] == {"level": "note"}
    assert rules["claims/list"] == {"id": "claims/list"}


def test_rules_are_not_loaded_for_a_run_without_findings() -> None:
    def loaded() -> Any:
        raise AssertionError("they take a second")

    rendered(Report("a.md", Profile(), error="no such file"), options=Options(rules=loaded))


def test_what_was_silenced_is_suppressed_with_its_reason() -> None:
    silenced = [result for result in rendered(article())["results"] if "suppressions" in result]
    assert [result["suppressions"] for result in silenced] == [[{"kind": "inSource", "justification": "confirmed by the medical reviewer"}]]
    assert silenced[0]["level"] == "error" and "fixes" not in silenced[0]
    nameless = Suppressed(Finding("a/b", Severity.info, Span(0, 1), "No."), "")
    (result,) = rendered(Report("a.md", Profile(), suppressed=(nameless,), text="x"))["results"]
    assert result["suppressions"] == [{"kind": "inSource"}]


def test_a_file_that_failed_makes_the_run_a_failure() -> None:
    assert rendered(article())["invocations"][0]["executionSuccessful"] is True
    (invocation,) = rendered(article(), Report("b.md", Profile(), error="it is binary"))["invocations"]
    failed, noticed = invocation["toolExecutionNotifications"]
    assert invocation["executionSuccessful"] is False and (failed["level"], noticed["level"]) == ("error", "note")
    assert failed["message"]["text"] == "not checked: it is binary"
    assert failed["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "b.md"


def test_a_fix_replaces_exactly_the_words() -> None:
    text = "One\r\n😴 An addict may call.\r\n"
    finding = find(text, "language/addict", "warning", "addict", "No.", suggestions=("patient", "person who uses drugs"))
    (result,) = rendered(Report("a.md", Profile(), (finding,), text=text))["results"]
    changes = [fix["artifactChanges"][0]["replacements"][0] for fix in result["fixes"]]
    assert [change["insertedContent"]["text"] for change in changes] == ["patient", "person who uses drugs"]
    assert changes[0]["deletedRegion"] == region(result) == {"startLine": 2, "startColumn": 6, "endLine": 2, "endColumn": 12}
    (result,) = rendered(Report("a.md", Profile(), (missing("language/addict"),), text=text))["results"]
    assert "fixes" not in result


def test_evidence_is_pointed_at() -> None:
    finding = find(ARTICLE, "claims/unsourced-efficacy", "error", "It reduces anxiety.", "No.")
    finding = finding._replace(evidence=Span(finding.span.start + 3, finding.span.start + 10))
    (result,) = rendered(Report("a.md", Profile(), (finding,), text=ARTICLE))["results"]
    assert result["locations"][0]["annotations"] == [{"startLine": 7, "startColumn": 6, "endLine": 7, "endColumn": 13}]


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("pages/a b.md", "pages/a%20b.md"),
        ("é:x#y?.md", "%C3%A9%3Ax%23y%3F.md"),
        ("/srv/a.md", "file:///srv/a.md"),
        ("C:/site/a.md", "file:///C:/site/a.md"),
        ("-", "-"),
        ("a\ud800\n.md", "a%3F%0A.md"),
        ("javascript:alert(1)", "javascript%3Aalert%281%29"),
    ],
)
def test_a_path_is_a_uri(path: str, uri: str) -> None:
    (artifact,) = rendered(Report(path, Profile()))["artifacts"]
    assert artifact["location"] == {"uri": uri}
    assert urlsplit(uri).scheme in ("", "file")


def test_no_message_holds_a_link() -> None:
    for said, text in (("[1] \\ x", "[1] \\ x"), ("[l](http://e.org)", "\\[l\\](http://e.org)")):
        (result,) = rendered(Report("a.md", Profile(), (Finding("a/b", Severity.error, Span(0, 1), said),), text="x"))["results"]
        assert result["message"]["text"] == text

from __future__ import annotations

from typing import Any

from report_readers import rdjsonl
from report_samples import RULES, article, find

from copycheck.findings import Profile, Report
from copycheck.reports import Options, render


def rendered(*reports: Report) -> Any:
    return rdjsonl(render(reports, "rdjsonl", Options(rules=lambda: RULES)))


def test_diagnostics() -> None:
    failed, missing, *rest = rendered(article(), Report("a.md", Profile(), error="it is binary"))
    assert failed["location"] == {"path": "a.md"} and failed["severity"] == "ERROR"
    assert missing["location"] == {"path": "pages/article.md"}
    assert rest[0]["code"] == {"value": "claims/unsourced-efficacy", "url": "https://example.org/guidance"}
    assert {one["severity"] for one in rest} == {"ERROR", "WARNING", "INFO"}
    (silenced,) = [one for one in rest if one["message"].startswith("Silenced (")]
    assert silenced["severity"] == "INFO" and "suggestions" not in silenced
    assert render([], "rdjsonl", Options()) == b""


def test_columns_are_bytes_and_a_suggestion_replaces_them() -> None:
    text = "\r\né😴 An addict\tmay call."
    finding = find(text, "language/addict", "warning", "addict", "No.", suggestions=("patient",))
    (one,) = rendered(Report("a.md", Profile(), (finding,), text=text))
    start, end = one["location"]["range"]["start"], one["location"]["range"]["end"]
    line = text.encode("utf-8").split(b"\r\n")[start["line"] - 1]
    assert line[start["column"] - 1 : end["column"] - 1] == b"addict" and start["line"] == end["line"] == 2
    assert one["suggestions"] == [{"range": one["location"]["range"], "text": "patient"}]

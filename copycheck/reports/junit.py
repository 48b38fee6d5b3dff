"""JUnit report: the XML of JUnit's test runners as Jenkins and GitLab read it (docs.gitlab.com/ci/testing/unit_test_reports)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from xml.etree import ElementTree

from copycheck.findings import Report, Severity
from copycheck.reports import Options
from copycheck.reports.entries import Entry, entries
from copycheck.reports.inert import xml_bytes, xml_text
from copycheck.reports.summary import by_path, posix_path

_COUNTED = ("tests", "failures", "errors", "skipped")


def render(reports: Sequence[Report], options: Options) -> bytes:
    """A suite a file, a case a finding.

    Errors and warnings are failures, notes are output of a case without failure, what was silenced is a skipped case with its reason,
    a file that was not checked an error. A file with nothing to say has one case.
    """
    suites = ElementTree.Element("testsuites", name="copycheck")
    totals: Counter[str] = Counter()
    for report in by_path(reports):
        path = xml_text(posix_path(report.path))
        suite = ElementTree.SubElement(suites, "testsuite", name=path)
        counts: Counter[str] = Counter()
        for entry in entries(report, options):
            _case(suite, path, entry, counts)
        if not counts:
            ElementTree.SubElement(suite, "testcase", name="copycheck", classname=path, file=path, time="0")
            counts["tests"] = 1
        _write(suite, counts)
        totals += counts
    _write(suites, totals)
    return xml_bytes(suites)


def _case(suite: ElementTree.Element, path: str, entry: Entry, counts: Counter[str]) -> None:
    line, column = entry.start
    rule = xml_text(entry.rule)
    name = f"{rule} at {line}:{column}" if entry.span else rule
    case = ElementTree.SubElement(suite, "testcase", name=name, classname=path, file=path, line=str(line), time="0")
    counts["tests"] += 1
    message = xml_text(entry.message)
    if entry.kind == "failure":
        counts["errors"] += 1
        ElementTree.SubElement(case, "error", type=rule, message=message)
    elif entry.kind == "silenced":
        counts["skipped"] += 1
        ElementTree.SubElement(case, "skipped", message=message)
    elif entry.severity > Severity.info:
        counts["failures"] += 1
        ElementTree.SubElement(case, "failure", type=entry.label, message=message).text = f"{path}:{line}:{column}: {message}"
    else:
        ElementTree.SubElement(case, "system-out").text = f"{entry.label}: {message}"


def _write(element: ElementTree.Element, counts: Counter[str]) -> None:
    for name in _COUNTED:
        element.set(name, str(counts[name]))
    element.set("time", "0")

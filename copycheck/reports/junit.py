"""JUnit report: the XML of JUnit's test runners as Jenkins and GitLab read it (docs.gitlab.com/ci/testing/unit_test_reports)."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree

from copycheck.findings import Report, Severity
from copycheck.reports import Options
from copycheck.reports.entries import Entry, entries
from copycheck.reports.inert import xml_bytes, xml_text
from copycheck.reports.summary import by_path, posix_path

_COUNTED = {"tests": "testcase", "failures": "failure", "errors": "error", "skipped": "skipped"}
"""By an attribute of suites the elements that it counts."""


def render(reports: Sequence[Report], options: Options) -> bytes:
    """A suite a file, a case a finding.

    Errors and warnings are failures, notes are output of a case without failure, what was silenced is a skipped case with its reason,
    a file that was not checked an error. A file with nothing to say has one case.
    """
    suites = ElementTree.Element("testsuites", name="copycheck")
    for report in by_path(reports):
        path = xml_text(posix_path(report.path))
        suite = ElementTree.SubElement(suites, "testsuite", name=path)
        for entry in entries(report, options):
            _case(suite, path, entry)
        if not len(suite):
            ElementTree.SubElement(suite, "testcase", name="copycheck", classname=path, file=path, time="0")
    for element in (suites, *suites):
        for name, counted in _COUNTED.items():
            element.set(name, str(sum(1 for _ in element.iter(counted))))
        element.set("time", "0")
    return xml_bytes(suites)


def _case(suite: ElementTree.Element, path: str, entry: Entry) -> None:
    line, column = entry.start
    rule = xml_text(entry.rule)
    name = f"{rule} at {line}:{column}" if entry.span else rule
    case = ElementTree.SubElement(suite, "testcase", name=name, classname=path, file=path, line=str(line), time="0")
    message = xml_text(entry.message)
    if entry.kind == "failure":
        ElementTree.SubElement(case, "error", type=rule, message=message)
    elif entry.kind == "silenced":
        ElementTree.SubElement(case, "skipped", message=message)
    elif entry.severity > Severity.info:
        ElementTree.SubElement(case, "failure", type=entry.label, message=message).text = f"{path}:{line}:{column}: {message}"
    else:
        ElementTree.SubElement(case, "system-out").text = f"{entry.label}: {message}"

"""Checkstyle report: the XML of Checkstyle's XMLLogger (format version 4.3), which Jenkins, reviewdog and many editors read."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree

from copycheck.findings import Report
from copycheck.reports import Options
from copycheck.reports.entries import entries
from copycheck.reports.inert import xml_bytes, xml_text
from copycheck.reports.summary import by_path, posix_path


def render(reports: Sequence[Report], options: Options) -> bytes:
    """A `file` each, also of those with nothing to say. What was silenced is of severity info, with its reason in words."""
    root = ElementTree.Element("checkstyle", version="4.3")
    for report in by_path(reports):
        file = ElementTree.SubElement(root, "file", name=xml_text(posix_path(report.path)))
        for entry in entries(report, options):
            line, column = entry.start
            error = ElementTree.SubElement(file, "error", line=str(line))
            if entry.span:
                error.set("column", str(column))
            error.set("severity", entry.severity.name)
            error.set("message", xml_text(entry.message))
            error.set("source", xml_text(entry.rule))
    return xml_bytes(root)

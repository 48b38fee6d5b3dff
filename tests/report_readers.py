"""Readers of each report format, as its consumers read it: validated where there is a schema, and as the words that a person sees."""

from __future__ import annotations

import csv
import io
import json
import re
from base64 import b64encode
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from jsonschema import Draft4Validator, Draft202012Validator
from junitparser import JUnitXml
from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser

from copycheck.findings import Report
from copycheck.reports import FOLDER, FORMATS, Options, render
from copycheck.reports import html as html_report

SCHEMAS = Path(__file__).parent / "schemas"
COMMAND = re.compile(r"::(error|warning|notice) ((?:\w+=[^,:\n]*,?)+)::([^\n]*)")
ESCAPES = {"%25": "%", "%3A": ":", "%2C": ",", "%0A": "\n", "%0D": "\r"}
CHECKSTYLE = {
    "checkstyle": ({"version"}, {"file"}),
    "file": ({"name"}, {"error"}),
    "error": ({"line", "column", "severity", "message", "source"}, set()),
}


@cache
def schema(name: str) -> Any:
    loaded = json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))
    return (Draft4Validator if "draft-04" in loaded["$schema"] else Draft202012Validator)(loaded)


def sarif(report: bytes) -> Any:
    """The run of a report that follows the official schema."""
    log = json.loads(report)
    schema("sarif-2.1.0").validate(log)
    (run,) = log["runs"]
    return run


def gitlab(report: bytes) -> Any:
    issues = json.loads(report)
    schema("gitlab").validate(issues)
    prints = [issue["fingerprint"] for issue in issues]
    assert len(set(prints)) == len(prints)  # GitLab drops an issue whose fingerprint it has seen
    return issues


def rdjsonl(report: bytes) -> list[Any]:
    lines = report.decode("utf-8").split("\n")
    assert lines.pop() == ""
    diagnostics = [json.loads(line) for line in lines]
    for diagnostic in diagnostics:
        schema("rdjsonl").validate(diagnostic)
    return diagnostics


def junit(report: bytes) -> Any:
    """The suites; their counts are those of their cases."""
    suites = JUnitXml.fromstring(report)
    counted = suites.tests, suites.failures, suites.errors, suites.skipped
    for suite in suites:
        told = suite.tests, suite.failures, suite.errors, suite.skipped
        suite.update_statistics()
        assert told == (suite.tests, suite.failures, suite.errors, suite.skipped)
    suites.update_statistics()
    assert counted == (suites.tests, suites.failures, suites.errors, suites.skipped)
    return suites


def checkstyle(report: bytes) -> ElementTree.Element:
    root = ElementTree.fromstring(report)
    assert root.tag == "checkstyle"
    for element in root.iter():
        attributes, children = CHECKSTYLE[element.tag]
        assert set(element.attrib) <= attributes and {child.tag for child in element} <= children
        assert not (element.text or "").strip() and not (element.tail or "").strip()
        if element.tag == "error":
            assert {"line", "severity", "message"} <= set(element.attrib)
            assert element.get("severity") in ("info", "warning", "error") and int(element.attrib["line"]) > 0
    return root


def github(report: bytes) -> tuple[list[tuple[str, dict[str, str], str]], list[str]]:
    """The commands of a log as GitHub's runner takes them, and its other lines."""
    commands, lines = [], []
    for line in report.decode("utf-8").split("\n")[:-1]:
        match = COMMAND.fullmatch(line)
        if match:
            pairs = (pair.split("=", 1) for pair in match[2].split(","))
            commands.append((match[1], {name: unescaped(value) for name, value in pairs}, unescaped(match[3])))
        else:
            assert not line.lstrip().startswith("::") and "##[" not in line
            lines.append(line)
    return commands, lines


def unescaped(text: str) -> str:
    return re.sub("%(?:25|3A|2C|0A|0D)", lambda match: ESCAPES[match[0]], text)


def markdown(report: bytes) -> tuple[list[list[str]], str]:
    """The rows of the table without its head, and all words; nothing in it is a link, a picture, a tag or a heading."""
    tokens = MarkdownIt("commonmark").enable("table").parse(report.decode("utf-8"))
    blocks = {token.type.removesuffix("_open") for token in tokens if not token.type.endswith("_close")}
    assert blocks <= {"html_block", "paragraph", "inline", "table", "thead", "tbody", "tr", "th", "td"}
    assert [token.content for token in tokens if token.type == "html_block"] == ["<!-- copycheck -->\n"]
    words, cells = [], []
    for token in tokens:
        inner = token.children or []
        assert {child.type for child in inner} <= {"text", "text_special", "code_inline", "strong_open", "strong_close"}
        said = "".join(child.content for child in inner).replace("\u200b", "")
        words.append(said)
        if token.type == "tr_open":
            cells.append([])
        elif token.type == "inline" and token.level > 3:
            cells[-1].append(said)
    return cells[1:], " ".join(words)


def table(report: bytes) -> list[dict[str, str]]:
    rows = list(csv.reader(io.StringIO(report.decode("utf-8"), newline="")))
    assert all(len(row) == len(rows[0]) for row in rows)
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


TAGS = frozenset(
    "html head meta title style body header footer main section nav form fieldset legend label input button output div p span strong code"
    " a mark br h1 h2 h3 h4 h5 h6 ul li blockquote table caption thead tbody tr th td svg rect script".split()
)
ATTRIBUTES = frozenset(
    "aria-hidden aria-label aria-labelledby aria-pressed aria-sort autocomplete charset checked class content data-entries data-family"
    " data-kind focusable height href http-equiv id lang name preserveaspectratio rel role scope tabindex title type value viewbox width x"
    " y".split()
)
POLICY = "default-src 'none'; style-src '{style}'; script-src '{script}'; base-uri 'none'; form-action 'none'"


def html(report: bytes) -> list[LexborHTMLParser]:
    """The pages of a folder's files, one after the other, as a browser takes them: with nothing but the elements that are ours."""
    pages = [LexborHTMLParser("<!doctype html>" + page) for page in report.decode("utf-8").split("<!doctype html>")[1:]]
    for page in pages:
        assert page.root
        ids = []
        for node in page.root.traverse():
            assert node.tag in TAGS and {name.lower() for name in node.attributes} <= ATTRIBUTES, node.html
            where = node.attributes.get("href") or "#"
            assert re.match(r"#|https?://|[\w-]+\.html$", where), where
            ids += [name] if (name := node.attributes.get("id")) else []
        assert len(set(ids)) == len(ids)
        assert all(node.attributes["href"][1:] in ids for node in page.css('a[href^="#"]'))
        inlined = {}
        for name in ("style", "script"):
            (node,) = page.css(name)
            inlined[name] = f"sha256-{b64encode(sha256(node.text().encode()).digest()).decode()}"
        (policy, *_) = [node for node in page.css("meta") if "http-equiv" in node.attributes]
        assert policy.attributes["content"] == POLICY.format(**inlined)
    return pages


def _html(report: bytes) -> str:
    said = []
    for page in html(report):
        page.strip_tags(["script", "style"])
        said.append(page.root.text() if page.root else "")
    return " ".join(said)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _strings(inner)


def _xml(root: ElementTree.Element) -> str:
    return " ".join(part for element in root.iter() for part in (*element.attrib.values(), element.text or ""))


def _github(report: bytes) -> str:
    commands, lines = github(report)
    return " ".join([*(f"{title} {message}" for _, title, message in commands), *lines])


def whole(reports: Sequence[Report], format_: str, options: Options) -> bytes:
    """The report in any format in one piece; of a folder its files, one after the other."""
    if format_ == FOLDER:
        return b"".join(content for _, content in html_report.render(reports, options))
    return render(reports, format_, options)


ALL_FORMATS = (*FORMATS, FOLDER)

WORDS: dict[str, Callable[[bytes], str]] = {
    "text": lambda report: report.decode("utf-8"),
    "json": lambda report: " ".join(_strings(json.loads(report))),
    "sarif": lambda report: " ".join(_strings(sarif(report))),
    "github": _github,
    "gitlab": lambda report: " ".join(_strings(gitlab(report))),
    "junit": lambda report: (junit(report), _xml(ElementTree.fromstring(report)))[1],
    "checkstyle": lambda report: _xml(checkstyle(report)),
    "rdjsonl": lambda report: " ".join(_strings(rdjsonl(report))),
    "markdown": lambda report: markdown(report)[1],
    "csv": lambda report: " ".join(value for row in table(report) for value in row.values()),
    "html": _html,
}
"""By format: the report, of a folder all files, read back by what reads such a report, as words."""

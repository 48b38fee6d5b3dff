"""Inert: untrusted text in JSON, XML, CSV and Markdown, so that nothing in it is acted on."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from copycheck.reports.printable import REPLACEMENT, one_line, printable

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

# What must not reach a terminal or a build log raw; `##` because GitHub and Azure act on ##[command] anywhere in a line.
_RAW = r"[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}--\n]|\#(?=\#)"
_FORMULA = tuple("=+-@\t\r＝＋－＠")  # what a spreadsheet may run where a cell begins with it
_NEXT_CELL = re.compile("(?<=;)(?=[=+@＝＋－＠-])")  # where commas stand in numbers, spreadsheets begin a cell at a semicolon
_MARKDOWN = re.compile(r"[\\`*_{}\[\]()#+!|~$-]")
_NOT_XML = re.compile("[\ufffe\uffff]")  # the rest that XML 1.0 has no place for is not printable either
_ADDRESS = re.compile(r"(https?://[^\s`|<>\\“”\"']*[^\s`|<>\\“”\"'.,;:)])")
_REFERENCE = re.compile(r"(?<=[@#!~%$])(?=\w)|(?<=GH\\-)(?=\d)|(?<=&amp;)(?=\d)|(?<=www)(?=\.)|(?<=:)(?=//)")


def dumps(value: object, indent: int | None = None) -> str:
    """The value as JSON that may be shown raw: control and format characters are escaped, the rest stays as it is."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent)
    if "##" not in text and text.replace("\xa0", " ").replace("\n", " ").isprintable():  # nothing of _RAW is in it
        return text
    import regex

    return str(regex.sub(_RAW, lambda match: "\\u0023" if match[0] == "#" else json.dumps(match[0])[1:-1], text, flags=regex.V1))


def xml_text(text: str) -> str:
    """The text with nothing that XML 1.0 forbids; the writer escapes the rest."""
    return _NOT_XML.sub(REPLACEMENT, printable(text))


def xml_bytes(root: Element) -> bytes:
    """The document in UTF-8, an element a line."""
    from xml.etree import ElementTree  # the JSON report can spare it

    ElementTree.indent(root, " ")
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def cell(text: str) -> str:
    """The text, which is one line, as the cell of a table that no spreadsheet takes for a formula."""
    return ("'" if text.startswith(_FORMULA) else "") + _NEXT_CELL.sub("'", text)


def table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Rows as CSV (RFC 4180, but for line ends), for spreadsheets; a cell of None is empty."""
    import csv

    output = io.StringIO()
    writer = csv.writer(output, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(["" if value is None else cell(one_line(str(value))) for value in row] for row in rows)
    return output.getvalue()


def markdown(text: str) -> str:
    """The text with nothing in it that Markdown or HTML would act on."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return str(_MARKDOWN.sub(r"\\\g<0>", escaped))


def comment(text: str) -> str:
    """The same for a comment on GitHub or GitLab: nobody is notified, no issue is referred to; addresses are there to be copied."""
    plain = list(_ADDRESS.split(text))  # every second part is an address
    plain[::2] = [_REFERENCE.sub("&#8203;", markdown(part)) for part in plain[::2]]  # a zero-width space: sites look for names last
    plain[1::2] = [f"`{part}`" for part in plain[1::2]]
    return "".join(plain)

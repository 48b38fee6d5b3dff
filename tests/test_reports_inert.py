from __future__ import annotations

import json
import unicodedata
from xml.etree import ElementTree

import pytest
from hypothesis import given
from report_samples import texts

from copycheck.reports.inert import cell, comment, dumps, markdown, xml_bytes, xml_text


@given(texts)
def test_json_comes_back_and_shows_nothing_raw(text: str) -> None:
    for indent in (None, 1):
        shown = dumps({"a": text}, indent)
        assert json.loads(shown) == {"a": text}
        assert {unicodedata.category(character) for character in shown.replace("\n", "")}.isdisjoint({"Cc", "Cf", "Cs", "Zl", "Zp"})
        assert "##" not in shown


@given(texts)
def test_xml_can_be_read_again(text: str) -> None:
    element = ElementTree.Element("a", b=xml_text(text))
    element.text = xml_text(text) + "]]>"
    again = ElementTree.fromstring(xml_bytes(element))
    assert (again.get("b"), again.text) == (xml_text(text), xml_text(text) + "]]>")


def test_xml_has_no_place_for_some_characters() -> None:
    assert xml_text("a\x00\x1b\ufffe\uffff\ud800é😴") == "a\ufffd\ufffd\ufffd\ufffd\ufffdé😴"


@pytest.mark.parametrize(("text", "shown"), [("=1", "'=1"), ("@x", "'@x"), ("a;=1;@x; -2", "a;'=1;'@x; -2"), ("1-2", "1-2"), ("", "")])
def test_a_cell_is_no_formula(text: str, shown: str) -> None:
    assert cell(text) == shown


def test_markdown_is_escaped() -> None:
    assert markdown("*a* `b` <c> & d|e") == "\\*a\\* \\`b\\` &lt;c&gt; &amp; d\\|e"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("40% of people & more", "40% of people &amp; more"),
        ("@team", "@&#8203;team"),
        ("see https://a.org/b_c?d=1&e=2.", "see `https://a.org/b_c?d=1&e=2`."),
        ("https://a.org/`x`", "`https://a.org/`\\`x\\`"),
    ],
)
def test_a_comment_refers_to_nothing(text: str, shown: str) -> None:
    assert comment(text) == shown

"""Regions: headings and classes that tell references, comments and furniture."""

import pytest

from copycheck.readers.events import Value
from copycheck.readers.regions import is_reference, is_statement, region_of, section_of
from tests.reading import regions


@pytest.mark.parametrize(
    "text", ["References", "Sources:", "Works cited", "Medical references", "Further reading", "Sources and further reading"]
)
def test_headings_of_references(text):
    assert section_of(text) == "references"


@pytest.mark.parametrize("text", ["3 Comments", "Leave a Reply", "One thought on “Sleep”", "Comments", "Join the discussion"])
def test_headings_of_comments(text):
    assert section_of(text) == "comments"


@pytest.mark.parametrize(
    "text", ["Sources of pain", "Our resources help you heal", "Reference ranges", "Comment from our director", "x" * 300]
)
def test_headings_of_the_article(text):
    assert section_of(text) is None


@pytest.mark.parametrize(
    ("name", "attributes", "region"),
    [
        ("div", {"class": "widget-area"}, "aside"),
        ("aside", {"class": "related-posts"}, "related"),
        ("aside", {}, "aside"),
        ("div", {"id": "cookie-notice"}, "related"),
        ("div", {"class": "col navbar-nav x"}, "nav"),
        ("div", {"id": "site-footer"}, "footer"),
        ("div", {"class": "wpcf7-form"}, "form"),
        ("div", {"class": "comment-list"}, "comments"),
        ("section", {"class": "header"}, None),
        ("div", {"class": "menu-of-treatments-we-offer"}, None),
        ("div", {"role": "banner"}, "header"),
        ("div", {}, None),
        ("nav", {}, "nav"),
        ("main", {}, "main"),
    ],
)
def test_furniture(name, attributes, region):
    assert region_of(name, {key: Value(value, 0) for key, value in attributes.items()}, {}) == region


def test_headers_and_footers_inside_an_article():
    assert region_of("header", {}, {"article": 1}) is None and region_of("header", {}, {}) == "header"


def test_references_end_where_running_text_begins():
    assert is_reference("Smith J. Pain. J Pain. 2020;1(2):3.", False) and is_reference("A link", True)
    assert not is_reference("Massage may ease pain in the back for people who sit all day long. " * 4, False)


def test_who_wrote_or_reviewed_the_page_is_no_reference():
    for text in (
        "Medically reviewed by Ann Lee, MD, on 2 February 2026. It is no advice.",
        "Last updated: March 2026",
        "Reviewed by Ann Lee, MD",
    ):
        assert is_statement(text, False) and is_statement(text, True)
    assert not is_statement("Lee A. Reviewed by peers: a survey. J Pain. 2020;1(2):3.", False)
    page = "<h2>References</h2><ol><li>Lee A. Pain. 2020.</li></ol><p><small>Reviewed by Ann Lee, MD, on 2 February 2026.</small></p>"
    assert regions(page)["main"] == ["Reviewed by Ann Lee, MD, on 2 February 2026."]

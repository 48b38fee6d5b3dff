from __future__ import annotations

import pytest

from copycheck.claims.site import own_hosts
from tests import rulekit


def hosts(text: str, format: str = "html") -> frozenset[str]:
    return own_hosts(rulekit.article(text, format))


MENU = "<nav><a href='https://www.spinewell.io/about'>About</a> <a href='https://spinewell.io/team'>Team</a>{}</nav><p>Hello.</p>"


@pytest.mark.parametrize(
    ("text", "format"),
    [
        ("---\npermalink: https://www.spinewell.io/blog/x\n---\n\nHello.", "markdown"),
        ("<link href=https://spinewell.io/x rel=canonical><p>Hello.</p>", "html"),
        ('<meta content="https://spinewell.io/x" property="og:url"><p>Hello.</p>', "html"),
        (MENU.format(""), "html"),
        (MENU.format("<a href='https://facebook.com/spinewell'>f</a><a href='https://agency.com/a'>made by</a>"), "html"),
        ("At Spine Well we [adjust](https://spinewell.io/a) and [align](https://spinewell.io/b).", "markdown"),
        ("Spine Well [adjusts](https://spinewell.io/a), [aligns](https://spinewell.io/a) and [rests](https://spinewell.io/a).", "markdown"),
        ("See [us](https://spinewell.io/) and [why](https://spinewell.io/b).", "markdown"),
    ],
)
def test_the_own_host_is_told(text: str, format: str) -> None:
    assert hosts(text, format) == {"spinewell.io"}


@pytest.mark.parametrize(
    ("text", "format"),
    [
        ("Hello.", "markdown"),
        ("---\npermalink: /blog/x\nurl: 7\n---\n\nHello.", "markdown"),
        ("[a](https://agingjournal.net/1) and [b](https://agingjournal.net/2)", "markdown"),  # a journal, cited twice
        ("Aging Journal says [a](https://agingjournal.net/1).", "markdown"),  # once, by name
        ("[a](https://www.cdc.gov/1), [b](https://www.cdc.gov/2), [c](https://www.cdc.gov/)", "markdown"),
        ("Spine Well: [a](https://spinewell.io/a), [b](https://b.org/1), [c](https://c.org/1), [d](https://d.org/1)", "markdown"),
        ("Joe: [a](https://joe.io/a) and [b](https://joe.io/b)", "markdown"),  # a name this short stands in many words
        (MENU.replace("spinewell.io/team", "spinewell.io/about").format(""), "html"),
    ],
)
def test_what_nothing_tells_is_nobody(text: str, format: str) -> None:
    assert hosts(text, format) == frozenset()

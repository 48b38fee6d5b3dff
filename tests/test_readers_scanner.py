"""The HTML scanner: tags, attributes, comments and text with exact places, whatever stands there."""

import pytest

from copycheck.readers.events import Close, Open, Remark, Text
from copycheck.readers.scanner import Finder, scan


def events(text: str) -> list[tuple[str, str]]:
    """Kind and source of each event."""
    found = []
    for event in scan(text):
        if isinstance(event, Text):
            found.append(("text", event.text))
            if len(event.text) == event.length:
                assert text[event.start : event.start + event.length] == event.text
        elif isinstance(event, Open):
            assert text[event.start] == "<" and text[event.end - 1] == ">"
            found.append(("open", event.name))
        elif isinstance(event, Close):
            found.append(("close", event.name))
        elif isinstance(event, Remark):
            found.append(("comment", text[event.start : event.end]))
    return found


def test_tags_text_and_comments():
    assert events("a<P class=x>b</p ><!-- c -->d<br/>") == [
        ("text", "a"),
        ("open", "p"),
        ("text", "b"),
        ("close", "p"),
        ("comment", "<!-- c -->"),
        ("text", "d"),
        ("open", "br"),
    ]


def test_entities_are_decoded_one_by_one():
    assert events("a&amp;b &nope; &#8217;&#x2019;&copy") == [
        ("text", "a"),
        ("text", "&"),
        ("text", "b &nope; "),
        ("text", "’"),
        ("text", "’"),
        ("text", "©"),
    ]


def test_attributes():
    tag = next(scan("<a HREF='/x?a=1&amp;b' class=btn disabled title=\"a > b\" class='no'>"))
    assert isinstance(tag, Open)
    assert {key: value.raw for key, value in tag.attributes.items()} == {
        "href": "/x?a=1&amp;b",
        "class": "btn",
        "disabled": "",
        "title": "a > b",
    }
    assert tag.attributes["href"].start == 9


@pytest.mark.parametrize("text", ["1 < 2 and 3 > 2", "a <3 you", "<", "</", "< p>", "x<y"])
def test_a_less_than_sign_that_opens_nothing_is_text(text):
    assert "".join(part for kind, part in events(text) if kind == "text") == text


def test_declarations_are_nothing():
    assert events("<!DOCTYPE html><?xml x?></ a>t") == [("text", "t")]


def test_scripts_and_styles_are_not_looked_into():
    assert events("<script>if (a<b) '</div>'</script>x") == [("open", "script"), ("close", "script"), ("text", "x")]
    assert events("<style>p{}") == [("open", "style")]


@pytest.mark.parametrize("text", ["<!-- open", "<!-->", "<!--->"])
def test_comments_that_end_early_or_never(text):
    assert events(text) == [("comment", text)]


def test_an_unterminated_tag_is_text():
    assert events('<p>a <a href="x') == [("open", "p"), ("text", 'a <a href="x')]


def test_an_odd_quote_does_not_swallow_the_page():
    kinds = [kind for kind, _ in events('<p title="a>b</p><p>c</p>')]
    assert kinds.count("open") >= 2


class Counting(str):
    """A text that counts the characters that are searched."""

    searched = 0

    def find(self, what, start=0, end=None):  # type: ignore[no-untyped-def]
        at = str.find(self, what, start, len(self) if end is None else end)
        Counting.searched += (len(self) if at < 0 else at) - start
        return at


@pytest.mark.parametrize("part", ["<", "<a ", '<a "', "<a b='", "<!--", "<!", "</", "<?", "<p", "<script>", "&", '<a b=">'])
def test_work_grows_with_the_length(part):
    work = []
    for size in (2_000, 8_000):
        Counting.searched = 0
        list(scan(Counting(part * size)))
        work.append(Counting.searched)
    assert work[1] <= 6 * work[0] + 200_000


def test_finder_remembers_that_there_is_nothing():
    finder = Finder("aXbX")
    assert [finder.find("X", at) for at in (0, 1, 2, 4)] == [1, 1, 3, -1]
    assert finder.find("X", 4) == -1 and finder.find("q", 0) == -1
    assert finder.find("b", 0, within=1) == -1 and finder.find("b", 0, within=2) == 2

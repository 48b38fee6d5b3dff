"""The Markdown reader: CommonMark, tables, footnotes, raw HTML inside; every place exact."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

from copycheck.readers import commonmark
from copycheck.source import Unreadable
from tests.command import run
from tests.reading import document, regions, shown

ARTICLE = """# Massage &amp; pain

It *eases* **deep** pain — for
a while\\*.  See [the study](https://x.org/a "T") or <https://y.org>.

Benefits include:

- better sleep
- less pain
  1. in the back
  2. in the neck

> A quote
> over two lines.

| Day | Time |
| --- | ---- |
| Monday | 9 \\| 10 |

![A **calm** room](room.jpg) and `code`.
"""


def test_blocks_with_their_scopes():
    assert shown(ARTICLE) == [
        ("heading", "Massage & pain"),
        ("body", "It eases deep pain — for a while*. See the study or https://y.org."),
        ("body", "Benefits include:"),
        ("list", "better sleep"),
        ("list", "less pain"),
        ("list", "in the back"),
        ("list", "in the neck"),
        ("quote", "A quote over two lines."),
        ("table", "Day"),
        ("table", "Time"),
        ("table", "Monday"),
        ("table", "9 | 10"),
        ("body", "and \ufffc."),
        ("alt", "A calm room"),
    ]


def test_places_are_exact_across_lines_marks_and_entities():
    block = document(ARTICLE).blocks[1]
    at = block.text.index("pain — for a while*")
    assert ARTICLE[slice(*block.span(at, at + 19))] == "pain — for\na while\\*"
    heading = document(ARTICLE).blocks[0]
    assert ARTICLE[slice(*heading.span(8, 9))] == "&amp;"


def test_links():
    links = document(ARTICLE).blocks[1].links
    assert [(link.kind, link.url) for link in links] == [("link", "https://x.org/a"), ("bare", "https://y.org")]
    block = document("Go to https://x.org/a_b_c. Or www.y.org!\n").blocks[0]
    assert [(link.kind, block.text[link.start : link.end]) for link in block.links] == [
        ("bare", "https://x.org/a_b_c"),
        ("bare", "www.y.org"),
    ]


def test_lists_know_their_lead_in_and_heading():
    blocks = document(ARTICLE).blocks
    sleep, pain, back = blocks[3], blocks[4], blocks[5]
    assert blocks[sleep.lead_in or 0].text == "Benefits include:" and sleep.heading == 0
    assert sleep.list_id == pain.list_id != back.list_id
    assert (sleep.level, back.level) == (1, 2)


def test_headings_nest():
    blocks = document("# A\n\none\n\n## B\n\ntwo\n\n# C\n\nthree\n").blocks
    assert [(block.text, block.heading) for block in blocks] == [("A", None), ("one", 0), ("B", 0), ("two", 2), ("C", None), ("three", 4)]


def test_setext_headings():
    assert shown("Pain\n====\n\nSleep\n---\n") == [("heading", "Pain"), ("heading", "Sleep")]


def test_a_footnote_that_states_something_is_copy():
    notes = (
        "It cures gout for good in all who come.",
        "Smith J. Needles for gout. J Pain. 2019;3:1.",
        "Ask [us](/x) for all of the figures.",
        "World Health Organization.",
    )
    text = "".join(f"One[^{at}].\n\n[^{at}]: {note}\n\n" for at, note in enumerate(notes))
    assert regions(text, "markdown")["references"] == [notes[1], "Ask us for all of the figures.", notes[3]]
    assert notes[0] in regions(text, "markdown")["main"]


def test_the_command_reports_a_claim_in_a_footnote(tmp_path):
    path = tmp_path / "a.md"
    path.write_text("# Needles\n\nWe use thin needles.[^1]\n\n[^1]: This treatment cures gout for good.\n")
    lines = run("--no-cache", "--promotional", str(path)).output.splitlines()
    assert any(line.startswith(f"{path}:5:") and "compliance/cure" in line for line in lines)


def test_footnotes_stand_as_marks_and_are_found():
    text = "Massage helps[^1].\n\n[^1]: A study, 2020.\n\n    Its second paragraph.\n"
    made = document(text)
    assert made.blocks[0].text == "Massage helps[1]."
    link = made.blocks[0].links[0]
    assert (link.kind, link.url) == ("footnote", "1")
    assert [made.blocks[index].text for index in made.footnotes["1"]] == ["A study, 2020.", "Its second paragraph."]
    assert made.blocks[1].region == "references"


def test_code_is_no_prose():
    assert shown("```\ncode here\n```\n\n    x = {1};\n\nText.\n") == [("body", "Text.")]


def test_prose_that_a_template_indented_is_read():
    text = "Text.\n\n    We help people who live with pain every day.\n"
    assert shown(text)[1] == ("body", "We help people who live with pain every day.")


def test_raw_html_inside():
    text = 'One <b>bold</b> word<br>and more.\n\n<div class="x">\n<p>In a <em>div</em>.</p>\n</div>\n\n<!-- a note -->\n\nEnd.\n'
    made = document(text)
    assert [block.text for block in made.blocks] == ["One bold word\nand more.", "In a div.", "End."]
    assert [comment.text for comment in made.comments] == ["a note"]
    assert text[slice(*made.comments[0].span)] == "<!-- a note -->"


def test_comments_within_a_line():
    made = document("One <!-- x --> two.\n")
    assert made.blocks[0].text == "One two." and made.comments[0].text == "x"


def test_raw_html_in_lists_and_quotes_keeps_its_place():
    text = "> <p>Quoted <b>text</b>.</p>\n> <p>More.</p>\n\n- <span>item</span>\n"
    assert [block.text for block in document(text).blocks] == ["Quoted text.", "More.", "item"]


def test_hard_line_breaks():
    for text in ("one  \ntwo\n", "one\\\ntwo\n"):
        assert shown(text) == [("body", "one\ntwo")]


def test_carriage_returns_are_counted():
    text = "# A\r\n\r\nOne *two*\r\nthree &amp; four.\r\n"
    block = document(text).blocks[1]
    assert block.text == "One two three & four."
    assert text[slice(*block.span(4, 13))] == "two*\r\nthree"
    assert text[slice(*block.span(14, 15))] == "&amp;"
    old = "# A\r\rOne *two*\rthree.\r"
    assert [b.text for b in document(old).blocks] == ["A", "One two three."]


def test_markup_after_a_tab_in_a_list_stands_where_it_is():
    text = "- One\n\n\t<!-- copycheck: ignore language -->\n\n\t<p>Two</p>\n\n- Three\n\n\t <!-- never closed"
    made = document(text)
    assert [text[slice(*comment.span)] for comment in made.comments] == ["<!-- copycheck: ignore language -->", "<!-- never closed"]
    assert [text[slice(*block.span())] for block in made.blocks] == ["One", "Two", "Three"]


@pytest.mark.parametrize(
    "text",
    [
        "\t<img alt='Rest\n\twell, and\n\t\tsleep'>",
        "    <img alt='Rest\n    well, and\n      sleep'>\n",
        "- Now\n\n  <p><img alt='Rest\n    well, and\n  sleep'></p>\n",
        "-\t<img alt='Rest\n\t\twell, and\n\t sleep'>\n",
        "- - <img alt='Rest\n    well, and\n    sleep'>",
        "> <img alt='Rest\n> well, and\n>sleep'>\n",
        "> - Now <img alt='Rest\n>   well, and\n>   sleep'>\n",
        "Now <img alt='Rest\n     well, and\n\tsleep'> or later\n",
        "<div>\n<img alt='\n\tRest\n  well, and\n sleep'>\n</div>\n",
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_words_of_an_attribute_of_several_lines_stand_where_they_are(text, end):
    text = text.replace("\n", end)
    (block,) = [block for block in document(text).blocks if block.scope == "alt"]
    assert block.text == "Rest well, and sleep"
    for word in ("Rest", "well", "and", "sleep"):
        at = block.text.index(word)
        assert text[slice(*block.span(at, at + len(word)))] == word


def test_emoji_and_tabs_do_not_shift_places():
    text = "-\t😀 *calm*\n\n  next\n"
    block = document(text).blocks[0]
    at = block.text.index("calm")
    assert text[slice(*block.span(at, at + 4))] == "calm"


@pytest.mark.parametrize(
    "text",
    ["\u00a0  \nPain eases. ", "Rest.\n\n\u2003\n\u00a0\nPain\neases.\n\u00a0\n", "> \u00a0\n> Pain eases.", "- \u00a0\n  Pain eases."],
)
def test_lines_of_odd_blanks_before_a_paragraph_do_not_shift_it(text):
    block = document(text).blocks[-1]
    assert block.text == "Pain eases."
    whole = block.span(0, len(block.text))
    assert " ".join(text[whole.start : whole.end].split()) == block.text


def test_images_without_text_are_placeholders_with_their_address():
    block = document("![](a.jpg)\n").blocks[0]
    assert (block.scope, block.text, block.links[0].url, block.links[0].kind) == ("alt", "\ufffc", "a.jpg", "image")


def test_kramdown_attributes_are_no_text():
    assert shown("# Pain {#pain .x}\n\nText here.\n{: .lead}\n") == [("heading", "Pain"), ("body", "Text here.")]


def test_no_final_newline_and_nothing_at_all():
    assert shown("Pain") == [("body", "Pain")]
    assert shown("") == [] and shown("\n\n***\n") == []


def test_nul_and_lone_surrogates_are_replaced_one_for_one():
    assert document("a\0b \ud800 c").blocks[0].text == "a\ufffdb \ufffd c"


def test_runs_of_marks_cost_no_more_than_their_length():
    for mark in ("[", "![", "](", "*", "_a ", "`", "<!--", "<", "&", "\\", "> ", "[^a]"):
        assert document(mark * 20_000).format == "markdown"


def test_indented_commands_are_code_and_indented_sentences_are_copy() -> None:
    assert shown("Run this:\n\n    make build then copy teh files\n\nThen save.") == [("body", "Run this:"), ("body", "Then save.")]
    assert shown("# Sleep\n\n    Hall Clinic\n    Author: Jo Hall, MD\n    Date: 2025-03-12\n\nRest.")[1] == (
        "body",
        "Hall Clinic Author: Jo Hall, MD Date: 2025-03-12",
    )
    for code in (
        "author: jo\n    date: 2025",
        "npm install\n    Updated 3 packages",
        "HTTP/1.1 200 OK\n    Date: Tue, 4 Nov 2025 10:00 GMT",
    ):
        assert shown(f"Set:\n\n    {code}\n\nThen save.") == [("body", "Set:"), ("body", "Then save.")]
    assert shown("Our aim:\n\n    We walk with you every day.\n") == [("body", "Our aim:"), ("body", "We walk with you every day.")]


def test_boxes_between_colons_and_their_titles() -> None:
    text = ":::tip Take a *rest*\nYou get a bag.\n\n- One thing\n:::\n\n:::note[Your plan]{.wide}\nAsk us.\n:::\n\n::: {.callout-note}\n## Rest\nCome.\n:::\n"
    assert shown(text, "markdown") == [
        ("body", "Take a *rest*"),
        ("body", "You get a bag."),
        ("list", "One thing"),
        ("body", "Your plan"),
        ("body", "Ask us."),
        ("heading", "Rest"),
        ("body", "Come."),
    ]
    assert shown("A ratio of 3:::4 is rare.\n\n:::\n", "markdown")[0] == ("body", "A ratio of 3:::4 is rare.")


@pytest.mark.parametrize("text", ["> ::: tip Rest\n> Sleep eases pain.\n>", ">\t::: tip Rest\n> Sleep eases pain.\n> "])
def test_a_box_in_a_quotation_that_ends_the_text_with_an_empty_line(text):
    assert shown(text) == [("quote", "Rest"), ("quote", "Sleep eases pain.")]
    assert shown("- ::: note Rest\n  Sleep eases pain.\n  :::\n") == [("list", "Rest"), ("list", "Sleep eases pain.")]


def test_text_that_is_gathered_in_parts_is_the_same_text_at_the_same_places(monkeypatch):
    text = "a:b  \nc *d:e* http://x.y/z\\! &amp; (f) " * 9 + "[g:h](i:j)"
    (whole,) = document(text, "markdown").blocks
    monkeypatch.setattr(commonmark, "_MOST_PENDING", 1)
    (parts,) = document(text, "markdown").blocks
    assert parts == whole


def test_text_without_marks_is_gathered_in_parts(monkeypatch):
    longest = 0

    def rule(state, silent):
        nonlocal longest
        longest = max(longest, len(state.pending))
        return False

    parser = MarkdownIt("zero")
    parser.inline.ruler.push("anychar", commonmark._located({mark: [rule] for mark in "a: "}))
    parser.parse("a: " * 10_000)
    assert longest <= commonmark._MOST_PENDING + 4


def test_a_line_that_ends_in_blanks_keeps_the_place_of_each_word() -> None:
    text = "Rest at home: it may ease pain \nin a week.  \nCall us \\* today. \nAsk."
    (block,) = document(text, "markdown").blocks
    for word in ("home", "ease", "week", "Call", "today", "Ask"):
        at = block.text.index(word)
        span = block.span(at, at + len(word))
        assert text[span.start : span.end] == word


def test_template_code_behind_a_back_slash_leaves_no_mask() -> None:
    (block,) = document("@extends('a')\nCall us\\\\\\@yield('b') now.\n", "markdown").blocks
    assert not set("\ue000\ue001\ue002") & set(block.text)


def test_nine_lists_in_each_other_are_read_and_a_tenth_is_refused_with_its_line() -> None:
    """Deeper ones are not parsed: such a page was reported clean."""
    lists = [f"{'  ' * level}- Level {level} eases pain\n" for level in range(10)]
    assert len(shown("".join(lists[:9]))) == 9
    with pytest.raises(Unreadable, match="line 12 stands too deep in lists or quotations"):
        document("# Pain\n\n" + "".join(lists))
    with pytest.raises(Unreadable, match="line 1 stands too deep"):
        document("> - " * 7 + "Rest eases pain.\n")


def test_marks_of_a_ninth_quotation_are_no_text() -> None:
    assert shown("> " * 8 + "Rest eases pain.\n") == [("quote", "Rest eases pain.")]
    assert shown("> " * 30 + "Rest eases pain.\n") == [("body", "Rest eases pain.")]


def test_brackets_that_nothing_closes_hide_no_link() -> None:
    text = "In [1, 2), [2, 3), [3, 4), [4, 5), [5, 6), [6, 7) [a study](https://x.org) saw **less** pain."
    block = document(text).blocks[0]
    assert block.text == "In [1, 2), [2, 3), [3, 4), [4, 5), [5, 6), [6, 7) a study saw less pain."
    assert [link.url for link in block.links] == ["https://x.org"]
    assert text[slice(*block.span(block.text.index("less"), block.text.index(" pain")))] == "less"
    pictured = document("[![Rest [at home] eases](a.png) pain](https://x.org)").blocks
    assert [link.url for block in pictured for link in block.links if link.kind == "link"] == ["https://x.org"]


def test_an_address_in_angle_brackets_is_shown_as_it_is_written():
    (block,) = document("See <ab:@c/%C3%A4={x}> and <http://xn--80a.de/>.").blocks
    assert block.text == "See ab:@c/%C3%A4={x} and http://xn--80a.de/."


def test_a_comment_that_ends_in_blanks_that_a_tab_made_ends_within_the_text():
    text = "- Rest\n\n\t<!-- copycheck: x\n\t   \n"
    (comment,) = document(text).comments
    assert text[slice(*comment.span)].rstrip() == "<!-- copycheck: x" and comment.span.end <= len(text)


@given(st.lists(st.sampled_from([*"ab \n[]()!<>`*_~&\\^:", "amp;", "](c)", "http://d", "[^1]"]), max_size=14).map("".join))
def test_rules_tried_only_at_their_marks_find_what_all_rules_at_all_characters_find(text):
    assume(text.count("[") <= commonmark._DEEPEST)
    ours = commonmark.parser(True)
    plain = MarkdownIt("gfm-like", {"linkify": False}).use(footnote_plugin)
    plain.disable(["text_join", "linkify", "footnote_inline", "footnote_tail"])
    plain.normalizeLink = plain.normalizeLinkText = ours.normalizeLink
    plain.validateLink = ours.validateLink
    mine, theirs = (
        [(child.type, child.content, child.attrs) for token in parser.parse(text) for child in token.children or []]
        for parser in (ours, plain)
    )
    assert mine == theirs


def test_a_quotation_goes_on_for_twenty_lines_without_its_mark() -> None:
    lines = [f"Rest eases pain {number}." for number in range(30)]
    (quote, rest) = shown("> " + "\n".join(lines))
    assert quote == ("quote", " ".join(lines[:21]))
    assert rest == ("body", " ".join(lines[21:]))
    assert [scope for scope, _ in shown("> # Rest\nSleep eases pain.\n> Food helps.\n")] == ["heading", "body", "quote"]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_marks_of_callouts_and_tasks_are_no_copy(end):
    text = "> [!NOTE]\n> Rest is good.\n\n> [!tip]- A kind title\n\n- [x] Rest eases pain.\n  1. [ ] Sleep well.\n\n[x] and [!NOTE] stay.\n"
    made = document(text.replace("\n", end), "markdown")
    assert [block.text for block in made.blocks] == [
        "Rest is good.",
        "A kind title",
        "Rest eases pain.",
        "Sleep well.",
        "[x] and [!NOTE] stay.",
    ]
    assert all(made.source.text[slice(*block.span())] == block.text for block in made.blocks)

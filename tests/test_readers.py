"""Which reader takes a file, and what all of them promise on any text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copycheck.readers import FORMATS, format_of, is_article, read
from copycheck.source import Source, Unreadable
from tests.reading import check_places

PROSE = "Massage may ease pain for a while, and it takes time to work. " * 4


@pytest.mark.parametrize(
    ("path", "text", "format"),
    [
        ("a.md", "x", "markdown"),
        ("a.MDX", "x", "mdx"),
        ("a.html", "x", "html"),
        ("a.blade.php", "x", "html"),
        ("a.njk", "x", "html"),
        ("a.txt", "Plain copy.", "text"),
        ("a.txt", "# One\n\nText\n\n## Two\n", "markdown"),
        ("a.txt", "<p>Text</p>", "html"),
        ("a.txt", "**Rest helps.** A bit.\n\nSee [the study](https://a.org).\n", "markdown"),
        ("a.txt", "**Rest helps.**\nA bit.\n", "text"),
        ("a.txt", "5 ** 2 and * one *\n", "text"),
        ("a", "<!doctype html><p>x", "html"),
        ("a.copy", "---\ntitle: x\n---\n", "markdown"),
        ("a.copy", "See [a](https://x.org) here", "markdown"),
        ("a.copy", PROSE, "text"),
        ("README", "x", "text"),
        (".draft", "x", "text"),
        ("dir.d/a", "x", "text"),
        ("dir\\a.md", "x", "markdown"),
        ("-", "<h1>x</h1>", "html"),
    ],
)
def test_formats(path, text, format):
    assert format_of(path, text) == format


@pytest.mark.parametrize("text", ["{\n", "import os\n" + PROSE, "a = [1, 2]; b = {c: d}", "1,2,3\n4,5,6\n", ""])
def test_what_is_no_copy_is_refused(text):
    with pytest.raises(Unreadable, match=r"extension \.dat"):
        format_of("a.dat", text)


def test_articles_by_name():
    assert is_article("a.md") and is_article("a.blade.php") and not is_article("a.py") and not is_article("md")


def test_a_format_that_no_reader_knows():
    with pytest.raises(Unreadable, match="choose one of markdown, mdx, jsx, html, text"):
        read(Source("a.md", "x"), "docx")


def test_vue_and_astro_own_parts():
    vue = read(Source("a.vue", "<template>\n<p>Kind {{ name }} care.</p>\n</template>\n<script>x</script>\n"))
    assert [block.text for block in vue.blocks] == ["Kind \ufffc care."]
    inner = '<template lang="html">\n<Card><template #head="{ a }"><p>One.</p></template><template v-if="a > 1"><p>Two.</p></template></Card>\n</template>'
    assert [block.text for block in read(Source("a.vue", inner)).blocks] == ["One.", "Two."]
    assert not read(Source("a.vue", '<template lang="pug">\np Three.\n</template>')).blocks


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.vue", '<script setup lang="ts" generics="T extends Of<string>">\nCODE\n</script>\n<template>\n<p>REST</p>\n</template>'),
        ("a.vue", "<template>\n<p>REST</p>\n</template>\n<script>\nexport default { data: () => ({CODE}) }\n</script>"),
        ("a.svelte", "<script>\nCODE\n</script>\n<p>REST</p>\n<style>p { content: 'Not for a reader of this page.' }</style>"),
        ("a.astro", "---\nCODE\n---\n<p>REST</p>"),
        ("a.astro", "---\nimport A from './a.astro'\n---\n<p>REST</p>\n<script>CODE</script>"),
    ],
)
def test_the_data_in_scripts_of_components_is_copy(path, text):
    text = text.replace("CODE", 'faqs: [{ question: "Does it hurt?", answer: "Most people feel a slight pull for a day." }]').replace(
        "REST", "Call us."
    )
    document = read(Source(path, text))
    found = [(block.scope, block.text) for block in document.blocks]
    assert sorted(found) == [("body", "Call us."), ("body", "Most people feel a slight pull for a day."), ("heading", "Does it hurt?")]
    assert all(text[span.start : span.end] == block.text for block in document.blocks for span in [block.span()])


def test_indexes_count_front_matter_blocks():
    made = read(Source("a.md", "---\ntitle: T\n---\n# A\n\nHelps with:\n\n- sleep[^1]\n\n[^1]: Note.\n"))
    item = next(block for block in made.blocks if block.scope == "list")
    assert made.blocks[item.lead_in or 0].text == "Helps with:" and made.blocks[item.heading or 0].text == "A"
    assert [made.blocks[index].text for index in made.footnotes["1"]] == ["Note."]


# fmt: off
PARTS = st.sampled_from([
    "# ", "- ", "1. ", "> ", "*", "**", "_", "`", "```\n", "[", "](", ")", "![", "[^1]", "[^1]: ", "|", "|-|-|\n", "\\", "&amp;", "&#8217;",
    "<p>", "</p>", "<div class='nav'>", "</div>", "<ul><li>", "<br>", "<a href='#x'>", "</a>", "<sup>1</sup>", "<img alt='a b'>", "<!--", "-->",
    "<td>", "<table>", "</table>", "<script>", "<h2>", "</h2>", "<button>", "<title>", "<code>x</code>", "<meta name=description content='a b'>",
    "{{ x }}", "{% if %}", "{#", "#}", "<?php ", "?>", "{x}", "{/* c */}", "<A b={c}>", "</A>", "import a\n", "[a b=c]", "@if(", "\ue000", "\0",
    "---\n", "+++\n", "title: x\n", '"', "'", ": ", "\n", "\n\n", "\r\n", "\r", "\t", "    ", "  \n", " ", "•", "😀", "e\u0301", "\u200b", "\xa0",
    "Pain eases. ", "word", "Call us at 303-555-0134", "References", "2 Comments", "https://x.org/a ", "www.x.org", "A", "it",
])
# fmt: on
TEXTS = st.lists(PARTS, max_size=25).map("".join) | st.text(max_size=60)


@settings(max_examples=400, deadline=None)
@given(TEXTS, st.sampled_from(FORMATS))
def test_any_text_is_read_or_refused_with_exact_places(text, format):
    try:
        made = read(Source("a.x", text), format)
    except Unreadable as error:
        assert "\n" not in str(error) and len(str(error)) < 400
        return
    for block in made.blocks:
        check_places(block, text)
        assert block.heading is None or 0 <= block.heading < len(made.blocks)
        assert block.lead_in is None or 0 <= block.lead_in < len(made.blocks)
    for comment in made.comments:
        assert 0 <= comment.span.start < comment.span.end <= len(text)
    for indexes in made.footnotes.values():
        assert all(0 <= index < len(made.blocks) for index in indexes)


WORDS = st.lists(st.sampled_from(["pain", "eases", "in", "people", "Massage", "may", "“help”", "them", "😀"]), min_size=1, max_size=12).map(
    lambda words: " ".join(["Pain", *words])
)


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=5), st.sampled_from(["markdown", "html", "mdx"]), st.sampled_from(["\n", "\r\n"]))
def test_plain_paragraphs_map_to_themselves(paragraphs, format, end):
    shape = "<p>{}.</p>" if format == "html" else "{}."
    text = (end + end).join(shape.format(paragraph.replace(" ", " *b* ", 1) if format != "html" else paragraph) for paragraph in paragraphs)
    made = read(Source("a.x", text), format)
    assert len(made.blocks) == len(paragraphs)
    for block in made.blocks:
        for start in range(len(block.text)):
            if not block.text[start].isspace():
                assert text[slice(*block.span(start, start + 1))] == block.text[start]


@pytest.mark.parametrize("format", FORMATS)
def test_reading_twice_gives_the_same(format):
    text = "# A\n\n<p>One [^1] {{ x }}</p>\n\n[^1]: B\n"
    assert read(Source("a", text), format) == read(Source("a", text), format)

"""Front matter: YAML, TOML, JSON; copy becomes blocks with exact places; what is broken is told with its line."""

import pytest

from copycheck.readers import frontmatter
from copycheck.readers.values import read_yaml
from copycheck.source import Unreadable
from tests.reading import document

YAML = """---
title: "Calm &amp; \\u201csafe\\u201d care"
slug: calm-care
description: >-
  Massage eases pain
  for a while.
seo:
  title: 'It''s kind'
  keywords: a, b
date: 2024-01-05
draft: true
count: 3
summary_points:
  - Sleep better with us every single night.
image: /a/b.jpg
benefits: [less pain, "more sleep"]
note: "We answer all of your questions, day and night."
empty:
---
Body text.
"""


def copy(text: str) -> list[tuple[str, str]]:
    return [(block.scope, block.text) for block in document(text).blocks]


def test_copy_of_yaml_becomes_blocks():
    assert copy(YAML) == [
        ("title", "Calm & “safe” care"),
        ("meta.description", "Massage eases pain for a while."),
        ("meta.seo.title", "It's kind"),
        ("meta.summary_points", "Sleep better with us every single night."),
        ("meta.benefits", "less pain"),
        ("meta.benefits", "more sleep"),
        ("meta.note", "We answer all of your questions, day and night."),
        ("body", "Body text."),
    ]


def test_values_are_plain():
    meta = document(YAML).meta
    assert meta["date"] == "2024-01-05" and meta["draft"] is True and meta["count"] == 3 and meta["empty"] is None
    assert meta["seo"] == {"title": "It's kind", "keywords": "a, b"}


def test_places_of_escapes_quotes_and_folded_lines():
    blocks = document(YAML).blocks
    title, description, seo = blocks[0], blocks[1], blocks[2]
    assert YAML[slice(*title.span(5, 6))] == "&amp;"
    assert YAML[slice(*title.span(7, 8))] == "\\u201c"
    assert YAML[slice(*description.span(14, 22))] == "pain\n  for"
    assert YAML[slice(*seo.span(0, 4))] == "It''s"


def test_crlf_front_matter():
    text = YAML.replace("\n", "\r\n")
    made = document(text)
    assert [block.text for block in made.blocks][:2] == ["Calm & “safe” care", "Massage eases pain for a while."]
    assert text[slice(*made.blocks[-1].span())] == "Body text."


def test_toml():
    text = (
        '+++\ntitle = "Calm \\"care\\""\ndate = 2024-01-05\n[seo] # own\ndescription = \'Kind words\'\nlist = [\n  "a", # b\n]\n'
        'summary = """\nTwo\nlines"""\n+++\nText.\n'
    )
    made = document(text)
    assert [(block.scope, block.text) for block in made.blocks] == [
        ("title", 'Calm "care"'),
        ("meta.seo.description", "Kind words"),
        ("meta.seo.list", "a"),
        ("meta.seo.summary", "Two lines"),
        ("body", "Text."),
    ]
    assert made.meta["seo"]["list"] == ["a"]
    assert text[slice(*made.blocks[0].span(5, 6))] == '\\"'


@pytest.mark.parametrize(
    "text",
    [
        '{\n"title": "Calm care", "seo": {"description": "Kind\\nwords"}, "n": [1, "x"]}\nText.\n',
        ';;;\n{"title": "Calm care", "seo": {"description": "Kind\\nwords"}}\n;;;\nText.\n',
        '<!-- {"title": "Calm care", "seo": {"description": "Kind\\nwords"}} -->\nText.\n',
    ],
)
def test_json_in_three_forms(text):
    assert [block.text for block in document(text).blocks] == ["Calm care", "Kind words", "Text."]


def test_json_values_keep_their_places():
    text = '{"title": "A \\u0026 B", "x": {"title": ["no"]}}\n'
    block = document(text).blocks[0]
    assert block.text == "A & B" and text[slice(*block.span(2, 3))] == "\\u0026"


@pytest.mark.parametrize(
    "text", ["---\n\nText under a rule.\n\n---\n", "Text.\n", "<!-- {a} -->\nText.\n", "<!-- a -->\n", "{% if x %}a{% endif %}", "{a}\n"]
)
def test_what_is_no_front_matter(text):
    assert frontmatter.read(text) == frontmatter.NONE


def test_empty_front_matter():
    assert frontmatter.read("---\n---\nText.\n").meta == {}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("---\na: 1\ntitle: [x\n---\n", "broken in line"),
        ("---\na: 1\nb: 2\na: 3\n---\n", "broken in line 4: the key `a` stands twice"),
        ("---\na: &x 1\nb: *y\n---\n", "the alias `*y` stands for nothing"),
        ("---\na: !!python/object:x y\n---\n", "tags"),
        ("---\na: " + "[" * 100 + "\n---\n", "nested more than 40 deep"),
        ("---\na: " + "x" * 70_000 + "\n---\n", "longer than 64 kB"),
        ("+++\na = 1\nb = \n+++\n", "TOML front matter is broken in line 3"),
        ("+++\na = " + "[" * 100 + "\n+++\n", "nested more than 40 deep"),
        (';;;\n{"a" 1}\n;;;\n', "JSON front matter is broken in line 2"),
    ],
)
def test_what_is_broken_is_told_in_one_sentence_and_left_out(text, said):
    found = frontmatter.read(text + "Text.\n")
    assert found.problem is not None and said in found.problem and "\n" not in found.problem
    assert found.meta == {} and (text + "Text.\n")[found.end :].strip() == "Text."
    made = document(text + "Text.\n")
    assert made.problem == found.problem and [block.text for block in made.blocks] == ["Text."]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("---\ntitle: x\n\nText.\n", "opened in line 1 by ---, is never closed"),
        ('{"a": 1,\n"b": }\n', "JSON front matter is broken in line 2"),
        ('{"a": 1, "a": 2}\n', "the key 'a' twice"),
        ('{"a": ' + "[" * 100 + "]" * 100 + "}", "nested more than 40 deep"),
    ],
)
def test_where_its_end_is_unknown_nothing_is_read(text, said):
    try:
        problem = frontmatter.read(text).problem or ""
    except Unreadable as error:  # where its end is unknown too
        problem = str(error)
    assert said in problem and "\n" not in problem


def test_a_list_is_no_front_matter():
    with pytest.raises(Unreadable, match="must be keys with values"):
        read_yaml("---\n- a\n- b\n", 4, 12)

"""Template code of the generators in use: one placeholder for a value, nothing for control, comments kept apart."""

import json

import pytest

from copycheck.readers.template import find
from tests.command import run
from tests.reading import document, shown


@pytest.mark.parametrize(
    ("code", "path"),
    [
        ("{{ page.name }}", "a.md"),  # Jekyll, Hugo, Nunjucks, Handlebars
        ("{{{ page.name }}}", "a.hbs"),
        ("{{< phone >}}", "a.md"),  # Hugo
        ("{{% phone %}}", "a.md"),
        ("{% phone %}", "a.md"),  # a tag of one's own
        ("<?= $name ?>", "a.php"),
        ("<?php echo $name; ?>", "a.php"),
        ("<?php the_title(); ?>", "a.php"),
        ("<%= name %>", "a.erb"),
        ("{!! $name !!}", "a.blade.php"),
        ("@yield('name')", "a.blade.php"),
    ],
)
def test_a_value_is_one_placeholder(code, path):
    text = f"Call {code} about care.\n"
    made = document(text, "markdown" if path.endswith(".md") else "html", path)
    assert [block.text for block in made.blocks] == ["Call \ufffc about care."]
    assert text[slice(*made.blocks[0].span(5, 6))] == code


@pytest.mark.parametrize(
    ("code", "path"),
    [
        ("{% if a %}", "a.md"),
        ("{%- endif -%}", "a.md"),
        ("{{ if .a }}", "a.md"),
        ("{{- end -}}", "a.html"),
        ("{{#each a}}", "a.hbs"),
        ("{{/each}}", "a.hbs"),
        ("{{< /note >}}", "a.md"),
        ("<?php if ($a): ?>", "a.php"),
        ("<?php get_header(); ?>", "a.php"),
        ("<% if a %>", "a.erb"),
        ("@if($a == ')')", "a.blade.php"),
        ("@endif", "a.blade.php"),
        ("[gallery ids='1,2']", "a.html"),
    ],
)
def test_control_is_nothing(code, path):
    text = f"Call {code} us about care.\n"
    assert [t for _, t in shown(text, "markdown" if path.endswith(".md") else "html", path)] == ["Call us about care."]


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("{# note #}", "note"),
        ("{{/* note */}}", "note"),
        ("{{- /* note */ -}}", "note"),
        ("{{!-- note --}}", "note"),
        ("{{! note }}", "note"),
        ("{{-- note --}}", "note"),
        ("<%# note %>", "note"),
        ("<%-- note --%>", "note"),
        ("{% comment %}note{% endcomment %}", "note"),
        ("<!-- note -->", "note"),
    ],
)
def test_comments(code, said):
    text = f"<p>One {code} two.</p>"
    made = document(text, "html")
    assert [comment.text for comment in made.comments] == [said]
    assert text[slice(*made.comments[0].span)] == code
    assert made.blocks[0].text == "One two."


def test_code_alone_on_its_lines_leaves_no_trace_in_markdown():
    text = "One line.\n\n{% if a %}\n## Pain\n{% endif %}\n\n{{< hero >}}\n\n- a\n{% include b.html %}\n- b\n"
    assert shown(text) == [("body", "One line."), ("heading", "Pain"), ("list", "a"), ("list", "b")]


def test_values_in_addresses_and_attributes():
    block = document('<a href="{{ url }}/book" title="Kind {{ x }}">Book</a>', "html").blocks
    assert block[0].links[0].url == "\ufffc/book" and block[1].text == "Kind \ufffc"


@pytest.mark.parametrize(
    ("text", "files"),
    [
        ("{% include disclaimer.html %}", ("disclaimer.html",)),
        ("{% include 'parts/footer.njk' %}", ("parts/footer.njk",)),
        ('{{ partial "advice.html" . }}', ("advice.html",)),
        ("{{> footer }}", ("footer",)),
        ("<?php include 'inc/footer.php'; ?>", ("inc/footer.php",)),
        ("<?php require_once(__DIR__ . '/legal.php') ?>", ("legal.php",)),
        ("<?php get_footer(); ?>", ("footer.php",)),
        ("@include('parts.disclaimer')", ("parts.disclaimer",)),
        ("@extends('layout')", ()),
        ("{% extends 'base.html' %}", ()),
        ("{{ name }}", ()),
    ],
)
def test_included_files_are_named(text, files):
    assert find(text, blade=True).includes == files


@pytest.mark.parametrize(
    "text", ["A {{ b", "A {% b", "A {# b", "A <% b", "A {!! b", "Mail a@if.org or @if you", "A [b] c", "[a](b)", "{: b"]
)
def test_what_only_begins_like_code_is_text(text):
    assert find(text).codes == ()


def test_bodies_that_are_no_copy():
    assert shown("<p>a {% highlight js %}let b{% endhighlight %} c</p>", "html") == [("body", "a c")]
    assert shown("<p>a</p>@php\n$b = 1;\n@endphp<p>c</p>", "html", "a.blade.php") == [("body", "a"), ("body", "c")]


def test_php_without_an_end_reaches_to_the_end():
    assert shown("<p>a</p><?php $b = '<p>c</p>';", "html") == [("body", "a")]


def test_shortcodes():
    assert shown("[caption id='a']A room[/caption] and [b] stays", "html") == [("body", "A room and [b] stays")]
    assert shown("[note]Kind[/note] words", "html") == [("body", "Kind words")]


def test_many_broken_directives_end():
    for part in ("@if((", "{{ ", "{% ", "<?", "[a b=c ", "{# ", "@if('"):
        find(part * 20_000, blade=True)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    "code",
    [
        '{{< faq answer="It helps all who come." >}}',
        "{% include faq.html text='It helps all who come.' %}",
        '[faq answer="It helps all who come."]',
        '{{ faq("It helps all who come.") }}',
    ],
)
def test_a_sentence_in_code_is_said_not_to_be_read(code, end):
    text = f"# A{end}{end}One.{end}{end}{code}{end}"
    assert [text[slice(*span)] for span in document(text).unread] == [code]


def test_other_strings_of_code_are_not_told():
    code = "{% include a.html class='a b c d' title='Hi there.' %} {# it is not to be read. #} {{ x = 'a = b and c.' }}"
    assert document(f"# A\n\n{code}\n").unread == ()


def test_the_command_tells_of_copy_in_code(tmp_path):
    (tmp_path / "a.md").write_text('# Tea\n\nWe serve tea.\n\n{{< faq answer="It cures gout in a week." >}}\n')
    report = json.loads(run("--no-cache", "--format", "json", str(tmp_path / "a.md")).output)["files"][0]
    assert {"rule": "copycheck/code", "message": "Copy in code was not read: line 5."} in report["notices"]

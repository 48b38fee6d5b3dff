"""The MDX reader: JSX, expressions and modules around Markdown."""

from tests.reading import document, shown

PAGE = """import {Box} from './box'
export const meta = {
  title: "A kind page",
}

# Pain {props.name}

<Box title="A kind title" color={blue}>
  Text in a *box*.
</Box>

Use <Link href="/book">booking</Link> or <ButtonLink href="/now">Book now</ButtonLink>.

{/* a note */}

It {"really"} helps {count} people. a < b and {unclosed
"""


def test_components_are_blocks_or_spans_and_code_is_no_prose():
    assert shown(PAGE, "mdx") == [
        ("heading", "A kind page"),
        ("heading", "Pain \ufffc"),
        ("alt", "A kind title"),
        ("body", "Text in a box."),
        ("body", "Use booking or Book now."),
        ("body", "It really helps \ufffc people. a < b and {unclosed"),
    ]


def test_links_of_components():
    block = document(PAGE, "mdx").blocks[4]
    assert [link.url for link in block.links] == ["/book", "/now"]


def test_comments():
    made = document(PAGE, "mdx")
    assert [comment.text for comment in made.comments] == ["a note"]
    assert PAGE[slice(*made.comments[0].span)] == "{/* a note */}"


def test_code_keeps_its_braces():
    assert shown("Text `{a}` here.\n\n```js\nexport {b}\n<C>\n```\n\nEnd.\n", "mdx") == [("body", "Text \ufffc here."), ("body", "End.")]


def test_indented_text_is_text():
    assert shown("<A>\n\n    Deep but text.\n\n</A>\n", "mdx") == [("body", "Deep but text.")]


def test_attributes_with_literals_and_values():
    made = document("<img src={logo} alt={'A calm room'} />\n\n<Img alt={name} src=\"a.jpg\" {...rest} />\n", "mdx")
    assert next((block.scope, block.text) for block in made.blocks) == ("alt", "A calm room")
    shown = document("<Image alt='A warm room' src={a} />\n\n<Card.Image alt={'A wide door'} />\n", "mdx")
    assert [(block.scope, block.text) for block in shown.blocks] == [("alt", "A warm room"), ("alt", "A wide door")]


def test_copy_in_expressions_of_attributes_and_of_the_page():
    page = """<Faq question="Is it safe?" answer={<><p>We ask <b>first</b>.</p><p>Always.</p></>} />

Ask <Tip text={<b>the whole team</b>}>us</Tip> today.

{rows.map(row => <li className="a b c d">It helps {row.name}.</li>)}

Rest {late ? "until the sun is up" : "now"} and {then}.

export const more = [{answer: "Most people walk home."}]
"""
    assert shown(page, "mdx") == [
        ("alt", "Is it safe?"),
        ("body", "We ask first."),
        ("body", "Always."),
        ("body", "Ask us today."),
        ("alt", "the whole team"),
        ("list", "It helps \ufffc."),
        ("body", "Rest until the sun is up and \ufffc."),
        ("body", "Most people walk home."),
    ]


def test_copy_in_expressions_of_astro():
    page = "<ul>{rows.map(row => <li class={row}>It helps {row}.</li>)}</ul><Faq answer={<p>We ask.</p>} /><p>Ask <a title={`It is ${b}’s own`}>us</a>.</p>\n"
    assert shown(page, "html", "page.astro") == [
        ("list", "It helps \ufffc."),
        ("body", "We ask."),
        ("body", "Ask us."),
        ("alt", "It is \ufffc’s own"),
    ]


def test_fragments_spread_and_unbalanced_braces():
    assert shown("<>One</>\n\nTwo {a {b} c\n", "mdx") == [("body", "One"), ("body", "Two {a \ufffc c")]


def test_escaped_braces_and_addresses_are_text():
    assert shown("A \\{b} and <https://x.org> end.\n", "mdx")[0][1].startswith("A {b} and")


def test_front_matter_stands_before():
    made = document("---\ntitle: Calm\n---\n\n# Head\n", "mdx")
    assert [(block.scope, block.text) for block in made.blocks] == [("title", "Calm"), ("heading", "Head")]


def test_astro_and_svelte_take_html_with_expressions():
    text = "---\nconst a = 1;\n---\n<p>Hi {name}, {a ? 'x' : 'y'} there.</p>\n<script>let b = {c};</script>\n"
    assert shown(text, "html", "page.astro") == [("body", "Hi \ufffc, \ufffc there.")]
    assert shown("<p>{#if a}Yes{/if} {b}</p>", "html", "page.svelte") == [("body", "Yes \ufffc")]


def test_hostile_modules_and_tags_end():
    for text in ("import {\n" * 5_000, "<A b={" * 5_000, "` " * 20_000, "{" * 20_000, "<A>" * 5_000):
        assert document(text, "mdx").format == "mdx"


def test_properties_of_components_that_are_copy():
    page = '<Hero title="Rest" subtitle="Sleep is best for all" text={words} heading="one" lead="We are here for you." x="a = b or c d." defaultMessage="Book a visit" />\n\nRest well.\n'
    assert shown(page, "mdx") == [
        ("alt", "Rest"),
        ("alt", "Sleep is best for all"),
        ("alt", "Book a visit"),
        ("alt", "We are here for you."),
        ("body", "Rest well."),
    ]
    form = '<p>We rest well.</p><input placeholder="Your name" title="As on your card">'
    assert shown(form, "html") == [("body", "We rest well."), ("alt", "Your name"), ("alt", "As on your card")]


def test_components_say_who_wrote_the_article_and_when():
    page = '---\nauthor: Ann\n---\n<AuthorDate author="Jo Lee, RN" date="May 2, 2026" lang="fr" />\n\nRest well.\n'
    assert document(page, "mdx").meta == {"author": "Ann", "date": "May 2, 2026"}
    page = 'export default () => <BlogPost title="Rest" publishDate="2026-05-02"><p>Rest well.</p></BlogPost>'
    assert document(page, "jsx").meta == {"publishdate": "2026-05-02"}
    for name in ("PostCard", "Testimonial", "EventDate", "Candidate"):
        assert not document(f'<{name} author="Jo Lee, RN" date="May 2, 2026" />\n\nRest well.\n', "mdx").meta


def test_a_tag_on_a_line_of_an_attribute_leaves_no_mask_there() -> None:
    """Such tags are masked by declarations, which the reader of HTML takes for text where JSX and it see other attributes."""
    assert shown("<p title='' href=x><img alt='Rest well\">\n</div>\n' href=x>\n", "mdx") == [("alt", 'Rest well">')]

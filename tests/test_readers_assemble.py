"""HTML pages and fragments into blocks: scopes, lists, links, and the article told from the page around it."""

import pytest

from copycheck.readers import read
from copycheck.source import Source
from tests.reading import document, regions, shown

PAGE = """<!DOCTYPE html>
<html><head>
<title>Calm care | Clinic</title>
<meta name="description" content="Kind &amp; calm care.">
<meta name="viewport" content="width=device-width">
<script>var x = "<p>no</p>";</script><style>p { color: red }</style>
</head><body>
<header class="site-header"><a href="/">Home</a> <a href="/about">About</a></header>
<nav><ul><li><a href="/a">Services</a></li></ul></nav>
<main>
<h1>Massage and pain</h1>
<p>Massage may <em>ease</em> pain.<br>It takes time.</p>
<p>It helps with:</p>
<ul><li>sleep<li>stress
  <ul><li>at work</li></ul></li></ul>
<blockquote><p>It changed my week.</p></blockquote>
<table><tr><th>Day</th><td>Monday</td></tr></table>
<figure><img src="a.jpg" alt="A calm room"><figcaption>Our room</figcaption></figure>
<p>Read <a href="https://x.org">the study</a><a href="/b">our page</a>.</p>
<a class="btn btn-primary" href="/book">Book now</a>
<button>Call us</button>
<p><span style="display:none">Hidden text.</span> <span hidden>Hidden too.</span></p>
</main>
<aside>Related posts and more</aside>
<form><label>Name</label><input type="text" placeholder="Your name"><input type="submit" value="Send it"></form>
<footer><p>Information here is not medical advice.</p></footer>
</body></html>
"""


def test_a_folded_block_is_read_and_known_as_folded():
    text = '<h3>Is it safe?</h3><div class="answer" style="display: none;"><p>It is.</p></div><section hidden>A tab.</section><p>Seen.</p>'
    assert [(block.text, block.folded) for block in document(text, "html").blocks] == [
        ("Is it safe?", False),
        ("It is.", True),
        ("A tab.", True),
        ("Seen.", False),
    ]


def test_a_page():
    found = regions(PAGE)
    assert found["header"] == ["Home About"]
    assert found["nav"] == ["Services"]
    assert found["aside"] == ["Related posts and more"]
    assert found["footer"] == ["Information here is not medical advice."]
    assert found["form"] == ["Name", "Your name", "Send it"]
    assert found["main"] == [
        "Calm care | Clinic",
        "Kind & calm care.",
        "Massage and pain",
        "Massage may ease pain.\nIt takes time.",
        "It helps with:",
        "sleep",
        "stress",
        "at work",
        "It changed my week.",
        "Day",
        "Monday",
        "A calm room",
        "Our room",
        "Read the study our page.",
        "Book now",
        "Call us",
    ]


def test_scopes_of_a_page():
    scopes = {block.text: block.scope for block in document(PAGE, "html").blocks}
    assert scopes["Calm care | Clinic"] == "title" and scopes["Kind & calm care."] == "meta.description"
    assert scopes["sleep"] == "list" and scopes["It changed my week."] == "quote" and scopes["Our room"] == "caption"
    assert scopes["Book now"] == scopes["Call us"] == scopes["Send it"] == "cta"
    assert scopes["Day"] == "table" and scopes["A calm room"] == "alt"


def test_lists_nest_and_know_their_lead_in():
    blocks = document(PAGE, "html").blocks
    by_text = {block.text: block for block in blocks}
    assert [by_text[text].level for text in ("sleep", "stress", "at work")] == [1, 1, 2]
    assert blocks[by_text["sleep"].lead_in or 0].text == "It helps with:"
    assert by_text["sleep"].list_id == by_text["stress"].list_id != by_text["at work"].list_id
    assert blocks[by_text["It helps with:"].heading or 0].text == "Massage and pain"


def test_a_fragment_without_a_page_is_all_article():
    assert regions("<h2>Pain</h2><p>One</p>two<div>three</div>") == {"main": ["Pain", "One", "two", "three"]}


def test_paragraphs_that_are_never_closed():
    assert [text for _, text in shown("<p>One<p>Two<div>Three<ul><li>a<li>b</ul>", "html")] == ["One", "Two", "Three", "a", "b"]


def test_end_tags_without_a_start():
    assert [text for _, text in shown("One</p>Two</div></br>Three</td></span>", "html")] == ["One", "Two\nThree"]


def test_two_line_breaks_part_paragraphs():
    assert [text for _, text in shown("One<br>two<br><br>Three", "html")] == ["One\ntwo", "Three"]


def test_tables_for_layout_hold_running_text():
    long = "Massage may ease pain for some people. " * 8
    scopes = [block.scope for block in document(f"<table><tr><td>{long}</td><td>Short</td></tr></table>", "html").blocks]
    assert scopes == ["body", "table"]


def labels(text: str, format: str = "html") -> dict[str, list[str]]:
    blocks = document(text, format).blocks
    return {block.text: [blocks[label].text for label in block.labels] for block in blocks}


def test_cells_know_what_labels_them():
    head = "<tr><th></th><th>Cost</th><th>Relief</th></tr>"
    body = "<tr><td>Laser</td><td>$90</td><td>92%</td></tr><tr><td>Heat</td><td>$20</td></tr>"
    found = labels(f"<p>See:</p><table>{head}{body}</table><table><tr><td>1</td><td>2</td></tr></table>")
    assert found["$90"] == ["Laser", "Cost"] and found["92%"] == ["Laser", "Relief"]
    assert found["$20"] == ["Heat"]  # the row lacks a cell
    assert found["See:"] == found["Cost"] == found["Laser"] == found["2"] == []


def test_cells_of_markdown_know_what_labels_them():
    text = "---\ntitle: Care\n---\n\n| Measure | Result |\r\n| --- | --- |\r\n| Relief | 92% |\r\n"
    assert labels(text, "markdown")["92%"] == ["Relief", "Result"] and labels(text, "markdown")["Relief"] == ["Measure"]


def test_words_do_not_melt_together():
    assert shown("<p>sleep<img src=b.gif alt='-'>stress</p>", "html")[0] == ("body", "sleep stress")
    assert shown("<p>great<img src=b.gif alt='-'>!</p>", "html")[0] == ("body", "great!")
    assert shown("<p><a href=/a>One</a><a href=/b>Two</a></p>", "html")[0] == ("body", "One Two")
    block = document("<p>the kindest<a href=/m>massage</a>therapy in town</p>", "html").blocks[0]
    assert block.text == "the kindest massage therapy in town"
    assert [block.text[link.start : link.end] for link in block.links] == ["massage"]
    assert shown("<h2>Hospital<span>care</span></h2>", "html") == [("heading", "Hospital care")]
    assert shown("<p>Take <a href=/v>vitamin</a>s and <span>R</span>est.</p>", "html") == [("body", "Take vitamins and Rest.")]


def test_reference_marks_in_superscript():
    text = (
        '<p>It helps<sup><a href="#r1">1</a></sup> and 10<sup>2</sup> more.<sup>2,3</sup></p><ol><li id="r1">Smith J. Pain. 2020.</li></ol>'
    )
    made = document(text, "html")
    assert made.blocks[0].text == "It helps[1] and 102 more.[2,3]"
    assert [(link.kind, link.url) for link in made.blocks[0].links] == [("footnote", "r1")]
    assert [made.blocks[index].text for index in made.footnotes["r1"]] == ["Smith J. Pain. 2020."]


def test_code_and_icons():
    assert shown("<p>Use <code>a < b</code> here <i class=x aria-hidden=true>star</i><svg><text>no</text></svg></p>", "html") == [
        ("body", "Use \ufffc here")
    ]


def test_images_without_alternative_text():
    block = document('<img src="/a.jpg">', "html").blocks[0]
    assert (block.scope, block.text, block.links[0].url) == ("alt", "\ufffc", "/a.jpg")
    assert document('<img src="/a.jpg" alt="">', "html").blocks == ()


def test_labels_are_copy():
    assert shown('<a href="/x" title="Kind care" aria-label="Kind care now">Go</a>', "html") == [
        ("body", "Go"),
        ("alt", "Kind care"),
        ("alt", "Kind care now"),
    ]


def test_references_and_readers_comments_are_told_by_their_heading():
    text = (
        "<h2>Pain</h2><p>Massage helps.</p><h2>References</h2><p>Smith J. Pain. 2020;1:2.</p><h2>More</h2><p>Back to the article.</p>"
        "<h3>2 Comments</h3><p>It cured me!</p>"
    )
    assert regions(text) == {
        "main": ["Pain", "Massage helps.", "More", "Back to the article."],
        "references": ["References", "Smith J. Pain. 2020;1:2."],
        "comments": ["2 Comments", "It cured me!"],
    }


def test_what_is_said_below_the_references_is_copy():
    text = (
        "<p>Massage helps.</p><h2>Sources</h2><p>Smith J. Exercise for pain. J Pain. 2020;1:2.</p><p>Our cream cures arthritis in one week.</p>"
        "<p>Lee K. Yoga and the back. Spine. 2019.</p><p>This page is no medical advice.</p>"
    )
    assert regions(text) == {
        "main": ["Massage helps.", "Our cream cures arthritis in one week.", "This page is no medical advice."],
        "references": ["Sources", "Smith J. Exercise for pain. J Pain. 2020;1:2.", "Lee K. Yoga and the back. Spine. 2019."],
    }


def test_furniture_by_role_and_class():
    assert regions('<div role="navigation">Menu here</div><div class="main-menu">More</div><div id="comments">Nice</div><p>Text</p>') == {
        "nav": ["Menu here", "More"],
        "comments": ["Nice"],
        "main": ["Text"],
    }


def test_a_header_inside_an_article_belongs_to_it():
    assert regions("<article><header><h1>Pain</h1></header><p>Text</p><footer>By Ann</footer></article>") == {
        "main": ["Pain", "Text", "By Ann"]
    }


def test_what_only_looks_like_furniture_is_the_article():
    text = "Massage may ease pain in the lower back for some people. " * 5
    assert regions(f'<div class="sidebar"><p>{text}</p></div><p>Menu</p>')["main"] == [text.strip(), "Menu"]


def test_a_sidebar_that_says_something_is_copy_and_its_menus_are_not():
    said = '<p>“I slept well after one week, and the pain was gone.”</p><p>Only today: <a href="/jar">get your jar</a></p><a href="/buy">Buy it</a>'
    menu = '<ul><li><a href="/a">Back pain</a></li></ul>'
    related = '<div class="related-posts"><p>In this other article we look at what massage does for sore backs.</p></div>'
    page = f"<p>Massage may ease pain in the lower back for some people, and it takes an hour.</p><p>{'It takes time. ' * 20}</p>"
    found = regions(f'{page}<div class="sidebar"><h3>Results</h3>{said}{menu}{related}</div>')
    assert found["main"][2:] == ["Results", "“I slept well after one week, and the pain was gone.”", "Only today: get your jar", "Buy it"]
    assert found["aside"] == ["Back pain"] and len(found["related"]) == 1
    assert regions(f"{page}<aside>{menu}<p>Hours</p></aside>")["aside"] == ["Back pain", "Hours"]
    assert regions(f'{page}<aside class="widget_recent_entries">{related}</aside>').keys() == {"main", "related"}
    priced = regions(f"{page}<aside><p>First visit: $39</p>{menu}</aside>")
    assert priced["main"][-1] == "First visit: $39" and priced["aside"] == ["Back pain"]


def test_a_header_that_says_something_is_copy():
    page = (
        "<header><ul><li><a href=/>Home</a></li></ul><h1>Our oil</h1><p>Rub it in each night so that your back stays warm.</p>"
        "<a href=/buy>See the price</a></header><p>Text. It takes time, as most oils do for most of the people who use them.</p>"
    )
    assert regions(page)["main"][:3] == ["Our oil", "Rub it in each night so that your back stays warm.", "See the price"]
    assert regions(page)["header"] == ["Home"]
    text = f"<p>{'Text that goes on for a while, as most of them do. ' * 3}</p>"
    titled = "<header><h1>{}</h1><a href=/buy>See the price</a><p>Only here</p></header>"
    assert regions(titled.format("Our oil") + text)["main"][:3] == ["Our oil", "See the price", "Only here"]
    assert regions(titled.format('<a href="/">Calm Clinic</a>') + text)["header"] == ["Calm Clinic", "See the price", "Only here"]


def test_deep_nesting_ends():
    made = document("<div>" * 5_000 + "<p>Text" + "</div>" * 5_000, "html")
    assert [block.text for block in made.blocks] == ["Text"]


def test_a_paragraph_without_end_is_cut_between_sentences():
    text = "Massage may ease pain for a while. " * 1_000
    blocks = document(f"<p>{text}</p>", "html").blocks
    assert len(blocks) > 2 and all(block.text.startswith("Massage") and block.text.endswith("while.") for block in blocks)
    assert " ".join(block.text for block in blocks) == text.strip()
    unbroken = document("<p>" + "a" * 25_000 + "&amp;" + "</p>", "html").blocks
    assert "".join(block.text for block in unbroken) == "a" * 25_000 + "&"


def test_links_are_cut_with_their_paragraph():
    text = '<p>Massage may ease <a href="https://x.org">pain</a>. ' * 1 + 'It takes <a href="/t">time</a>. ' * 1_200 + "</p>"
    for block in document(text, "html").blocks:
        assert all(block.text[link.start : link.end] in ("pain", "time") for link in block.links)


def test_an_order_form_is_copy_and_a_contact_form_is_not():
    page = "<h1>Zinc</h1><form>{}<p>Your name</p><input type='submit' value='Go'></form>"
    order = regions(page.format("<table><tr><td>2 jars, plus one free!</td><td>$54.95</td></tr></table>"))
    assert order["main"][:3] == ["Zinc", "2 jars, plus one free!", "$54.95"] and "form" not in order
    assert regions(page.format("<table><tr><td>E-mail</td></tr></table>"))["form"][:2] == ["E-mail", "Your name"]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.md", "COPY"),
        ("a.md", "![COPY](a.jpg)"),
        ("a.md", "---\ntitle: COPY\n---\nRest."),
        ("a.md", '+++\ndescription = "COPY"\n+++\nRest.'),
        ("a.html", '<img src="a.jpg" alt="COPY">'),
        ("a.html", '<meta name="description" content="COPY">'),
        ("a.mdx", '<Card answer="COPY" />'),
        ("a.jsx", 'export default () => <Card answer={"COPY"} />'),
        ("a.txt", "COPY"),
    ],
)
def test_copy_that_is_longer_than_any_paragraph_is_cut_at_a_sentence_wherever_it_stands(path, text):
    text = text.replace("COPY", "Pain eases here. " * 1_500)
    blocks = [block for block in read(Source(path, text)).blocks if "Pain" in block.text]
    assert len(blocks) == 3
    for block in blocks:
        assert len(block.text) <= 10_000 and block.text.startswith("Pain") and block.text.endswith("here.")
        assert text[block.span().start : block.span().end] == block.text

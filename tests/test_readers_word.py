"""Word documents: what stands in them, what is left out and told, that they read as the same article in Markdown does, hostile ones."""

from __future__ import annotations

import io
import sys
import zipfile

import docx
import pytest

from copycheck import readers, ruleset
from copycheck.engine import Engine
from copycheck.ruleset.location import rules_dir
from copycheck.settings import Item, Settings
from copycheck.source import Source, Unreadable
from tests import rulekit, wordkit

ARTICLES = {
    "clinic": """# Massage for a sore back

Our therapists have treated sore backs for twelve years. Massage cures back pain, and over 90% of clients feel better.

## What it may do

A review found that [massage eases low back pain](https://www.cochrane.org/CD001929) for some weeks.[^1] Benefits include:

- It removes toxins from the muscles
- Boosts the immune system
  - It prevents colds all winter
- Better sleep

### How often

1. Come twice a week
2. Then once a month

| Visits | Pain relief |
| --- | --- |
| after 3 | 85% |
| after 6 | **97%** |

> I was healed in a single visit!

![Therapist healing the back of an addict](back.jpg)

This page is for information only and is no medical advice. Talk with your doctor.

[^1]: Miller J. Massage for back pain. [PubMed](https://pubmed.ncbi.nlm.nih.gov/1234567/), 2019.
""",
    "shop": """# Calm Gummies: sleep without a pill

Calm Gummies treat insomnia & anxiety. They are FDA approved, 100% safe and have no side effects.

**Order today, only 3 left!**

## Whats in it

Each gummy holds 5 mg of melatonin, wich lowers cortisol by 40% <within> a week.

- Clinically proven
- Doctors recommend it

*These statements have not been evaluated by the Food and Drug Administration. This product is not intended to diagnose, treat, cure, or prevent any disease.*
""".replace("*These", "These").replace("disease.*", "disease."),
    "rehab": """# Help for alcoholics

Is your family torn apart by substance abuse? Our rehab has a 95% success rate.

## Detox at home

You can stop drinking at once without a doctor. If you are in crisis, call or text 988.

See [our own study](https://our-rehab.example/study) and the [guide](https://www.samhsa.gov/find-help) for more.
""",
}


@pytest.fixture(scope="module")
def bundled():
    """Reports by the rules that ship."""
    rules = ruleset.load([rules_dir()])
    engine = Engine(rules, rulekit.load_pipeline)
    return lambda sources: list(engine.run([Item(source.path, source, Settings()) for source in sources]))


def read(data: bytes):
    return readers.read(readers.source_of(data, "a.docx"))


def shape(document):
    """The blocks of a document without their places."""
    return [
        (
            block.scope, block.region, block.level, block.text, block.heading, block.lead_in, block.list_id, block.labels,
            [(*link[:2], link.url if link.kind != "image" else "", link.kind) for link in block.links],
        )
        for block in document.blocks
    ]  # fmt: skip


@pytest.mark.parametrize("name", ARTICLES)
def test_the_blocks_are_those_of_the_same_article_in_markdown(name) -> None:
    written = ARTICLES[name].replace("<within>", "\\<within>")
    assert shape(read(wordkit.docx_of(ARTICLES[name]))) == shape(readers.read(Source("a.md", written)))


@pytest.mark.parametrize("name", ARTICLES)
def test_the_findings_are_those_of_the_same_article_in_markdown(name, bundled) -> None:
    written = ARTICLES[name].replace("<within>", "\\<within>")
    word, markdown = bundled([readers.source_of(wordkit.docx_of(ARTICLES[name]), "a.docx"), Source("a.md", written)])
    told = [[(one.rule, one.severity, one.excerpt, one.message, one.suggestions) for one in report.findings] for report in (word, markdown)]
    assert told[0] == told[1] and len(told[0]) > 5
    assert [claim._replace(span=None) for claim in word.claims] == [claim._replace(span=None) for claim in markdown.claims]  # type: ignore[arg-type]


def test_a_paragraph_is_a_line_and_a_character_a_column() -> None:
    document = read(wordkit.docx_of(ARTICLES["clinic"]))
    places = {block.text: document.source.location(block.span().start) for block in document.blocks}
    assert places["Massage for a sore back"] == (1, 1) and places["It prevents colds all winter"] == (7, 1)
    assert places["85%"] == (15, 1) and places["Therapist healing the back of an addict"] == (19, 9)
    for block in document.blocks:
        start, end = block.span()
        assert document.source.text[start:end].replace("[1]", "") == block.text.replace("[1]", "")


RUN = "<w:r><w:t xml:space='preserve'>{}</w:t></w:r>"


def paragraph(*inner: str) -> str:
    return f"<w:p>{''.join(inner)}</w:p>"


def test_what_is_tracked_commented_or_hidden() -> None:
    data = wordkit.body(
        paragraph(
            RUN.format("It "), "<w:del w:id='1' w:author='A'><w:r><w:delText>cures</w:delText></w:r></w:del>",
            f"<w:ins w:id='2' w:author='A'>{RUN.format('may ease')}</w:ins>", "<w:r><w:rPr><w:vanish/></w:rPr><w:t> secret</w:t></w:r>",
            f"<w:smartTag>{RUN.format(' back pain')}</w:smartTag>", f"<w:moveFrom w:id='3' w:author='A'>{RUN.format(' at once')}</w:moveFrom>",
        )
    )  # fmt: skip
    document = docx.Document(io.BytesIO(data))
    document.add_comment(document.paragraphs[0].runs, "Is this so?", "Eve")
    document.sections[0].footer.paragraphs[0].text = "Not medical advice"
    chart = wordkit.Part(wordkit.PackURI("/word/charts/chart1.xml"), "application/xml", b"<c/>", document.part.package)
    document.part.relate_to(chart, wordkit.RT.CHART)
    source = readers.source_of(wordkit.saved(document), "a.docx")
    assert source.text == "It may ease back pain"
    (notice,) = source.notices
    assert notice.message == (
        "Left out of what was read: comments (1), deletions among the tracked changes (3; insertions were read), page headers and footers,"
        " text in charts and diagrams."
    )


def test_links_breaks_boxes_and_marks() -> None:
    field = "<w:r><w:fldChar w:fldCharType='{}'/></w:r>"
    data = wordkit.body(
        paragraph(
            RUN.format("See "), field.format("begin"), "<w:r><w:instrText> HYPERLINK \"https://a.org/x\" </w:instrText></w:r>",
            field.format("separate"), RUN.format("the trial"), field.format("end"), "<w:r><w:br/></w:r>", RUN.format("now"),
            f"<w:fldSimple w:instr='HYPERLINK \"https://b.org\"'>{RUN.format(' here')}</w:fldSimple>",
            "<w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:t>2</w:t></w:r>",
            f"<w:r><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent>{paragraph(RUN.format('In a box'))}</w:txbxContent></w:drawing></mc:Choice>"
            f"<mc:Fallback><w:pict><w:txbxContent>{paragraph(RUN.format('In a box'))}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>",
        ),
        f"<w:sdt><w:sdtContent>{paragraph(RUN.format('Held'))}</w:sdtContent></w:sdt>",
        f"<w:tbl><w:tr><w:tc>{paragraph(RUN.format('A callout'))}</w:tc></w:tr></w:tbl>",
        "<w:p/>",
        paragraph("<w:pPr><w:outlineLvl w:val='1'/></w:pPr>", RUN.format("A section")),
        paragraph("<w:pPr><w:pStyle w:val='ListBullet'/><w:numPr><w:ilvl w:val='0'/><w:numId w:val='0'/></w:numPr></w:pPr>", RUN.format("Plain")),
    )  # fmt: skip
    blocks = read(data).blocks
    assert [(block.scope, block.level, block.text) for block in blocks] == [
        ("body", 0, "See the trial\nnow here2"), ("body", 0, "In a box"), ("body", 0, "Held"), ("body", 0, "A callout"),
        ("heading", 2, "A section"), ("body", 0, "Plain"),
    ]  # fmt: skip
    assert [(link.start, link.end, link.url) for link in blocks[0].links] == [(4, 13, "https://a.org/x"), (18, 22, "https://b.org")]


def test_lists_and_styles_as_google_docs_exports_them() -> None:
    numbered = "<w:pPr><w:numPr><w:ilvl w:val='{}'/><w:numId w:val='1'/></w:numPr><w:rPr/></w:pPr>"
    data = wordkit.body(
        paragraph("<w:pPr><w:pStyle w:val='Title'/></w:pPr>", RUN.format("Calm tea")),
        paragraph("<w:pPr><w:pStyle w:val='Heading2'/></w:pPr>", RUN.format("Uses")),
        paragraph(RUN.format("It helps with:")),
        *(paragraph(numbered.format(level), RUN.format(text)) for level, text in ((0, "sleep"), (2, "naps"), (2, "nights"), (1, "rest"), (0, "work"))),
        paragraph("<w:pPr><w:pStyle w:val='Quote'/></w:pPr>", RUN.format("So calm!")),
    )  # fmt: skip
    blocks = read(data).blocks
    assert [(block.scope, block.level, block.text, block.lead_in) for block in blocks] == [
        ("heading", 1, "Calm tea", None), ("heading", 2, "Uses", None), ("body", 0, "It helps with:", None), ("list", 1, "sleep", 2),
        ("list", 2, "naps", 3), ("list", 2, "nights", 3), ("list", 2, "rest", 5), ("list", 1, "work", 2), ("quote", 0, "So calm!", None),
    ]  # fmt: skip


def test_ruby_is_its_base_text() -> None:
    ruby = "<w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>ten-su</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>points</w:t></w:r></w:rubyBase></w:ruby></w:r>"
    data = wordkit.body(paragraph(RUN.format("Twelve ") + ruby + RUN.format(" heal.")))
    assert [block.text for block in read(data).blocks] == ["Twelve points heal."]


def test_endnotes_are_footnotes() -> None:
    footnoted = wordkit.docx_of(ARTICLES["clinic"])
    with zipfile.ZipFile(io.BytesIO(footnoted)) as archive:
        notes = [
            (name.replace("foot", "end"), archive.read(name).replace(b"footnote", b"endnote"))
            for name in archive.namelist()
            if "footnotes" in name
        ]
    kept = wordkit.changed(footnoted, lambda name, held: None if "footnotes" in name else held.replace(b"footnote", b"endnote"), *notes)
    assert shape(read(kept)) == shape(read(footnoted))


def test_the_title_is_the_style_or_else_the_property() -> None:
    document = docx.Document()
    document.add_paragraph("All of it.")
    document.core_properties.title = "Cures for all"
    assert [(block.scope, block.text) for block in read(wordkit.saved(document)).blocks] == [
        ("body", "All of it."),
        ("title", "Cures for all"),
    ]
    document.add_heading("The page", 0)
    document.add_heading("Costs", 1)
    assert [(block.level, block.text) for block in read(wordkit.saved(document)).blocks] == [
        (0, "All of it."),
        (1, "The page"),
        (2, "Costs"),
    ]


def _with(name: str, content: bytes) -> bytes:
    return wordkit.changed(wordkit.body(paragraph(RUN.format("x"))), lambda part, held: content if part == name else held)


def _zip(*parts: tuple[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return held.getvalue()


ENTITIES = b'<!DOCTYPE w [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
GOOD = wordkit.docx_of("Well.")
HOSTILE = {
    "nothing": (b"", "damaged"),
    "text": (b"# Cures\n\nAll of it.", "damaged"),
    "cut off": (GOOD[: len(GOOD) // 2], "damaged"),
    "bytes turned": (GOOD[:60] + bytes(byte ^ 85 for byte in GOOD[60:900]) + GOOD[900:], "damaged"),
    "another zip": (_zip(("a.txt", b"a")), "damaged"),
    "no XML": (_with("word/document.xml", b"<w:document"), "damaged"),
    "no body": (_with("word/document.xml", b"<a/>"), "damaged"),
    "no styles": (_with("word/styles.xml", b"<a><b/></a>"), ""),
    "encrypted": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "password"),
    "entities": (_with("word/document.xml", ENTITIES + b"<w>&b;</w>"), "document type"),
    "entities in UTF-16": (_with("word/styles.xml", ('<?xml version="1.0" encoding="UTF-16"?>' + ENTITIES.decode() + "<w/>").encode("utf-16")), "document type"),
    "an odd encoding": (_with("word/styles.xml", b'<?xml version="1.0" encoding="UTF-7"?><w/>'), "damaged"),
    "a file outside": (_with("customXml/item1.xml", b'<!DOCTYPE w SYSTEM "file:///etc/passwd"><w/>'), "document type"),
    "strict": (wordkit.changed(GOOD, lambda name, held: held.replace(b"http://schemas.openxmlformats.org/officeDocument/2006/relationships", b"http://purl.oclc.org/ooxml/officeDocument/relationships")), "save it as “Word Document (*.docx)”"),
    "another name": (wordkit.changed(GOOD, lambda name, held: held.replace(b"/word/styles.xml", b"/word/styles.bin") if name == "[Content_Types].xml" else held), "another name"),
    "a bomb": (_with("word/document.xml", b"<w>" + b" " * 30_000_000 + b"</w>"), "packed to less"),
    "large in all": (_zip(*((f"{at}.bin", bytes(70_000_000)) for at in range(3))), "unpack to more"),
    "many parts": (_zip(*((f"{at}.xml", b"") for at in range(2_001))), "parts"),
    "one name twice": (wordkit.changed(GOOD, lambda name, held: held, ("word/document.xml", b"<w/>")), "two of one name"),
    "nested": (_with("word/document.xml", b"<w>" * 3_000 + b"</w>" * 3_000), "damaged"),
    "embedded": (wordkit.body("<w:altChunk r:id='rId1'/>"), "embeds another document"),
    "cut numbers": (wordkit.body(paragraph("<w:pPr><w:numPr><w:ilvl w:val='x'/><w:numId w:val='y'/></w:numPr></w:pPr>", "<w:hyperlink r:id='none'/>")), ""),
}  # fmt: skip


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_damaged_or_hostile_is_refused_in_a_sentence(name) -> None:
    data, said = HOSTILE[name]
    if not said:
        read(data)
        return
    with pytest.raises(Unreadable) as refused:
        readers.source_of(data, "a.docx")
    assert said in str(refused.value) and "\n" not in str(refused.value)


def test_without_the_extra_it_is_refused(monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(Unreadable, match=r"in your clone of copycheck, pip install '\.\[word\]'"):
        readers.source_of(GOOD, "a.docx")

"""The JSX reader: the copy in the elements and strings of a module, and none of its code."""

import json

import pytest

from copycheck.readers import format_of
from tests.command import run
from tests.reading import document, shown

PAGE = """"use client";
import React from 'react';
import { Metadata } from 'next';

export const metadata: Metadata = {
  title: 'Acupuncture in Star City',
  description: "Needles for backs and necks, by appointment.",
  openGraph: { title: 'Acupuncture in Star City', url: 'https://star.test/not copy at all' },
};
const faqs = [
  { question: "Is it safe?", answer: "Yes, it\\'s <strong>mostly</strong> safe &amp; quick for you." },
  { question: 'How long?', answer: `Most visits take ${minutes} minutes,
   some take more.` },
];
// a comment that says nothing to a reader
export default function Page({ items }: Props) {
  const [open, setOpen] = useState<string>("");
  if (items.length < 3) return null;
  return (
    <main className="text-sm some more words here" style={{ color: "red" }}>
      <h1>Our {city} clinic</h1>
      {/* a note for us */}
      <p onClick={() => go(a > b)}>
        Book <Link href="/now">today</Link>, {open ? "or call us tomorrow morning" : "or write to us now"}.
      </p>
      {items.map(i => (<li key={i.id}>One of {i.name} helps.</li>))}
      <img src={logo} alt="A calm room" />
      <>A fragment of words</>
      <script type="application/ld+json" dangerouslySetInnerHTML={{ __html: JSON.stringify(data) }} />
      <p>After the script.</p>
    </main>
  );
}
"""


def test_a_page():
    assert shown(PAGE, "jsx") == [
        ("heading", "Acupuncture in Star City"),
        ("body", "Needles for backs and necks, by appointment."),
        ("heading", "Is it safe?"),
        ("body", "Yes, it's mostly safe & quick for you."),
        ("heading", "How long?"),
        ("body", "Most visits take \ufffc minutes, some take more."),
        ("heading", "Our \ufffc clinic"),
        ("body", "Book today, or call us tomorrow morning or write to us now."),
        ("list", "One of \ufffc helps."),
        ("body", "A fragment of words"),
        ("alt", "A calm room"),
        ("body", "After the script."),
    ]


def test_links_and_comments():
    made = document(PAGE, "jsx")
    assert [link.url for block in made.blocks for link in block.links if link.kind == "link"] == ["/now"]
    assert [comment.text for comment in made.comments] == ["a note for us"]


@pytest.mark.parametrize("end", ["\n", "\r\n", ""])
def test_line_ends(end):
    text = "import a from 'a'\nexport default () => <p>Rest\nand water.</p>\n".replace("\n", end or "\n").rstrip("\n" if not end else "")
    assert shown(text, "jsx") == [("body", "Rest and water.")]


@pytest.mark.parametrize(
    ("path", "text", "format"),
    [
        ("a.tsx", "export const a = 1", "jsx"),
        ("a.jsx", "", "jsx"),
        ("a.html", PAGE, "jsx"),
        ("a.html", "// a page\nimport x from './x'\n", "jsx"),
        ("a.html", "/* a */ export default {}", "jsx"),
        ("a.html", "Import duties on tea <p>rose</p>", "html"),
        ("a.html", "import things <p>we like</p>", "html"),
        ("a.html", "<p>import x from './x'</p>", "html"),
    ],
)
def test_a_module_under_another_name_is_told_by_its_first_statement(path, text, format):
    assert format_of(path, text) == format


@pytest.mark.parametrize(
    "code",
    [
        "const a = 'it is one of many",
        "const a = `it is one of many",
        "/* it is one of many",
        "return (<p title='it is one",
        "{{{{{{ }",
        "}}}}",
        "a < b && c > d",
        "<",
        "<p>{",
        "const re = /[\"']/g;",
        "const plain = (s) => s.replace(/<[^>]+>/g, '').match(/[\"'`]/);",
        "function tick(s) { return /`/.test(s); }",
        "const half = (a, b) => a / 2 + b / 3; // don't",
    ],
)
def test_code_that_does_not_end_hides_nothing_after_its_line(code):
    made = document(f"import a from 'a'\n{code}\nexport default () => <p>Rest and water.</p>\n", "jsx")
    assert any("Rest and water." in block.text for block in made.blocks) or "<p title" in code or code == "<"


def test_types_of_typescript_are_no_elements():
    code = """import a from 'a'
const pick = <T extends object>(items: T[]) => items.filter((item) => item != null);
export default () => (<div><Choice<Map<string, Row[]>> label="Pick a day" /><List<string>><p>Rest and water.</p></List></div>);
export const sizes = (n: number) => n * 2;
"""
    assert shown(code, "jsx") == [("alt", "Pick a day"), ("body", "Rest and water.")]


def test_strings_that_are_code_are_not_copy():
    code = (
        "import a from 'a'\nconst x = { className: 'flex grow more and more', d: 'M 1 2 L 3 4', k: 'text-sm md:text-xl p-2' }\nf('one')\n"
    )
    assert shown(code, "jsx") == []


def test_copy_in_attributes():
    code = """import a from "a"
export default () => (<main className={join("flex grow more and more", a)} onClick={() => go("now and then and again")}>
  <Faq question="Is it safe?" answer={<><p>We ask <b>first</b>.</p><p>Always.</p></>} />
  <List items={["Sleep well", 'Eat well', "lower case"]} title={<>Our <b>care</b></>} text={late ? "Rest until the sun is up" : null} />
  <div dangerouslySetInnerHTML={{__html: "<p>It is safe.</p>"}} />
  <script dangerouslySetInnerHTML={{__html: `var it is one of many`}} />
  <p>Ask <a href="/x" title={t("Book a visit with us")}>our team</a> today.</p>
  <Outer inner={<Inner own={<p>Deep but read.</p>} />} />
</main>)
"""
    assert shown(code, "jsx") == [
        ("alt", "Is it safe?"),
        ("body", "We ask first."),
        ("body", "Always."),
        ("body", "Sleep well"),
        ("body", "Eat well"),
        ("heading", "Our care"),
        ("body", "Rest until the sun is up"),
        ("body", "It is safe."),
        ("body", "Ask our team today."),
        ("alt", "Book a visit with us"),
        ("body", "Deep but read."),
    ]


@pytest.mark.parametrize("name", ["page.jsx", "page.mdx"])
def test_what_stands_too_deep_in_attributes_is_said_not_to_be_read(tmp_path, name):
    (tmp_path / name).write_text("import a from 'a'\n\n" + "<A b={" * 12 + "<p>It cures all pain.</p>" + "} />" * 12 + "\n")
    report = json.loads(run("--no-cache", "--format", "json", str(tmp_path / name)).output)["files"][0]
    told = [notice["message"] for notice in report["notices"] if notice["rule"] == "copycheck/code"]
    assert told == ["Copy in code was not read: line 3."]


def test_what_is_for_developers_is_no_copy():
    code = """import a from "some words of a path"
const b = (x) => {
  if (!x) throw new Error("Could not load the page for you");
  logger.info("The page was put on the wall")
  invariant(x, "There must be one of them here")
  console.error("It is a sad day for", x, "who did not get it")
  throw new RangeError(`The day ${x} is not one of the week`)
}
const c = "This is for all who read"
"""
    assert shown(code, "jsx") == [("body", "This is for all who read")]


def test_the_command_points_at_the_copy_of_a_module(tmp_path):
    path = tmp_path / "page.tsx"
    path.write_text(PAGE.replace("Needles for", "This tea is guaranteed to cure diabetes. Needles for"), encoding="utf-8")
    report = json.loads(run("--no-cache", "--format", "json", "--promotional", "--vertical", "supplement", str(path)).output)["files"][0]
    spans = [report_text(path, finding) for finding in report["findings"] if finding["severity"] == "error"]
    assert spans and all("cure" in span for span in spans)


def report_text(path, finding):
    return path.read_text(encoding="utf-8")[finding["start"] : finding["end"]]


@pytest.mark.parametrize("blank", ["{' '}", '{" "}', "{ ` ` }\n"])
def test_a_blank_in_braces_is_a_blank(blank):
    made = document(f"export default () => <p>It eases{blank}<b>pain</b>, {{n}} times.</p>\n", "jsx")
    assert [block.text for block in made.blocks] == ["It eases pain, \ufffc times."]

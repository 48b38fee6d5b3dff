"""Review, by the real command: comments at the right words, nothing else changed, and what it refuses."""

from __future__ import annotations

import copy
import io
import json
import re
import shutil
import subprocess
import warnings
import zipfile
from pathlib import Path

import docx
import pytest

from copycheck.readers import source_of
from tests import command, wordkit
from tests.test_readers_word import ARTICLES, RUN, paragraph

W = f"{{{wordkit.W}}}"


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".copycheck.yaml").write_text(
        "vertical: addiction\npromotional: true\nselect: [compliance, language, claims, disclaimers]\n"
    )
    return tmp_path


def commented(path: Path) -> dict[str, str]:
    """The words that each comment stands at, by its first line."""
    document = docx.Document(str(path))
    words: dict[str, str] = {}
    opened: set[str] = set()
    for element in document.element.body.iter():
        number = element.get(f"{W}id") or ""
        if element.tag == f"{W}commentRangeStart":
            opened.add(number)
        elif element.tag == f"{W}commentRangeEnd":
            opened.discard(number)
        elif element.tag in (f"{W}t", f"{W}footnoteReference"):
            for one in opened:
                words[one] = words.get(one, "") + (element.text or "*")
    return {f"{comment.text.rsplit(chr(10), 1)[1]} {comment.comment_id}": words[str(comment.comment_id)] for comment in document.comments}


def bare(data: bytes) -> str:
    """The body without comments, and runs of the same look put together again."""
    body = copy.deepcopy(docx.Document(io.BytesIO(data)).element.body)
    for element in list(body.iter(f"{W}commentRangeStart", f"{W}commentRangeEnd", f"{W}commentReference")):
        gone = element.getparent() if element.tag.endswith("Reference") else element
        gone.getparent().remove(gone)
    text = wordkit.docx.oxml.parser.etree.tostring(body).decode().replace(' xml:space="preserve"', "")
    return re.sub(r"</w:t></w:r><w:r>(<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?<w:t>", "", re.sub(r"xmlns:\w+=\"[^\"]*\"", "", text))


def test_comments_stand_at_the_words_and_say_all(folder) -> None:
    (folder / "a.docx").write_bytes(wordkit.docx_of(ARTICLES["rehab"]))
    done = command.run("review", "a.docx", "--output", "b.docx")
    assert done.exit_code == 1 and re.search(r"b\.docx: \d+ comments", done.stderr), done.stderr
    words = commented(folder / "b.docx")
    found = {rule.split()[0]: at for rule, at in words.items()}
    assert found["language/substance-abuse"] == "substance abuse"
    assert found["language/addiction-labels"] == "alcoholics"
    assert "95%" in found["claims/unsourced-statistic"]
    for comment in docx.Document(str(folder / "b.docx")).comments:
        assert comment.author == "copycheck"
        assert not [line for line in comment.text.split("\n") if f"“{line.removeprefix('Suggested: ')}”" in comment.text]  # said once
        assert re.match(r"(error|warning): .+\n", comment.text) and "\nWhy: " in comment.text and "\nWho says so: " in comment.text
    assert bare((folder / "a.docx").read_bytes()) == bare((folder / "b.docx").read_bytes())
    before, after = (zipfile.ZipFile(folder / name) for name in ("a.docx", "b.docx"))
    for name in before.namelist():
        if name.startswith(("word/media", "docProps", "word/styles", "word/numbering", "word/theme")):
            same = (
                [docx.oxml.parser.etree.tostring(wordkit.parse_xml(one.read(name)), method="c14n") for one in (before, after)]
                if name.endswith(".xml")
                else [before.read(name), after.read(name)]
            )
            assert same[0] == same[1], name


def test_a_comment_on_a_list_says_which_items_are_meant(folder) -> None:
    (folder / "a.docx").write_bytes(wordkit.docx_of(ARTICLES["clinic"]))
    command.run("review", "a.docx", "-o", "b.docx", "--select", "claims")
    (told,) = (comment.text for comment in docx.Document(str(folder / "b.docx")).comments if "statements in this list" in comment.text)
    assert "\nSee: “" in told and "“Boosts the immune system”" in told


def test_runs_are_cut_and_keep_their_look(folder) -> None:
    bold = "<w:r><w:rPr><w:b/></w:rPr><w:t xml:space='preserve'>{}</w:t></w:r>"
    data = wordkit.body(
        paragraph(
            RUN.format("Help for sub"), bold.format("stance abuse"), "<w:r><w:t>, an </w:t><w:tab/><w:t>addict may call.</w:t></w:r>"
        ),
        paragraph(f"<w:ins w:id='9' w:author='A'>{RUN.format('Here an alcoholic is at home')}</w:ins>"),
        f"<w:tbl><w:tr><w:tc>{paragraph(RUN.format('x'))}</w:tc><w:tc>{paragraph(RUN.format('No addict waits'))}</w:tc></w:tr></w:tbl>",
    )
    (folder / "a.docx").write_bytes(data)
    command.run("review", "a.docx", "-o", "b.docx", "--select", "language")
    assert sorted(commented(folder / "b.docx").values()) == ["addict", "an addict", "an alcoholic", "substance abuse"]
    written = (folder / "b.docx").read_bytes()
    assert source_of(written, "b.docx").text == source_of(data, "a.docx").text and bare(written) == bare(data)
    again = command.run("review", "b.docx", "-o", "c.docx", "--select", "language")
    assert again.exit_code == 0 and len(list(docx.Document(str(folder / "c.docx")).comments)) == 8


def test_what_stands_in_a_box_is_told_where_it_hangs(folder) -> None:
    box = f"<w:r><w:drawing><w:txbxContent>{paragraph(RUN.format('No addict is turned away.'))}</w:txbxContent></w:drawing></w:r>"
    (folder / "a.docx").write_bytes(
        wordkit.body(paragraph(RUN.format("Here is the beginning.")), paragraph(RUN.format("It hangs here."), box))
    )
    command.run("review", "a.docx", "-o", "b.docx", "--select", "language")
    assert list(commented(folder / "b.docx").values()) == ["No addict is turned away."]


def test_what_an_equation_says_is_told_beside_it(folder) -> None:
    math = "<m:oMath xmlns:m='http://schemas.openxmlformats.org/officeDocument/2006/math'><m:r><m:t>{}</m:t></m:r></m:oMath>"
    (folder / "a.docx").write_bytes(
        wordkit.body(
            paragraph(math.format("An addict"), RUN.format(" is ")), paragraph(RUN.format("more than "), math.format("an alcoholic"))
        )
    )
    done = command.run("review", "a.docx", "-o", "b.docx", "--select", "language")
    assert "2 comments" in done.stderr and sorted(commented(folder / "b.docx").values()) == [" is ", "more than "], done.stderr


def test_what_it_refuses(folder) -> None:
    data = wordkit.docx_of("An addict may call.")
    for name in ("a.docx", "there.docx"):
        (folder / name).write_bytes(data)
    (folder / "link.docx").symlink_to("a.docx")
    (folder / "bad.docx").write_bytes(b"PK")
    (folder / "two.docx").mkdir()
    for name in ("b.docx", "c.docx"):
        (folder / "two.docx" / name).write_bytes(data)
    for arguments, said in (
        (["a.docx", "-o", "a.docx", "--force"], "the article itself"),
        (["a.docx", "-o", "link.docx", "--force"], "the article itself"),
        (["a.docx", "-o", "there.docx"], "--force"),
        (["a.md", "-o", "b.docx"], "takes a .docx"),
        (["a.docx", "-o", "b.md"], "takes a .docx"),
        (["none.docx", "-o", "b.docx"], "no such file"),
        (["bad.docx", "-o", "b.docx"], "damaged"),
        (["two.docx", "-o", "b.docx"], "a folder"),
        (["a.docx", "-o", "no/b.docx"], "cannot be written"),
    ):
        done = command.run("review", *arguments)
        assert done.exit_code == 2 and said in done.stderr and len(done.stderr.splitlines()) == 1, (arguments, done.stderr)
    assert (folder / "a.docx").read_bytes() == data == (folder / "there.docx").read_bytes() and not (folder / "b.docx").exists()
    assert command.run("review", "a.docx", "-o", "there.docx", "--force", "--fail-on", "never").exit_code == 0
    assert len(list(docx.Document(str(folder / "there.docx")).comments)) > 0


def test_a_word_document_in_a_folder_is_checked_and_its_places_told(folder) -> None:
    (folder / "a.docx").write_bytes(wordkit.docx_of(ARTICLES["rehab"]))
    (folder / "~$a.docx").write_bytes(b"Eve")
    done = command.run(".", "--framed", "--no-cache", "--select", "language")
    assert done.exit_code == 0 and "1 file:" in done.stdout and "2:37 │ Is your family torn apart by substance abuse?" not in done.stdout
    assert "2:30 │ Is your family torn apart by substance abuse?" in done.stdout
    (folder / "c.docx").write_bytes(wordkit.docx_of(ARTICLES["clinic"]))
    lines = command.run("c.docx", "--select", "claims").stdout.splitlines()
    assert [line.rsplit(". ", 1)[1] for line in lines if line.startswith("c.docx:15:")] == ["(Under What it may do › How often)"]
    (found,) = json.loads(command.run("a.docx", "--select", "compliance/easy-detox", "--format", "json").stdout)["files"][0]["findings"]
    assert (found["line"], found["column"], found["headings"]) == (3, 1, [])
    command.run("--format", "html", "-o", "report", "a.docx")
    assert '<h4 id="b2">' in next(Path("report").glob("a-docx*")).read_text(encoding="utf-8")
    refused = command.run("fix", "a.docx")
    assert refused.exit_code == 2 and "copycheck review" in refused.stderr


def test_a_damaged_one_is_never_clean(folder) -> None:
    (folder / "a.docx").write_bytes(wordkit.docx_of("Well.")[:500])
    done = command.run("a.docx")
    assert done.exit_code == 2 and "not checked" in done.stdout and "damaged" in done.stdout


@pytest.mark.slow
def test_libreoffice_shows_each_comment(folder) -> None:
    office = shutil.which("soffice")
    if office is None:
        warnings.warn("LibreOffice is not installed: comments were not tried in it (apt-get install libreoffice-writer)", stacklevel=1)
        pytest.skip("no LibreOffice")
    (folder / "a.docx").write_bytes(wordkit.docx_of(ARTICLES["clinic"]))
    command.run("review", "a.docx", "-o", "b.docx")
    options = 'pdf:writer_pdf_Export:{"ExportNotes":{"type":"boolean","value":"true"}}'
    subprocess.run(
        [office, f"-env:UserInstallation=file://{folder}/office", "--headless", "--convert-to", options, "b.docx"],
        check=True,
        capture_output=True,
    )
    shown = (folder / "b.pdf").read_bytes().count(b"/Subtype /Text")
    assert shown == len(list(docx.Document(str(folder / "b.docx")).comments)) > 5

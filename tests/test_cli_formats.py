"""Several reports of one run: which goes where, and what each holds of a real page."""

from __future__ import annotations

import codecs
import json
from pathlib import Path

import pytest
from report_readers import ALL_FORMATS, WORDS, gitlab, html, rdjsonl, sarif

from copycheck import runner
from copycheck.reports import FOLDER
from tests.command import run

PAGE = (
    "# Help\r\n\r\n😴 Treatment for substance abuse.\r\n\r\n<!-- copycheck: ignore language: a name, J. Doe, 2026-01-02 -->\r\n"
    "An addict may call.\r\n\r\nWe help *substance* abuse, and the `x` | y.\r\n"
)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".copycheck.yaml").write_text("select: [language]\nvertical: addiction\npromotional: true\n", encoding="utf-8")
    (tmp_path / "page.md").write_bytes(codecs.BOM_UTF8 + PAGE.encode("utf-8"))
    return tmp_path


def test_each_report_goes_to_the_output_after_it(folder):
    done = run("--format", "sarif", "--output", "a.sarif", "--format", "text", "page.md")
    assert done.exit_code == 0 and "page.md:3:17: warning: language/substance-abuse" in done.stdout
    assert sarif((folder / "a.sarif").read_bytes())["results"]
    done = run("--format", "json", "page.md", "--format", "gitlab", "-o", "b.json", "--format=csv", "-ob.csv")
    assert json.loads(done.stdout)["schema"] == "copycheck/1"
    assert gitlab((folder / "b.json").read_bytes()) and (folder / "b.csv").read_text(encoding="utf-8").startswith('"path"')
    assert run("--format", "json", "-o", "a", "--format", "text", "-o", "b", "page.md").stdout == ""


@pytest.mark.parametrize("arguments", [["-o", "x", "--format", "json"], ["--format", "json", "-o", "x"]])
def test_one_format_and_one_output_belong_together(folder, arguments):
    assert run(*arguments, "page.md").stdout == ""
    assert json.loads((folder / "x").read_text(encoding="utf-8"))["schema"] == "copycheck/1"
    assert run("-o", "y", "page.md").stdout == "" and "Guidance" in (folder / "y").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--format", "json", "--format", "text"], "Only one report can go to standard output"),
        (["-o", "x", "--format", "json", "--format", "text"], "--output x has no --format"),
        (["--format", "json", "-o", "x", "-o", "y"], "--output y has no --format"),
        (["--format", "json", "-o", "x", "--format", "csv", "-o", "x"], "cannot go to the same file"),
        (["--format", "pdf"], "is not one of"),
        (["--format", "json", "-o", "no/x", "--format", "text"], "no/x: the report cannot be written"),
        (["--format", "json", "-o", "."], "--output . is a folder"),
        (["--format", "html"], "--format html writes a folder of pages: name it with --output"),
        (["--format", "html", "-o", "page.md"], "--output page.md is no folder"),
        (["--format", "html", "-o", "page.md/pages"], "page.md/pages: the report cannot be written"),
    ],
)
def test_what_cannot_be_meant_is_refused(folder, arguments, said):
    done = run(*arguments, "page.md")
    assert done.exit_code == 2 and said in done.output and "Traceback" not in done.output


def written(path: Path) -> bytes:
    """A report as it was written; of a folder all files, by name."""
    return b"".join(file.read_bytes() for file in sorted(path.iterdir())) if path.is_dir() else path.read_bytes()


@pytest.mark.parametrize("format_", ALL_FORMATS)
def test_the_format_changes_no_exit_code(folder, format_):
    (folder / "good.md").write_text("We are open.\n", encoding="utf-8")
    for code, arguments in ((0, ["good.md"]), (1, ["--fail-on", "warning", "page.md"]), (2, ["gone.md", "good.md"])):
        done = run("--format", format_, *(["-o", f"{code}"] if format_ == FOLDER else []), *arguments)
        assert done.exit_code == code
        words = WORDS[format_](written(folder / f"{code}") if format_ == FOLDER else done.stdout_bytes)
        assert code < 2 or "no such file" in words


def test_the_cache_and_the_number_of_processes_change_no_byte(folder, monkeypatch):
    for number in range(3):
        (folder / f"more{number}.md").write_text(PAGE[number:] * 3, encoding="utf-8")
    monkeypatch.setattr(runner, "MIN_CHARS_FOR_WORKERS", len(PAGE))
    monkeypatch.setattr(runner, "BATCH", len(PAGE))

    def reports(name: str, *options: str) -> dict[str, bytes]:
        wanted = [part for format_ in ALL_FORMATS for part in ("--format", format_, "-o", f"{name}.{format_}")]
        assert run(*wanted, "--notes", *options, "page.md", "more0.md", "more1.md", "more2.md", "gone.md").exit_code == 2
        return {format_: written(Path(f"{name}.{format_}")) for format_ in ALL_FORMATS}

    alone = reports("a", "--no-cache", "--jobs", "1")
    assert all(alone.values())
    assert alone == reports("b", "--cache-dir", "kept", "--jobs", "2") == reports("c", "--cache-dir", "kept")


def test_a_fix_taken_is_the_same_by_code_points_and_by_bytes(folder):
    """SARIF counts in the one, reviewdog in the other."""
    assert run("--format", "sarif", "-o", "a.sarif", "--format", "rdjsonl", "-o", "a.rdjsonl", "page.md").exit_code == 0
    lines = PAGE.split("\r\n")
    fixes = [result["fixes"][0] for result in sarif(Path("a.sarif").read_bytes())["results"] if "fixes" in result]
    assert len(fixes) == 1  # the other wordings have markup within, or were silenced
    change = fixes[0]["artifactChanges"][0]["replacements"][0]
    place = change["deletedRegion"]
    line = lines[place["startLine"] - 1]
    mended = line[: place["startColumn"] - 1] + change["insertedContent"]["text"] + line[place["endColumn"] - 1 :]
    assert mended == "😴 Treatment for substance use disorder."
    (offer,) = [one["suggestions"][0] for one in rdjsonl(Path("a.rdjsonl").read_bytes()) if "suggestions" in one]
    raw = lines[offer["range"]["start"]["line"] - 1].encode("utf-8")
    start, end = offer["range"]["start"]["column"] - 1, offer["range"]["end"]["column"] - 1
    assert (raw[:start] + offer["text"].encode("utf-8") + raw[end:]).decode("utf-8") == mended


def test_rules_are_described(folder):
    run("--format", "sarif", "-o", "a.sarif", "page.md")
    rules = sarif(Path("a.sarif").read_bytes())["tool"]["driver"]["rules"]
    assert rules and all(rule["shortDescription"]["text"] and rule["help"]["text"] for rule in rules)


def test_a_folder_has_a_page_a_file_and_an_index(folder):
    (folder / "old").mkdir()
    (folder / "old" / "mine.txt").write_text("kept", encoding="utf-8")
    (folder / "good.md").write_text("We are open.\n", encoding="utf-8")
    assert run("--format", "html", "-o", "old", "--format", "json", "page.md", "good.md", "gone.md").exit_code == 2
    good, gone, *others, page_md = sorted(path.name for path in (folder / "old").iterdir())
    assert others == ["index.html", "mine.txt"]
    (index,) = html((folder / "old" / "index.html").read_bytes())
    assert [row.text(deep=True).split()[0] for row in index.css("tbody tr")] == ["gone.md", "page.md", "good.md"]
    assert {link.attributes["href"] for link in index.css("tbody a")} == {good, gone, page_md}
    (page,) = html((folder / "old" / page_md).read_bytes())
    assert [mark.text() for mark in page.css("mark.warning")] == ["substance abuse", "substance abuse"]
    assert [mark.text() for mark in page.css("mark.silenced")] == ["An addict"]
    (silenced,) = page.css(".card.silenced")
    assert "a name, J. Doe, 2026-01-02" in silenced.text() and "Who says so" in silenced.text() and "Ways out" in silenced.text()

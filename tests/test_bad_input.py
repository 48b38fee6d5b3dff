"""Bad input: each gets one clear sentence and the right exit code; the other files are still checked; nothing it holds runs."""

from __future__ import annotations

import json
import os
import socket

import pytest

from copycheck import ruleset
from copycheck.engine import Engine, Item, Settings
from copycheck.ruleset.location import rules_dir
from copycheck.source import Source
from tests.rulekit import load_pipeline
from tests.test_cli import copycheck, run
from tests.work import calls

GOOD = "# Help\n\nTreatment for substance abuse.\n"


@pytest.fixture
def check(tmp_path, monkeypatch):
    (tmp_path / "good.md").write_text(GOOD, encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    def check(name: str, content: bytes | None, *options: str):
        """The exit code and the bad file's entry; the good file beside it is checked as well."""
        if content is not None:
            (tmp_path / name).write_bytes(content)
        done = run("--format", "json", *options, name, "good.md")
        assert done.exception is None or isinstance(done.exception, SystemExit)
        files = {file["path"]: file for file in json.loads(done.stdout)["files"]}
        assert any(finding["rule"].startswith("language/") for finding in files["good.md"]["findings"])
        return done.exit_code, files[name]

    return check


def test_empty_file(check):
    code, file = check("empty.md", b"")
    assert file["error"] is None and file["findings"] == [] and code in (0, 1)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("binary.md", b"\x89PNG\r\n\x00\x00\x01", "binary"),
        ("unclosed.md", b"---\ntitle: x\n\nText.\n", "never closed"),
        ("utf16.md", b"\xff\xfe\x00\xd8\x00\xd8", "byte order mark"),
        ("utf32.md", b"\xff\xfe\0\0P\0\0\0", "UTF-32"),
        ("deep.md", b"- " * 10 + b"Our tea cures cancer.\n", "line 1 stands too deep in lists"),
        ("short.md", b"Ow\n\n" * 50_000, "more than 14,000 paragraphs, bullets, cells"),
        ("short.html", b"<p>Ow" * 12_000, "more than 11,200 paragraphs, bullets, cells"),
        ("code.xyz", b"#include <stdio.h>\nint main() { return 0; }\n", "xyz"),
        ("gone.md", None, "no such file"),
    ],
)
def test_what_cannot_be_checked_is_an_error(check, name, content, said):
    code, file = check(name, content)
    assert code == 2
    assert said in file["error"] and file["findings"] == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"---\ntitle: [x\n---\n", "line"),
        (b"---\na: " + b"[" * 100_000 + b"\n---\n", ""),
        (b"---\na:\n  " + b"- " * 30_000 + b"x\n---\n", ""),
        (b"---\ntitle: x\nbinary: !!binary aGk=\n---\n", ""),
        (
            b"---\na0: &a0 [x, x]\n"
            + b"".join(b"a%d: &a%d [%s]\n" % (n, n, b", ".join([b"*a%d" % (n - 1)] * 10)) for n in range(1, 9))
            + b"author: *a8\n---\n",
            "",
        ),
    ],
    ids=["broken", "nested", "nested in blocks", "tag", "aliases"],
)
def test_the_text_below_broken_front_matter_is_checked_and_the_file_is_an_error(check, content, said):
    code, file = check("broken.md", content + b"\nTreatment for substance abuse.\n")
    assert code == 2
    assert said in file["error"] and "the text below it was checked" in file["error"]
    assert [finding["excerpt"] for finding in file["findings"] if finding["rule"].startswith("language/")] == ["substance abuse"]


def test_a_file_over_the_limit_is_refused_by_name_with_the_setting(check):
    code, file = check("big.md", b"Words and words. " * 300_000)
    assert code == 2 and "max_file_size" in file["error"]


def test_four_megabytes_in_one_line():
    engine = Engine(ruleset.load([rules_dir()]), load_pipeline)
    text = "Massage may ease pain for a while. " * 118_000 + "Treatment for substance abuse."
    (report,) = engine.run([Item("line.txt", Source("line.txt", text), Settings(select=frozenset({"language/substance-abuse"})))])
    assert report.error is None
    assert [text[slice(*finding.span)] for finding in report.findings] == ["substance abuse"]


def test_a_long_line_costs_no_more_than_its_length():
    """Four times the text may cost five times the work, not sixteen times."""
    engine = Engine(ruleset.load([rules_dir()]), load_pipeline)
    work = []
    for count in (10, 10, 40):
        text = "They “stop drinking” with [us](/a) in 3 of 4 cases, and massage may ease pain (for a while). " * count

        def checked(text: str = text, count: int = count) -> None:
            (report,) = engine.run([Item("line.txt", Source("line.txt", text), Settings())])
            assert report.error is None and report.metrics["sentences"] == count

        work.append(calls(checked))
    assert work[2] < 5 * work[1]


@pytest.mark.parametrize(
    "text",
    [
        "# " + "Massage eases pain and " * 1_500,
        "---\ntitle: " + "Massage eases pain and " * 1_500 + "\n---\n\nText.\n",
        "![" + "massage eases pain and " * 1_500 + "](a.jpg)",
        "word" * 8_000,
    ],
    ids=["heading", "title", "alt", "word"],
)
def test_a_block_without_end_is_read(text, monkeypatch):
    """spaCy refuses texts of more than a million characters, here of a hundredth of that: no reader makes a block so long."""
    rules = ruleset.load([rules_dir()])
    monkeypatch.setattr(load_pipeline(rules.components), "max_length", 10_000)
    (report,) = Engine(rules, load_pipeline).run([Item("a.md", Source("a.md", text), Settings(select=frozenset({"language"})))])
    assert report.error is None


HOSTILE = {
    "less-than.html": "<" * 2_000,
    "tags.html": "<a " * 1_500,
    "quoted-tags.html": "<a '" * 1_500,
    "comments.html": "<!--" * 2_000,
    "open.html": "<div>" * 2_000 + "<p>Text",
    "cells.html": "<table><tr><td>" * 1_500,
    "entities.html": "&" * 2_000,
    "brackets.md": "[" * 2_000,
    "images.md": "![" * 1_500,
    "links.md": "[a](" * 2_000,
    "stars.md": "*a " * 1_500,
    "ticks.mdx": "` " * 2_000,
    "quotes.md": "> " * 2_000,
    "braces.mdx": "{" * 2_000,
    "modules.mdx": "import {\n" * 2_000,
    "marks.txt": "Pain eases. " + '"' * 2_000,
    "curly.txt": "“" * 2_000,
    "apostrophes.txt": "a'" * 2_000,
    "stops.txt": "a." * 2_000,
    "word.txt": "a" * 2_000,
    "digits.txt": "1," * 2_000,
    "php.php": "<?php " * 2_000,
    "blade.blade.php": "@if((" * 2_000,
    "liquid.md": "{{ " * 2_000 + "{% " * 2_000,
    "blank.md": "\n" * 2_000,
    "spaces.md": "a" + " " * 2_000 + "b",
    "nul.md": "a\0" * 3 + "b" * 1_500,
}


def test_hostile_files_are_checked_or_refused_one_by_one(tmp_path, monkeypatch):
    for name, text in HOSTILE.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "good.md").write_text(GOOD, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    done = run("--format", "json", ".")
    assert isinstance(done.exception, SystemExit)
    files = {file["path"]: file for file in json.loads(done.stdout)["files"]}
    assert set(files) == {*HOSTILE, "good.md"}
    assert {name for name, file in files.items() if file["error"]} == {"nul.md"}
    assert "binary" in files["nul.md"]["error"] and done.exit_code == 2
    assert any(finding["rule"].startswith("language/") for finding in files["good.md"]["findings"])


def test_brackets_in_a_sentence(check):
    code, file = check("brackets.md", b"Pain " + b"(" * 20_000 + b" eases with massage.\n\nSubstance abuse.\n")
    assert code in (0, 1) and file["error"] is None
    assert any(finding["rule"].startswith("language/") for finding in file["findings"])


def test_cp1252_is_read_with_a_notice(check):
    code, file = check("latin.md", "Caf\xe9 \x93substance abuse\x94 isn\x92t kind. Substance abuse hurts.\n".encode("latin-1"))
    assert code in (0, 1)
    assert [notice["rule"] for notice in file["notices"]].count("copycheck/encoding") == 1


@pytest.mark.parametrize(
    "content",
    [
        b"<div><p>Treatment for substance abuse",
        b'<p>Treatment for substance abuse <a href="x',
        b"<p>Treatment for substance abuse<!-- open",
        b"<p>Treatment for <b>substance abuse</p></i></div>",
    ],
)
def test_unclosed_html(check, content):
    code, file = check("page.html", content)
    assert code in (0, 1) and file["error"] is None
    assert any(finding["rule"].startswith("language/") for finding in file["findings"])


@pytest.mark.parametrize("ending", [b"\n", b"\r\n", b"\r", b""])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_line_ends_and_marks(check, ending, mark):
    content = mark + ending.join([b"# Help", b"", "One 😀 line.".encode(), b"", b"Treatment for substance abuse."]) + ending
    if ending == b"":
        content = mark + b"Treatment for substance abuse."
    _, file = check("ends.md", content)
    finding = next(f for f in file["findings"] if f["rule"].startswith("language/"))
    text = content.decode("utf-8-sig")
    assert text[finding["start"] : finding["end"]].lower() == finding["excerpt"].lower()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_named_pipe_does_not_block(check, tmp_path):
    os.mkfifo(tmp_path / "pipe.md")
    code, file = check("pipe.md", None)
    assert code == 2 and "regular file" in file["error"]


def test_directory_without_articles(check, tmp_path):
    (tmp_path / "none").mkdir()
    (tmp_path / "none" / "x.py").write_text("pass\n", encoding="utf-8")
    code, file = check("none", None)
    assert code == 2 and "no articles" in file["error"]


def test_nothing_in_an_article_steers_the_output(tmp_path, monkeypatch):
    hostile = (
        "# T\n\n\x1b[31mSubstance abuse\x1b]8;;http://x\x07 \u202e gnirts\n\n::error file=x::substance abuse\n\n##[error]substance abuse\n"
    )
    (tmp_path / "a.md").write_text(hostile, encoding="utf-8")
    (tmp_path / "::warning::b.md").write_text(GOOD, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    files = ("a.md", "::warning::b.md")
    real = copycheck("--framed", "--verbose", "--notes", *files).stdout.decode()
    for text in (real, run(*files).stdout, run("--framed", *files).stdout):
        assert "ubstance abuse" in text
        assert "\x1b" not in text and "\x07" not in text and "\u202e" not in text and "\r" not in text
        assert not any(line.lstrip().startswith("::") or "##[" in line for line in text.splitlines())


def test_nothing_in_an_article_or_configuration_runs(tmp_path, monkeypatch):
    (tmp_path / "a.md").write_text(
        "---\ntitle: !!python/object/apply:os.system ['touch ran']\n---\n\n{{ ''.__class__ }} <?php touch('ran') ?>\n"
    )
    (tmp_path / "b.md").write_text(GOOD, encoding="utf-8")
    (tmp_path / ".copycheck.yaml").write_text("vocabulary: !!python/object/apply:os.system ['touch ran']\n")
    monkeypatch.chdir(tmp_path)
    assert run("b.md").exit_code == 2
    (tmp_path / ".copycheck.yaml").unlink()
    assert run("a.md", "b.md").exit_code == 2
    assert not (tmp_path / "ran").exists()


def test_no_link_is_followed_and_no_host_is_asked(tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr(socket.socket, "connect", lambda *asking: asked.append(asking))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *asking, **_: asked.append(asking))
    text = "Rest [eases back pain](https://a.test/study), says doi:10.1000/182. ![Bed](http://b.test/bed.png)\n\n<script src=//c.test/x.js></script>\n"
    (tmp_path / "a.md").write_text(text * 3, encoding="utf-8")
    for more in (["--format", "json"], ["--format", "html", "--output", str(tmp_path / "report")]):
        assert run("--no-cache", *more, str(tmp_path / "a.md")).exit_code in (0, 1)
    assert not asked


def test_several_bad_rule_files_are_told_at_once(tmp_path, monkeypatch):
    (tmp_path / "own" / "language").mkdir(parents=True)
    for name in ("a", "b"):
        (tmp_path / "own" / "language" / f"{name}.yaml").write_text("kind: pattern\nseverty: error\n", encoding="utf-8")
    (tmp_path / ".copycheck.yaml").write_text("rule_folders: [own]\n", encoding="utf-8")
    (tmp_path / "good.md").write_text(GOOD, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    done = run("good.md")
    assert done.exit_code == 2
    assert done.stderr.count("severty: unknown key; did you mean `severity`?") == 2

"""The documentation: every command line that it shows is one that the program takes."""

from __future__ import annotations

import ast
import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import docx
import pytest

from copycheck.cli import cli
from copycheck.cli.group import Defaulting
from tests import checkout
from tests.command import run

ROOT = Path(__file__).parent.parent
PAGES = (
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")),
    *sorted((ROOT / "docs").glob("*.md")),
    ROOT / "docs/worked/README.md",
)
OTHERS = (ROOT / "Dockerfile", ROOT / "action.yml", *sorted((ROOT / ".github").rglob("*.yml")))
STARTS = re.compile(r"^\s*(?:- )?(?:run: |script: |# )?(?:[\w./]+/)?(copycheck .+)$")
PLACEHOLDER = re.compile(r"…|\b[A-Z]{4,}\b")


def parts(text: str) -> tuple[str, str]:
    """The lines of fenced blocks but of output and data, and the text without any block."""
    blocks, rest, kind = [], [], None
    for line in text.splitlines():
        fence = re.match(r"\s*```(\w*)", line)
        if fence:
            kind = fence[1] if kind is None else None
        elif kind is None:
            rest.append(line)
        elif kind not in ("text", "json"):
            blocks.append(line)
    return "\n".join(blocks).replace("\\\n", " "), "\n".join(rest)


def shown() -> Iterator[tuple[str, str, bool]]:
    """Page and command line, and whether it is complete, being a line of a block; spans of code may only name a command."""
    for page in PAGES:
        blocks, rest = parts(page.read_text("utf-8"))
        for line in blocks.splitlines():
            if found := STARTS.match(line.rpartition("&& ")[2]):
                yield page.relative_to(ROOT).as_posix(), found[1], True
        for span in re.findall(r"`(copycheck [^`]+)`", rest):
            yield page.relative_to(ROOT).as_posix(), " ".join(span.split()), False
    for path in OTHERS:
        for span in re.findall(r"`(copycheck [^`]+)`", path.read_text("utf-8")):
            yield path.name, span, False


COMMANDS = sorted(set(shown()))


def words(line: str) -> list[str]:
    """The arguments of a command line, up to what the shell takes for itself."""
    lexer = shlex.shlex(line, posix=True, punctuation_chars=True)
    lexer.whitespace_split = True
    found: list[str] = []
    for word in lexer:
        if set(word) <= set("><|&;"):
            break
        found.append(word)
    return found[1:]


def take(arguments: list[str]) -> None:
    """Let click read a command line without running the command. Raises ClickException."""
    command: click.Command = cli
    rest = arguments
    while isinstance(command, click.Group):
        if isinstance(command, Defaulting) and (not rest or rest[0] not in command.commands):
            rest = [command.default, *rest]
        if rest[0] not in command.commands:
            raise click.UsageError(f"no such command: {rest[0]}")
        command, rest = command.commands[rest[0]], rest[1:]
    command.make_context(command.name, rest)


def test_the_documentation_shows_commands() -> None:
    assert len(COMMANDS) > 40 and {page for page, _, _ in COMMANDS} >= {
        "README.md",
        "docs/ci.md",
        "docs/adoption.md",
        "docs/configuration.md",
    }


@pytest.mark.parametrize(("page", "line", "complete"), COMMANDS)
def test_a_command_that_is_shown_is_one(page: str, line: str, complete: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for folder in ("my-rules", "rules"):
        (tmp_path / folder).mkdir()
    try:
        take(words(line))
    except click.MissingParameter:
        assert not complete
    except click.BadParameter:
        assert PLACEHOLDER.search(line)


@pytest.mark.parametrize(
    "line", ["copycheck --fromat json a.md", "copycheck baseline writ x", "copycheck rules --notes", "copycheck test none"]
)
def test_a_command_that_is_none_is_told(line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(click.UsageError):
        take(words(line))


@pytest.mark.parametrize("page", ["README.md", "docs/adoption.md"])
def test_the_commands_of_a_page_run_in_their_order(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a repository with the files that they name, none ends as one that could not be run; some would never end."""
    monkeypatch.chdir(tmp_path)
    rule = next(block for block in re.findall(r"^```yaml\n(.*?)^```$", (ROOT / "CONTRIBUTING.md").read_text("utf-8"), re.M | re.S))
    article = "# Help\n\nTreatment for substance abuse. Ask for a apointment; our braces cure gout.\n"
    names = ("article.md", "a.md", "content/a.md", "docs/sample/article.txt", "my-rules/compliance/glowing-skin.yaml")
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(rule if name.endswith(".yaml") else article, "utf-8")
    document = docx.Document()
    document.add_paragraph("Our braces cure gout.")
    document.save("article.docx")
    who = {f"GIT_{role}_{what}": "a@example.org" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    for command in (("init", "-q"), ("add", "."), ("commit", "-q", "-m", "Old pages")):
        checkout.succeed("git", *command, cwd=tmp_path, **who)
    for _, line, complete in (one for one in shown() if one[0] == page):
        arguments = ["HEAD" if word.startswith("$(git ") else word for word in words(line)]
        if complete and arguments[0] not in ("serve", "lsp", "audit"):
            done = run(*arguments, stdin=b"s\n" * 9)
            assert done.exit_code in (0, 1), (line, done.output)


def test_nothing_that_is_not_there_is_named() -> None:
    """Until the first release there is no address, tag or package, so no recipe names one; then this test goes."""
    named = re.compile(r"\bOWNER\b|URL-of|rev: v|copycheck@|install[^\n]* '?copycheck-health")
    files = [*PAGES, ROOT / "editors/vscode/README.md", *(ROOT / "docs/worked/site").rglob("*.y*ml")]
    assert not [(path.name, found) for path in files if path.name != "CHANGELOG.md" for found in named.findall(path.read_text("utf-8"))]


def blocks(page: str, kind: str) -> list[str]:
    """The blocks of a kind on a page of docs, in order."""
    return re.findall(rf"^```{kind}\n(.*?)^```$", (ROOT / "docs" / page).read_text("utf-8"), re.M | re.S)


def holds(shown: Any, real: Any) -> bool:
    """What is shown of JSON is there: of a mapping some keys, of a list its first members."""
    if isinstance(shown, dict):
        return isinstance(real, dict) and all(key in real and holds(value, real[key]) for key, value in shown.items())
    return all(map(holds, shown, real)) if isinstance(shown, list) and shown else bool(shown == real)


def test_the_reports_that_are_shown_are_what_the_commands_say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".copycheck.yaml").touch()
    for path in ("pages/article.md", "content/massage.md"):
        (tmp_path / path).parent.mkdir()
        (tmp_path / path).write_text(blocks("report.md", "markdown")[0], "utf-8")
    command = ["--select", "compliance,language", "pages/article.md"]
    framed, lines = blocks("report.md", "text")
    assert run("--framed", *command).stdout == framed
    assert run(*command).output == lines
    (shown,) = blocks("report.md", "json")
    assert holds(json.loads(shown), json.loads(run("--format", "json", *command).stdout))
    run("baseline", "write", "--select", "compliance,language", "content")
    assert blocks("adoption.md", "json") == [(tmp_path / ".copycheck-baseline.json").read_text("utf-8")]


def test_the_notebook_shows_what_its_lines_give() -> None:
    names: dict[str, Any] = {}
    shown = 0
    for line in blocks("notebook.md", "python")[0].splitlines():
        code, mark, said = line.partition("  # ")
        if mark:
            assert eval(code, names) == ast.literal_eval(said)
            shown += 1
        else:
            exec(line, names)
    assert shown == 2


def test_links_within_the_documentation_lead_somewhere() -> None:
    broken = []
    for page in (*PAGES, ROOT / "CODE_OF_CONDUCT.md"):
        for target in re.findall(r"\]\(([^)#\s:]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
            if not (page.parent / target).exists():
                broken.append(f"{page.name}: {target}")
    assert not broken


def test_each_threat_names_tests_that_there_are() -> None:
    rows = re.findall(r"^\| (.+?) \| .+ \| (.+) \|$", (ROOT / "SECURITY.md").read_text("utf-8"), re.MULTILINE)[2:]  # below the head
    assert len(rows) > 20
    for threat, held in rows:
        names = re.findall(r"`(?:tests/)?(\w+)`", held)
        assert names, threat
        for name in names:
            path = ROOT / "tests" / name
            assert path.is_dir() or "\ndef test_" in path.with_suffix(".py").read_text("utf-8"), (threat, name)

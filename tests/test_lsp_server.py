"""Server: a real client drives it over standard input and output; one server for all tests."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Coroutine, Iterator
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types as lsp
from pygls.lsp.client import LanguageClient
from pygls.workspace import PositionCodec

from copycheck.lsp.server import range_of
from copycheck.source import Source, Span

PATIENCE = 240  # seconds; machines are busy
COPY = "# 😴 Rest\n\n- 😴 Teh addict may call.\n\nZinc cures gout.\n"


class Editor:
    """An editor with one file at a time; everything that it hears of the server, in order."""

    def __init__(self, loop: asyncio.AbstractEventLoop, home: Path) -> None:
        self.loop, self.home = loop, home
        self.client = LanguageClient("editor", "1")
        self.heard: list[lsp.PublishDiagnosticsParams] = []
        self.client.feature(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(lambda params: self.heard.append(params))
        self.versions: dict[str, int] = {}

    def do(self, work: Coroutine[Any, Any, Any]) -> Any:
        return self.loop.run_until_complete(asyncio.wait_for(work, PATIENCE))

    async def start(self) -> lsp.InitializeResult:
        await self.client.start_io(sys.executable, "-m", "copycheck", "lsp", "--stdio", cwd=self.home)
        started = await self.client.initialize_async(
            lsp.InitializeParams(lsp.ClientCapabilities(), initialization_options={"person": "J. Doe"})
        )
        self.client.initialized(lsp.InitializedParams())
        return started

    def uri(self, name: str) -> str:
        return (self.home / name).as_uri()

    def open(self, name: str, text: str) -> None:
        self.versions[name] = 1
        item = lsp.TextDocumentItem(self.uri(name), "markdown", 1, text)
        self.client.text_document_did_open(lsp.DidOpenTextDocumentParams(item))

    def change(self, name: str, text: str) -> None:
        self.versions[name] += 1
        document = lsp.VersionedTextDocumentIdentifier(self.versions[name], self.uri(name))
        changes = [lsp.TextDocumentContentChangeWholeDocument(text)]
        self.client.text_document_did_change(lsp.DidChangeTextDocumentParams(document, changes))

    def save(self, name: str) -> None:
        self.client.text_document_did_save(lsp.DidSaveTextDocumentParams(lsp.TextDocumentIdentifier(self.uri(name))))

    async def next(self, name: str, after: int) -> list[lsp.Diagnostic]:
        """What is told of the newest text of a file, in what is heard after so many messages."""
        while True:
            for params in self.heard[after:]:
                if params.uri == self.uri(name) and params.version == self.versions[name]:
                    return list(params.diagnostics)
            await asyncio.sleep(0.01)

    def told(self, name: str, text: str) -> list[lsp.Diagnostic]:
        """What is told of a text, opened or changed."""
        after = len(self.heard)
        (self.change if name in self.versions else self.open)(name, text)
        return self.do(self.next(name, after))  # type: ignore[no-any-return]

    async def hover(self, name: str, line: int, character: int) -> lsp.Hover | None:
        where = lsp.HoverParams(lsp.TextDocumentIdentifier(self.uri(name)), lsp.Position(line, character))
        return await self.client.text_document_hover_async(where)

    def completed(self, name: str, before: str) -> list[lsp.TextEdit]:
        """What is offered at the end of a text, opened or changed."""
        (self.change if name in self.versions else self.open)(name, before)
        end = lsp.Position(before.count("\n"), len(before.rpartition("\n")[2]))
        params = lsp.CompletionParams(lsp.TextDocumentIdentifier(self.uri(name)), end)
        offered = self.do(self.client.text_document_completion_async(params))
        return [item.text_edit for item in offered]

    def actions(self, name: str, line: int, start: int, end: int, only: list[str] | None = None) -> list[lsp.CodeAction]:
        where = lsp.Range(lsp.Position(line, start), lsp.Position(line, end))
        document = lsp.TextDocumentIdentifier(self.uri(name))
        params = lsp.CodeActionParams(document, where, lsp.CodeActionContext([], only))
        return self.do(self.client.text_document_code_action_async(params)) or []  # type: ignore[return-value]


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    home = tmp_path_factory.mktemp("site")
    (home / ".copycheck.yaml").write_text("select: [language, typos, compliance]\n", encoding="utf-8")
    loop = asyncio.new_event_loop()
    made = Editor(loop, home)
    started = made.do(made.start())
    assert started.capabilities.position_encoding == lsp.PositionEncodingKind.Utf16
    yield made
    made.do(made.client.shutdown_async(None))
    made.client.exit(None)
    process = made.client._server
    assert process is not None
    assert made.do(process.wait()) == 0
    assert made.do(process.stderr.read()) == b""
    made.do(made.client.stop())
    loop.close()


def by_rule(diagnostics: list[lsp.Diagnostic]) -> dict[Any, lsp.Diagnostic]:
    return {diagnostic.code: diagnostic for diagnostic in diagnostics}


def test_it_answers_while_it_checks_and_the_newest_text_supersedes_the_older(editor: Editor) -> None:
    """The first check loads the model and the rules: no page is slower. Meanwhile the editor is answered, and types on."""
    editor.open("first.md", "Zinc cures gout.\n")

    async def type_on() -> lsp.Hover | None:
        await asyncio.sleep(0.5)  # the check has begun
        for number in range(5):
            editor.change("first.md", f"Zinc cures gout. An addict may call {number}.\n")
        return await editor.hover("first.md", 0, 0)

    assert editor.do(type_on()) is None and not editor.heard
    diagnostics = editor.do(editor.next("first.md", 0))
    assert [params.version for params in editor.heard] == [6]
    assert {"compliance/cure", "language/addiction-labels"} <= by_rule(diagnostics).keys()


def test_findings_stand_at_their_words_in_utf_16(editor: Editor) -> None:
    found = by_rule(editor.told("a.md", COPY))
    label, typo = found["language/addiction-labels"], found["typos/misspelling"]
    assert str(typo.range) == "2:5-2:8"
    assert str(label.range) == "2:9-2:15" and label.severity == lsp.DiagnosticSeverity.Warning and label.source == "copycheck"
    assert label.code_description and label.code_description.href.startswith("https://")
    assert found["compliance/cure"].severity == lsp.DiagnosticSeverity.Error


@pytest.mark.parametrize(("encoding", "columns"), [("utf-8", (5, 9)), ("utf-16", (3, 7)), ("utf-32", (2, 6))])
def test_columns_are_counted_as_the_editor_asks(encoding: str, columns: tuple[int, int]) -> None:
    made = range_of(Source("a.md", "one\n😴 then\n"), Span(6, 10), PositionCodec(encoding))
    assert (made.start.line, made.start.character, made.end.character) == (1, *columns)


def test_a_name_that_an_address_spells_in_another_way_is_a_name(editor: Editor) -> None:
    """As do the names of the tests below, and every path on Windows (`c%3A`)."""
    assert "%20" in editor.uri("100 % rest.md") and "compliance/cure" in by_rule(editor.told("100 % rest.md", COPY))


def test_typing_changes_what_is_told(editor: Editor) -> None:
    assert "compliance/cure" in by_rule(editor.told("typed.md", COPY))
    assert "compliance/cure" not in by_rule(editor.told("typed.md", COPY.replace("cures", "is a metal, not")))


def test_hover_says_the_rule_and_its_authority(editor: Editor) -> None:
    editor.told("Über uns.md", COPY)
    hover = editor.do(editor.hover("Über uns.md", 2, 11))
    assert isinstance(hover.contents, lsp.MarkupContent) and str(hover.range) == "2:9-2:15"
    assert hover.contents.value.count("Guidance, not legal advice.") == 1
    for part in ("`language/addiction-labels`", "What clears it:", "](https://", "> “", "Guidance, not legal advice."):
        assert part in hover.contents.value
    assert editor.do(editor.hover("Über uns.md", 0, 0)) is None


def edits(editor: Editor, name: str, action: lsp.CodeAction) -> list[tuple[str, str]]:
    assert action.edit and action.edit.changes
    return [(str(edit.range), edit.new_text) for edit in action.edit.changes[editor.uri(name)]]


def test_quick_fixes_and_silencing(editor: Editor) -> None:
    editor.told("fix (2).md", COPY)
    fix, *others = editor.actions("fix (2).md", 2, 6, 6)
    assert fix.title == "Change to “The”" and fix.is_preferred and edits(editor, "fix (2).md", fix) == [("2:5-2:8", "The")]
    (silence,) = [action for action in others if action.title.startswith("Silence typos/misspelling here")]
    ((where, text),) = edits(editor, "fix (2).md", silence)
    assert where == "2:0-2:0" and text.startswith("<!-- copycheck: ignore typos/misspelling: reason, J. Doe, 2")
    (all_safe,) = editor.actions("fix (2).md", 0, 0, 0, only=["source.fixAll"])
    assert edits(editor, "fix (2).md", all_safe) == [("2:5-2:8", "The")]
    editor.change("fix (2).md", "Rest.\n" + COPY)
    assert editor.actions("fix (2).md", 2, 6, 6) == []  # until that text is checked, nothing is known of it


def test_a_broken_configuration_is_shown_and_never_a_clean_page(editor: Editor) -> None:
    inner = editor.home / "inner"
    inner.mkdir()
    configuration, text = inner / ".copycheck.yaml", "A calm page.\n"
    configuration.write_text("prest: clinic\n", encoding="utf-8")
    (told,) = editor.told("inner/our page.md", text)
    assert told.severity == lsp.DiagnosticSeverity.Error and "did you mean `preset`?" in told.message
    (told,) = editor.told("inner/.copycheck.yaml", "preset: clinic\nrules: 3\n")
    assert str(told.range) == "1:0-1:8"
    assert editor.told("inner/.copycheck.yaml", "preset: clinic\n") == []
    configuration.write_text("preset: clinic\nselect: [language]\n", encoding="utf-8")
    after = len(editor.heard)
    editor.save("inner/.copycheck.yaml")
    assert editor.do(editor.next("inner/our page.md", after)) == []


RULE = "kind: metric\nseverity: warning\nmetric: words\nlimits:\n  blog: 900\n"


@pytest.mark.parametrize(
    ("name", "before", "expected"),
    [
        (".copycheck.yaml", "pre", {"preset: ", "fail_on: ", "overrides: "}),
        (".copycheck.yaml", "fail_on: w", {"error", "warning", "info", "never"}),
        (".copycheck.yaml", "# 😴\nsite:\n  carries:\n    - adv", {"advice", "dshea"}),
        (".copycheck.yaml", "overrides:\n  - paths: [a/**]\n    promotional: ", {"true", "false"}),
        (".copycheck.yaml", "select: [claims, compliance/c", {"compliance", "compliance/cure"}),
        (".copycheck.yaml", "rules:\n  lang", {"language: ", "language/addiction-labels: "}),
        (".copycheck.yaml", "rules:\n  language: o", {"off", "info"}),
        ("house/readability/length.yaml", RULE + "lev", {"level: ", "authority: "}),
        ("house/readability/length.yaml", RULE + "level: ", {"document", "section", "paragraph", "sentence"}),
        ("house/readability/length.yaml", RULE + "applies:\n  vertical: [den", {"dental", "any"}),
        ("house/readability/length.yaml", "kind: m", {"metric", "pattern"}),
    ],
)
def test_configuration_and_rule_files_are_completed(editor: Editor, name: str, before: str, expected: set[str]) -> None:
    place = editor.home / "completed"
    place.mkdir(exist_ok=True)
    (place / ".copycheck.yaml").write_text("rule_folders: [house]\n", encoding="utf-8")
    offered = editor.completed(f"completed/{name}", before)
    assert expected <= {edit.new_text for edit in offered}
    assert offered[0].range.end.character - offered[0].range.start.character == len(before.splitlines()[-1].split(" ")[-1].lstrip("["))


@pytest.mark.parametrize(
    ("name", "before"),
    [("a.md", "pre"), ("content/compliance/tea.yaml", "ki"), (".copycheck.yaml", "# pre"), (".copycheck.yaml", "fail_on: error\n  in")],
)
def test_nothing_else_is_completed(editor: Editor, name: str, before: str) -> None:
    assert editor.completed(f"completed/{name}", before) == []


def test_a_rule_is_completed_by_its_kind(editor: Editor) -> None:
    offered = [edit.new_text for edit in editor.completed("completed/house/readability/length.yaml", RULE + "x")]
    assert "limits: " in offered and "patterns: " not in offered


def test_a_file_that_is_closed_shows_nothing(editor: Editor) -> None:
    assert editor.told("closed one.md", COPY)
    after = len(editor.heard)
    editor.client.text_document_did_close(lsp.DidCloseTextDocumentParams(lsp.TextDocumentIdentifier(editor.uri("closed one.md"))))

    async def cleared() -> lsp.PublishDiagnosticsParams:
        while len(editor.heard) == after:
            await asyncio.sleep(0.01)
        return editor.heard[after]

    params = editor.do(cleared())
    assert (params.uri, list(params.diagnostics)) == (editor.uri("closed one.md"), [])

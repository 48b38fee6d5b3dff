"""Server: the language server; articles are checked in a thread of their own, the newest text of each only."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import NamedTuple

from lsprotocol import types as lsp
from pygls.lsp.server import LanguageServer
from pygls.workspace import PositionCodec

from copycheck import __version__
from copycheck.findings import Severity
from copycheck.lsp import edits
from copycheck.lsp.checker import Checked, Checker
from copycheck.lsp.completion import choices
from copycheck.lsp.memory import give_back
from copycheck.reports.entries import Entry
from copycheck.reports.wording import GUIDANCE
from copycheck.source import Source, Span

PAUSE = 0.2
"""Seconds without a keystroke after which a text is checked."""
_SEVERITIES = {
    Severity.error: lsp.DiagnosticSeverity.Error,
    Severity.warning: lsp.DiagnosticSeverity.Warning,
    Severity.info: lsp.DiagnosticSeverity.Information,
}
_FORMATS = {"markdown": "markdown", "mdx": "mdx", "html": "html", "plaintext": "text"}
_SETTINGS = (".yaml", ".yml", ".toml", ".json", ".txt")  # files that may decide what holds for others
_ACTIONS = (lsp.CodeActionKind.QuickFix, "source.fixAll.copycheck")
_LINE = re.compile(r"Line (\d+): ")  # begins a notice on a directive


class Shown(NamedTuple):
    """What the editor shows of a version of a text."""

    version: int | None
    checked: Checked
    entries: tuple[tuple[Entry, lsp.Diagnostic], ...]


class Server(LanguageServer):
    """`today` gives the date. What the editor sets at the start: `person`, who signs directives; `notes`, whether notes are shown."""

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__("copycheck", __version__, lsp.TextDocumentSyncKind.Full)
        self.checker = Checker(today)
        self.person, self.notes = "", True
        self.shown: dict[str, Shown] = {}
        self._timers: dict[str, asyncio.TimerHandle] = {}
        self._waiting: SimpleQueue[tuple[str, asyncio.AbstractEventLoop]] = SimpleQueue()
        Thread(target=self._work, daemon=True).start()

    def schedule(self, uri: str, pause: float = PAUSE) -> None:
        """Check a text once nothing has been typed for a while."""
        loop = asyncio.get_running_loop()
        if uri in self._timers:
            self._timers[uri].cancel()
        self._timers[uri] = loop.call_later(pause, self._waiting.put, (uri, loop))

    def close(self, uri: str) -> None:
        """Forget a text."""
        if timer := self._timers.pop(uri, None):
            timer.cancel()
        self.shown.pop(uri, None)
        self.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri, []))

    def _work(self) -> None:
        """The thread that checks: one text after the other, so that nothing in it is used twice at once."""
        while True:
            uri, loop = self._waiting.get()
            document = self.workspace.get_text_document(uri)
            if document.version is None:  # it is no longer open
                continue
            version, text = document.version, document.source
            self.checker.is_current = lambda uri=uri, version=version: self.is_newest(uri, version)  # type: ignore[misc]
            format_ = None if uri.startswith("file:") else _FORMATS.get(document.language_id or "")
            checked = self.checker.check(Path(document.path), text, format_)
            loop.call_soon_threadsafe(self._show, uri, version, Source(document.path, text), checked)
            give_back()

    def is_newest(self, uri: str, version: int | None) -> bool:
        return self.workspace.get_text_document(uri).version == version

    def _show(self, uri: str, version: int | None, source: Source, checked: Checked) -> None:
        """Send what was found, unless the text has changed since: then its next version is about to be checked."""
        if not self.is_newest(uri, version):
            return
        entries = [entry for entry in checked.entries if self.notes or entry.kind != "finding" or entry.severity > Severity.info]
        shown = tuple((entry, self._diagnostic(uri, source, entry)) for entry in entries)
        self.shown[uri] = Shown(version, checked, shown)
        diagnostics = [diagnostic for _, diagnostic in shown]
        self.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri, diagnostics, version))

    def _diagnostic(self, uri: str, source: Source, entry: Entry) -> lsp.Diagnostic:
        codec, finding = self.workspace.position_codec, entry.finding
        return lsp.Diagnostic(
            range_of(source, _underlined(entry), codec),
            entry.message,
            _SEVERITIES[entry.severity],
            entry.rule,
            lsp.CodeDescription(finding.help) if finding and finding.help else None,
            "copycheck",
            related_information=[
                lsp.DiagnosticRelatedInformation(lsp.Location(uri, range_of(source, span, codec)), "here too")
                for span in (finding.related if finding else ())
            ],
        )

    def at(self, uri: str, where: lsp.Range) -> Iterator[tuple[Checked, Entry, lsp.Diagnostic]]:
        """What is shown at a place, if that is still what the text says."""
        shown = self.shown.get(uri)
        if shown and self.is_newest(uri, shown.version):
            for entry, diagnostic in shown.entries:
                if diagnostic.range.start <= where.end and where.start <= diagnostic.range.end:
                    yield shown.checked, entry, diagnostic

    def edit(self, uri: str, checked: Checked, changes: list[edits.Edit]) -> lsp.WorkspaceEdit:
        assert checked.item is not None and checked.item.source is not None
        source, codec = checked.item.source, self.workspace.position_codec
        return lsp.WorkspaceEdit({uri: [lsp.TextEdit(range_of(source, change.span, codec), change.text) for change in changes]})


def range_of(source: Source, span: Span, codec: PositionCodec) -> lsp.Range:
    """A span of a text in the units that the editor counts in."""

    def position(offset: int) -> lsp.Position:
        line, column = source.location(offset)
        return lsp.Position(line - 1, codec.client_num_units(source.text[offset - column + 1 : offset]))

    return lsp.Range(position(span.start), position(span.end))


def _underlined(entry: Entry) -> Span:
    """The words that show what is meant; the line that is spoken of, else the first, for what has no place."""
    if entry.span and entry.finding:
        return entry.finding.pointed
    told = _LINE.match(entry.message)
    return entry.source.line_span(int(told[1]) if told else 1)


def make(today: Callable[[], date]) -> Server:
    """The server with what it answers to."""
    server = Server(today)

    @server.feature(lsp.INITIALIZE)
    def initialize(ls: Server, params: lsp.InitializeParams) -> None:
        options = params.initialization_options if isinstance(params.initialization_options, dict) else {}
        ls.person, ls.notes = str(options.get("person") or ""), options.get("notes") is not False

    @server.feature(lsp.TEXT_DOCUMENT_DID_OPEN)
    def opened(ls: Server, params: lsp.DidOpenTextDocumentParams) -> None:
        ls.schedule(params.text_document.uri, 0)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)
    def changed(ls: Server, params: lsp.DidChangeTextDocumentParams) -> None:
        ls.schedule(params.text_document.uri)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)
    def closed(ls: Server, params: lsp.DidCloseTextDocumentParams) -> None:
        ls.close(params.text_document.uri)

    @server.feature(lsp.TEXT_DOCUMENT_DID_SAVE)
    def saved(ls: Server, params: lsp.DidSaveTextDocumentParams) -> None:
        if params.text_document.uri.endswith(_SETTINGS):
            anew(ls)

    @server.feature(lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def watched(ls: Server, params: lsp.DidChangeWatchedFilesParams) -> None:
        anew(ls)

    def anew(ls: Server) -> None:
        for document in ls.workspace.text_documents.values():  # its keys are not what the editor calls them
            ls.schedule(document.uri, 0)

    @server.feature(lsp.TEXT_DOCUMENT_HOVER)
    def hover(ls: Server, params: lsp.HoverParams) -> lsp.Hover | None:
        found = list(ls.at(params.text_document.uri, lsp.Range(params.position, params.position)))
        texts = [text for checked, entry, _ in found if (text := checked.describe(entry))]
        if not texts:
            return None
        told = "\n\n---\n\n".join([*dict.fromkeys(texts), GUIDANCE])
        return lsp.Hover(lsp.MarkupContent(lsp.MarkupKind.Markdown, told), found[0][2].range)

    @server.feature(lsp.TEXT_DOCUMENT_COMPLETION)
    def completion(ls: Server, params: lsp.CompletionParams) -> list[lsp.CompletionItem]:
        document, where = ls.workspace.get_text_document(params.text_document.uri), params.position
        if not document.path.endswith((".yaml", ".yml")):
            return []
        at = ls.workspace.position_codec.position_from_client_units(document.lines, where)
        before = [line.rstrip("\r\n") for line in [*document.lines, ""][: at.line + 1]]
        word, offered = choices(Path(document.path), [*before[:-1], before[-1][: at.character]])
        begun = lsp.Range(lsp.Position(where.line, where.character - len(word)), where)
        return [
            lsp.CompletionItem(choice.text.rstrip(": "), documentation=choice.meaning or None, text_edit=lsp.TextEdit(begun, choice.text))
            for choice in offered
        ]

    @server.feature(lsp.TEXT_DOCUMENT_CODE_ACTION, lsp.CodeActionOptions(_ACTIONS))
    @server.thread()  # they read the page anew
    def actions(ls: Server, params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
        uri, only = params.text_document.uri, params.context.only or [lsp.CodeActionKind.QuickFix]
        found: list[lsp.CodeAction] = []
        shown = ls.shown.get(uri)
        if any(_ACTIONS[1].startswith(kind) for kind in only) and shown and ls.is_newest(uri, shown.version):
            changes = edits.all_safe(shown.checked)
            if changes:
                found.append(lsp.CodeAction("Take all sure corrections", _ACTIONS[1], edit=ls.edit(uri, shown.checked, changes)))
        if any(lsp.CodeActionKind.QuickFix.value.startswith(kind) for kind in only):
            for checked, entry, diagnostic in ls.at(uri, params.range):
                if entry.finding is None or checked.item is None:
                    continue
                offered = edits.corrections(checked, entry)
                silence = edits.silencing(checked, entry.finding, ls.person, ls.checker.today().isoformat())
                for change in [*offered, *([silence] if silence else [])]:
                    edit = ls.edit(uri, checked, [change])
                    found.append(lsp.CodeAction(change.title, _ACTIONS[0], [diagnostic], is_preferred=change.preferred or None, edit=edit))
        return found

    return server

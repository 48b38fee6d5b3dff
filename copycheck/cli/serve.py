"""Serve: a page for this machine alone, where an article is dropped or pasted and its report shown; nothing is kept, nothing sent."""

from __future__ import annotations

import io
import secrets
from collections.abc import Callable
from email import message_from_bytes
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler
from pathlib import Path, PurePosixPath
from socketserver import ThreadingTCPServer
from threading import Lock
from typing import Any, cast

from copycheck.cli.session import SETTING, Session
from copycheck.reports import Options, html
from copycheck.reports.printable import one_line
from copycheck.reports.wording import failure
from copycheck.source import read_stream

HOST = "127.0.0.1"
_PASTED = "pasted.txt"  # of what kind it is, its content tells
_PATIENCE = 60  # seconds that a browser may pause
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "base-uri 'none'; frame-ancestors 'none'",  # each page has the rest of its own in it
    "Content-Type": "text/html; charset=utf-8",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",  # with a stricter one, browsers would not say that a form comes from this page
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}

Answer = tuple[int, bytes]
"""Status and page."""


class Desk:
    """Checks articles, one at a time, by the configuration of the folder that the command was started in."""

    def __init__(self, session: Session) -> None:
        from copycheck import config as configs
        from copycheck.engine import Engine

        self._session, self._lock = session, Lock()
        configs.check_rules(session.main, session.ruleset.ids)
        session.settings_of(Path(_PASTED))  # what it names is looked for now, not when an article comes
        self._engine = Engine(session.ruleset, session.load_pipeline)
        self._engine.prepare()
        self.limit = max(session.limit(Path(name)) for name in ("a.docx", "a.md"))

    def check(self, name: str, data: bytes, form: Callable[[str], bytes]) -> Answer:
        """The report on an article, or the form with the sentence that says why there is none."""
        name = PurePosixPath(one_line(name[-100:]).replace("\\", "/")).name or _PASTED
        with self._lock:
            item = self._session.item(name, lambda limit: read_stream(io.BytesIO(data), limit, SETTING))
            (report,) = map(self._session.conclude_one, self._engine.run([item]))
            if report.error is not None and not report.findings:
                return 422, form(f"{name}: {failure(report)}")
            _, page = next(html.render([report], Options(rules=lambda: self._session.ruleset.by_id)))
            return 200, page


def hosts(port: int) -> list[str]:
    """How browsers call this machine in `Host`; the port of plain HTTP is left out there (RFC 9110, 4.2.3)."""
    ends = ("", ":80") if port == 80 else (f":{port}",)
    return [name + end for name in (HOST, "localhost") for end in ends]


class Server(ThreadingTCPServer):
    """Listens on loopback. Not http.server's own class, which asks the network for the name of the machine."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, desk: Desk, port: int = 0) -> None:
        super().__init__((HOST, port), _Handler)
        self.desk, self.token = desk, secrets.token_urlsafe()
        self.hosts = hosts(self.server_address[1])

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self.server_address[1]}/"

    def form(self, trouble: str = "") -> bytes:
        return html.page("serve.html", token=self.token, trouble=trouble)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that went away; whatever else fails is answered."""


class _Handler(BaseHTTPRequestHandler):
    timeout = _PATIENCE

    def do_GET(self) -> None:
        self._answer(self._asked())

    def do_POST(self) -> None:
        try:
            self._answer(self._posted())
        except (OSError, EOFError):
            raise
        except Exception as error:
            self._answer(self._refused(500, f"Internal error, please report it: {error!r}"))

    @property
    def _own(self) -> Server:
        return cast("Server", self.server)

    def _is_ours(self) -> bool:
        """It is asked for under this machine's own name: another one would be a page of the web that took this address for its own."""
        return self.headers.get("Host", "") in self._own.hosts

    def _asked(self) -> Answer:
        if not self._is_ours():
            return 403, b"This page answers to 127.0.0.1 and localhost only.\n"
        if self.path not in ("/", f"/{html.INDEX}"):
            return self._refused(404, "There is no such page")
        return 200, self._own.form()

    def _posted(self) -> Answer:
        length = self.headers.get("Content-Length", "")
        if not self._is_ours() or self.headers.get("Origin", f"http://{self.headers['Host']}") != f"http://{self.headers['Host']}":
            return 403, b"Only this page's own form is answered.\n"
        if not length.isascii() or not length.isdecimal() or len(length) > 18:
            return self._refused(411, "The browser did not say how long the article is")
        if int(length) > self._own.desk.limit + 10_000:  # what stands around the article in a form
            left = int(length)
            while left > 0 and (part := self.rfile.read(min(left, 1 << 16))):  # or the browser would never show why
                left -= len(part)
            return self._refused(413, f"It is over the limit of {self._own.desk.limit:,} bytes; the setting {SETTING} raises it")
        fields = _fields(self.headers.get("Content-Type", ""), self.rfile.read(int(length)))
        _, token = fields.get("token", ("", b""))
        if not secrets.compare_digest(token, self._own.token.encode()):
            return self._refused(403, "The form was of an earlier run; send it again")
        name, data = fields.get("file", ("", b""))
        if not data:
            name, data = _PASTED, fields.get("text", ("", b""))[1]
        if not data.strip():
            return self._refused(400, "There is no article yet: choose a file, or paste the text")
        return self._own.desk.check(name, data, self._own.form)

    def _refused(self, status: int, trouble: str) -> Answer:
        return status, self._own.form(trouble)

    def _answer(self, answer: Answer) -> None:
        status, page = answer
        self.send_response(status)
        for name, value in {**_HEADERS, "Content-Length": str(len(page))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing is kept, names of articles least of all."""


def _fields(kind: str, body: bytes) -> dict[str, tuple[str, bytes]]:
    """The fields of a form (RFC 7578) by name, each with the name of its file, if it is one."""
    message = message_from_bytes(b"Content-Type: " + kind.encode("latin-1", "replace") + b"\r\n\r\n" + body, policy=HTTP)
    found = {}
    for part in message.iter_parts():
        name, content = part.get_param("name", header="content-disposition"), part.get_payload(decode=True)
        found[str(name)] = (part.get_filename() or "", content if isinstance(content, bytes) else b"")
    return found

"""Serve: real requests to the page on loopback: what it shows, that it keeps nothing, and whom it does not answer."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from report_readers import html
from selectolax.lexbor import LexborHTMLParser

from copycheck.cli.serve import Desk, Server, hosts
from copycheck.cli.session import Session
from tests import command, wordkit
from tests.test_browser import BROWSER, MISSING, PATIENCE, overflow, violations, walk
from tests.test_readers_word import ARTICLES

OPTIONS = {"config": None}
Answer = tuple[int, dict[str, str], str]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("serve")
    (folder / ".copycheck.yaml").write_text("max_file_size: 60000\nselect: [language]\nvertical: addiction\npromotional: true\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        with Server(Desk(Session((".",), OPTIONS))) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            yield server
            server.shutdown()
    assert [path.name for path in folder.iterdir()] == [".copycheck.yaml"]  # nothing was kept


def ask(server: Server, method: str, path: str = "/", body: bytes = b"", **headers: str) -> Answer:
    connection = http.client.HTTPConnection(*server.server_address[:2], timeout=30)
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, body or None, headers)
    answer = connection.getresponse()
    return answer.status, dict(answer.getheaders()), answer.read().decode()


def send(server: Server, text: str = "", name: str = "", data: bytes = b"", token: str | None = None, **headers: str) -> Answer:
    """As a browser sends the form."""
    fields = (("token", "", (server.token if token is None else token).encode()), ("file", name, data), ("text", None, text.encode()))
    body = b""
    for field, filename, content in fields:
        shown = f'; filename="{filename}"\r\nContent-Type: application/octet-stream' if field == "file" else ""
        body += f'--XyZ\r\nContent-Disposition: form-data; name="{field}"{shown}\r\n\r\n'.encode() + content + b"\r\n"
    return ask(server, "POST", body=body + b"--XyZ--\r\n", Content_Type="multipart/form-data; boundary=XyZ", **headers)


def trouble(page: str) -> str:
    found = LexborHTMLParser(page).css_first("[role=alert]")
    assert found
    return found.text()


def test_it_listens_on_loopback_and_shows_a_form_that_runs_nothing(server) -> None:
    assert server.server_address[0] == "127.0.0.1"
    status, headers, page = ask(server, "GET")
    assert status == 200 and "<script" not in page and "default-src 'none'" in page and "form-action 'self'" in page
    assert headers["Cache-Control"] == "no-store" and headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert ask(server, "GET", "/index.html")[2] == page and ask(server, "GET", "/../etc/passwd")[0] == 404


def test_what_is_pasted_or_dropped_is_reported(server) -> None:
    status, headers, page = send(server, "# Help for addicts\n\n## Now\n\nSubstance abuse is common.")
    assert status == 200 and headers["Cache-Control"] == "no-store"
    assert [mark.text() for mark in html(page.encode())[0].css("mark")] == ["addicts", "Substance abuse"]
    _, _, page = send(server, "**Substance abuse** is common. See [a guide](https://a.org/g).")  # Markdown without a heading
    assert "**" not in page and "](" not in page
    for name, data in (
        ("café.docx", wordkit.docx_of(ARTICLES["rehab"])),
        ("a.html", "<h1>Ein café</h1><p>Substance abuse is common.</p>".encode("utf-16")),
        ("drafts/<b>.md", b"Substance abuse is common.\r\n\r\n"),
    ):
        status, _, page = send(server, "not this", name, data)
        marked = [mark.text().lower() for mark in html(page.encode())[0].css("mark")] if status == 200 else []
        assert "substance abuse" in marked and "<b>" not in page, name
    assert "&lt;b&gt;.md" in page and "drafts" not in page


@pytest.mark.parametrize(
    ("sent", "status", "said"),
    [
        ({}, 400, "There is no article yet"),
        ({"name": "a.docx", "data": b"PK"}, 422, "a.docx: not checked: it is damaged"),
        ({"name": "a.png", "data": bytes(range(256))}, 422, "binary file"),
        ({"name": "a.csv", "data": b"a,b\n1,2\n"}, 422, "extension .csv is not known"),
        ({"text": "word " * 20_000}, 413, "over the limit of 60,000 bytes"),
        ({"text": "An addict.", "token": "of another run"}, 403, "The form was of an earlier run"),
        ({"text": "An addict.", "token": ""}, 403, "The form was of an earlier run"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_a_sentence(server, sent, status, said) -> None:
    answered, _, page = send(server, **sent)
    assert answered == status and said in trouble(page) and "<mark" not in page


@pytest.mark.parametrize(
    "headers", [{"Host": "copycheck.example:80"}, {"Origin": "https://a.example"}, {"Origin": "null"}, {"Host": "127.0.0.1"}]
)
def test_other_pages_are_not_answered(server, headers) -> None:
    status, _, page = send(server, "An addict.", **headers)
    assert status == 403 and server.token not in page and "<" not in page
    if "Host" in headers:
        status, _, page = ask(server, "GET", **headers)
        assert status == 403 and server.token not in page
    assert send(server, "An addict.", Origin=server.address.rstrip("/"))[0] == 200


def test_odd_requests_are_answered_or_dropped(server) -> None:
    host = server.hosts[0].encode()
    for request in (
        b"POST / HTTP/1.1\r\nHost: " + host + b"\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: " + host + b"\r\nContent-Length: -1\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: " + host + b"\r\nContent-Length: 999999999999999\r\n\r\nabc",
        b"POST / HTTP/1.1\r\nHost: " + host + b"\r\nContent-Length: " + b"9" * 5_000 + b"\r\n\r\nabc",
        b"POST / HTTP/1.1\r\nHost: " + host + b"\r\nContent-Length: 3\r\nContent-Type: multipart/form-data\r\n\r\nabc",
        b"\x00\x01\x02\r\n\r\n",
        b"DELETE / HTTP/1.1\r\nHost: " + host + b"\r\n\r\n",
    ):
        with socket.create_connection(server.server_address[:2], timeout=30) as connection:
            connection.sendall(request)
            connection.shutdown(socket.SHUT_WR)
            answer = b"".join(iter(lambda: connection.recv(1 << 16), b""))
        assert re.match(rb"HTTP/1\.[01] [45]\d\d |<!DOCTYPE", answer) and b"Internal error" not in answer, answer[:100]
    assert ask(server, "GET")[0] == 200


def test_the_port_of_plain_http_is_left_out_by_browsers() -> None:
    assert hosts(80) == ["127.0.0.1", "127.0.0.1:80", "localhost", "localhost:80"]
    assert hosts(8080) == ["127.0.0.1:8080", "localhost:8080"]


def test_a_port_that_is_taken_is_told(server) -> None:
    done = command.run("serve", "--port", str(server.server_address[1]))
    assert done.exit_code == 2 and "cannot be had" in done.stderr


def test_a_configuration_that_does_not_hold_is_told_at_the_start(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".copycheck.yaml").write_text("approved_claims: none.yaml\n")
    monkeypatch.setattr(Server, "serve_forever", lambda server: None)
    done = command.run("serve")
    assert done.exit_code == 2 and "none.yaml" in done.stderr and not done.stdout


@pytest.mark.skipif(os.name == "nt", reason="signals are POSIX's")
def test_the_command_prints_its_address_and_ends_on_ctrl_c(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "copycheck", "serve"], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout and process.stderr
        told = re.match(rb"Open http://127\.0\.0\.1:(\d+)/ ", process.stdout.readline())
        assert told
        connection = http.client.HTTPConnection("127.0.0.1", int(told[1]), timeout=30)
        connection.request("GET", "/")
        assert connection.getresponse().status == 200
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 0 and process.stderr.read() == b""


@pytest.mark.slow
@pytest.mark.skipif(BROWSER is None, reason=MISSING)
def test_a_browser_sends_the_form_and_shows_the_report(server) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"], timeout=PATIENCE)
        page = browser.new_page()
        page.set_default_timeout(PATIENCE)
        asked: list[str] = []
        wrong: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: wrong.append(message.text))
        page.emulate_media(color_scheme="dark")
        page.set_viewport_size({"width": 320, "height": 600})
        page.goto(server.address)
        assert not violations(page) and not overflow(page)
        for key in ("Tab", "Tab", "Tab"):  # past the file and the text to the button
            page.keyboard.press(key)
        with page.expect_navigation():
            page.keyboard.press("Enter")
        assert "There is no article yet" in page.locator("[role=alert]").inner_text() and "400" in wrong.pop()
        assert not violations(page) and not overflow(page)
        stops, wanted = walk(page)
        assert stops == wanted and len(stops) == 3
        page.locator("textarea").focus()
        page.keyboard.type("Substance abuse is common.")
        page.keyboard.press("Tab")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        assert not violations(page)
        assert page.locator("mark").all_inner_texts() == ["Substance abuse"]
        page.click("text=All articles")
        page.set_input_files("input[type=file]", {"name": "é.docx", "mimeType": "", "buffer": wordkit.docx_of(ARTICLES["rehab"])})
        with page.expect_navigation():
            page.click("button")
        assert "é.docx" in page.title() and page.locator("mark").count() > 1
        assert all(url.startswith(server.address) for url in asked) and not wrong, (asked, wrong)
        browser.close()

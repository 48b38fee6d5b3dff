"""Fix, by the real command: what it takes, unasked and by the answers, what it leaves byte for byte, and what it refuses."""

from __future__ import annotations

import codecs
import os
import sys
from pathlib import Path

import pytest
from click.testing import Result

from copycheck import files
from tests import command, wordkit

BEFORE = (
    "---\ntitle: 'Help for the the family'\n---\n\n# Help 😴\n\nHe commited suicide, and it doesnt rest.\n\n- Ask for a apointment.\n"
    "- `teh the the` is code, **the the** is not.\n- “The the” was said.\n\nTreatment for substance abuse. Many heroin addicts, many\nelderly\npatients.\n"
)
AFTER = (
    "---\ntitle: 'Help for the family'\n---\n\n# Help 😴\n\nHe died by suicide, and it doesn't rest.\n\n- Ask for an appointment.\n"
    "- `teh the the` is code, **the** is not.\n- “The the” was said.\n\nTreatment for substance abuse. Many heroin addicts, many\nelderly\npatients.\n"
)
ASKED = "# Help\n\nWe recieve you at Kneeworx. Ask for a apointment, and rest.\n\nHe died, “the the end”.\n"


def run(*arguments: str) -> Result:
    return command.run("fix", *arguments)


@pytest.fixture
def page(tmp_path, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".copycheck.yaml").write_text("select: [language, typos]\nvertical: addiction\n", encoding="utf-8")
    path = tmp_path / "a.md"
    path.write_bytes(BEFORE.encode("utf-8"))
    return path


def test_it_takes_what_is_sure_and_nothing_else(page: Path) -> None:
    done = run("a.md")
    assert done.exit_code == 0, done.output
    assert page.read_text(encoding="utf-8") == AFTER
    assert done.stdout.startswith("a.md: ") and "typos/doubled-word 2" in done.stdout and "language/suicide-wording 1" in done.stdout
    again = run(".")
    assert again.exit_code == 0 and again.stdout == "" and "0 fixed in 0 files of 1" in again.stderr
    assert page.read_text(encoding="utf-8") == AFTER


def test_diff_shows_and_changes_nothing(page: Path) -> None:
    done = run("--diff", ".")
    assert done.exit_code == 1 and page.read_bytes() == BEFORE.encode("utf-8")
    assert done.stdout.startswith("--- a.md\n+++ a.md\n@@ ")
    (page.parent / "b c.md").write_bytes(BEFORE.encode("utf-8"))
    assert run("--diff", "b c.md").stdout.startswith("--- b c.md\t\n+++ b c.md\t\n@@ ")  # where patch and git see such a name end
    (page.parent / "b c.md").unlink()
    assert "-He commited suicide, and it doesnt rest.\n+He died by suicide, and it doesn't rest.\n" in done.stdout
    run(".")
    assert run("--diff", ".").exit_code == 0


def test_word_documents_of_a_folder_are_left_out_and_one_that_is_named_is_refused(page: Path) -> None:
    (page.parent / "b.docx").write_bytes(wordkit.docx_of("Substance abuse."))
    done = run(".")
    assert done.exit_code == 0 and page.read_text(encoding="utf-8") == AFTER
    assert "1 Word document left out: `copycheck review`" in done.stderr and "1 file of 1" in done.stderr
    done = run("./b.docx")
    assert done.exit_code == 2 and "b.docx: not fixed: a Word document is not fixed in place" in done.stderr


def test_unsafe_takes_every_replacement_that_is_the_only_one(page: Path) -> None:
    page.write_text("Many heroin addicts rest. Treatment for substance abuse.\n", encoding="utf-8")
    assert run("a.md").exit_code == 0 and "heroin addicts" in page.read_text(encoding="utf-8")
    assert run("--unsafe", "a.md").exit_code == 0
    assert page.read_text(encoding="utf-8") == "Many people with a substance use disorder rest. Treatment for substance abuse.\n"


@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_line_ends_and_the_byte_order_mark_stay(page: Path, mark: bytes, end: str) -> None:
    page.write_bytes(mark + BEFORE.replace("\n", end).encode("utf-8"))
    assert run("a.md").exit_code == 0
    assert page.read_bytes() == mark + AFTER.replace("\n", end).encode("utf-8")
    page.write_bytes(mark + BEFORE.replace("\n", end).encode("utf-8").rstrip())
    assert (b"\r\n" in run("--diff", "a.md").stdout_bytes) is (end == "\r\n")
    assert run("a.md").exit_code == 0 and page.read_bytes() == mark + AFTER.replace("\n", end).encode("utf-8").rstrip()


@pytest.mark.parametrize(("mark", "encoding"), [(codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"), (b"", "cp1252")])
def test_the_encoding_stays(page: Path, mark: bytes, encoding: str) -> None:
    page.write_bytes(mark + "Café: the the “body” heals.\r\n".encode(encoding))
    assert run("a.md").exit_code == 0
    assert page.read_bytes() == mark + "Café: the “body” heals.\r\n".encode(encoding)


def test_bytes_that_stand_for_no_letter_are_not_lost(page: Path) -> None:
    before = b"Caf\xe9: the the \x81 body heals.\n"
    page.write_bytes(before)
    done = run("a.md")
    assert done.exit_code == 2 and "save it as UTF-8 first" in done.stderr and page.read_bytes() == before


@pytest.mark.skipif(sys.platform == "win32", reason="modes and links")
def test_the_mode_and_a_link_stay(page: Path) -> None:
    page.chmod(0o640)
    link = page.with_name("link.md")
    link.symlink_to("a.md")
    assert run("link.md").exit_code == 0
    assert link.is_symlink() and page.read_text(encoding="utf-8") == AFTER and page.stat().st_mode & 0o777 == 0o640
    assert sorted(path.name for path in page.parent.iterdir()) == [".copycheck.yaml", "a.md", "link.md"]


def test_a_file_that_changed_meanwhile_is_left_alone(page: Path, monkeypatch) -> None:
    from copycheck.cli.session import Session

    real = Session.check

    def slow(session, items=None):
        page.write_bytes(BEFORE.encode("utf-8") + b"More.\n")
        return real(session, items)

    monkeypatch.setattr(Session, "check", slow)
    done = run("a.md")
    assert done.exit_code == 2 and "a.md: not fixed: it changed since it was read" in done.stderr
    assert page.read_bytes() == BEFORE.encode("utf-8") + b"More.\n"


def test_a_file_that_cannot_be_read_or_written_does_not_stop_the_others(page: Path, monkeypatch) -> None:
    for name, data in (("b.md", b"\0"), ("c.md", b"---\ntitle: [x\n---\n\nSo the the end.\n"), ("d.md", b"So the the end.\n")):
        page.with_name(name).write_bytes(data)
    done = run(".", "gone.md")
    assert done.exit_code == 2 and page.read_text(encoding="utf-8") == AFTER and page.with_name("d.md").read_bytes() == b"So the end.\n"
    assert [line.split(": ")[1] for line in done.stderr.splitlines()[:-1]] == ["b.md", "c.md", "gone.md"]
    assert page.with_name("c.md").read_bytes().endswith(b"the the end.\n")
    page.write_bytes(BEFORE.encode("utf-8"))

    def full(path: Path, data: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files, "write_bytes", full)
    done = run("a.md")
    assert done.exit_code == 2 and "it cannot be written: No space left on device" in done.stderr
    assert page.read_bytes() == BEFORE.encode("utf-8")


def test_what_a_directive_silences_stays(page: Path) -> None:
    page.write_text("<!-- copycheck: ignore typos/doubled-word: a name -->\nSo the the end.\n", encoding="utf-8")
    before = page.read_bytes()
    assert run("a.md").exit_code == 0 and page.read_bytes() == before


def test_standard_input_and_hostile_names(page: Path) -> None:
    assert run("-").exit_code == 2
    page.write_bytes(page.read_bytes().replace(b"# Help", b" ::error::x\n\n# Help"))
    page.rename(page.with_name("::error::\x1b.md"))
    done = run("--diff", ".")
    assert done.exit_code == 1 and "\x1b" not in done.output and ":error::x" in done.output
    assert all(not line.lstrip().startswith("::") for line in done.output.splitlines())


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="nothing is closed to root")
def test_a_folder_that_is_closed(page: Path) -> None:
    page.parent.chmod(0o555)
    try:
        assert run("--diff", "a.md").exit_code == 1 and run("a.md").exit_code == 2
    finally:
        page.parent.chmod(0o755)


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path(".copycheck.yaml").write_text("select: [typos]\nvertical: addiction\n", encoding="utf-8")
    path = Path("a.md")
    path.write_text(ASKED, encoding="utf-8")
    return path


def answer(*answers: str, more: tuple[str, ...] = ()) -> tuple[int, str]:
    done = command.run("fix", "--interactive", *more, "a.md", stdin="".join(f"{one}\n" for one in answers).encode())
    return done.exit_code, done.output


def test_what_is_taken_is_written_and_what_is_skipped_stays(asked: Path) -> None:
    code, said = answer("1", "s", "s", "s", "s")
    assert code == 0 and "1: write “receive”" in said and "a.md: 1 fixed (typos/misspelling 1)" in said
    assert asked.read_text(encoding="utf-8") == ASKED.replace("recieve", "receive")
    assert answer("s", "s", "s", "s")[0] == 0
    assert asked.read_text(encoding="utf-8") == ASKED.replace("recieve", "receive")


@pytest.mark.parametrize("configured", [True, False])
def test_a_word_goes_into_the_vocabulary_and_is_not_asked_again(asked: Path, configured: bool) -> None:
    asked.write_text("# Help\n\nWe recieve you. They recieve her.\n", encoding="utf-8")
    words = Path("words" if configured else ".copycheck-words")
    if configured:
        words.write_text("Kneeworx", encoding="utf-8")  # without a line end
        with Path(".copycheck.yaml").open("a", encoding="utf-8") as file:
            file.write("vocabulary_files: [words]\n")
    code, said = answer("v")
    assert code == 0 and said.count("Take (") == 1 and "0 fixed in 0 files" in said
    assert words.read_text(encoding="utf-8").split() == [*(["Kneeworx"] if configured else []), "recieve"]
    assert command.run("a.md").stdout.count("recieve") == 0


def test_an_answer_that_is_none_is_asked_for_again_and_an_end_stops(asked: Path) -> None:
    code, said = answer("9", "x", "1", "s", "s", "s")
    assert code == 0 and said.count("is not one of") == 2
    asked.write_text(ASKED, encoding="utf-8")
    code, said = answer("1")
    assert code == 2 and asked.read_text(encoding="utf-8") == ASKED
    assert "copycheck: stopped before the end: 0 fixed in 0 files of 1; nothing else was written.\n" in said


def test_an_end_says_what_was_written_before(asked: Path) -> None:
    Path("0.md").write_text("# Help\n\nWe recieve you.\n", encoding="utf-8")
    code, said = answer("1", "v", more=("0.md",))
    assert code == 2 and Path("0.md").read_text(encoding="utf-8") == "# Help\n\nWe receive you.\n"
    assert asked.read_text(encoding="utf-8") == ASKED
    done = "1 fixed in 1 file of 2, 1 word added to the vocabulary; nothing else was written"
    assert f"copycheck: stopped before the end: {done}.\n" in said


def test_asking_stands_alone_and_needs_a_file_that_can_be_checked(asked: Path) -> None:
    assert answer(more=("--diff",))[0] == answer(more=("--unsafe",))[0] == 2
    asked.write_bytes(b"\0")
    code, said = answer()
    assert code == 2 and "a.md: not fixed: " in said

"""Ask: the answers of `copycheck fix --interactive` decide; what is not taken stays byte for byte."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.command import run

BEFORE = "# Help\n\nWe recieve you at Kneeworx. Ask for a apointment, and rest.\n\nHe died, “the the end”.\n"


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path(".copycheck.yaml").write_text("select: [typos]\nvertical: addiction\n", encoding="utf-8")
    path = Path("a.md")
    path.write_text(BEFORE, encoding="utf-8")
    return path


def answer(*answers: str, more: tuple[str, ...] = ()) -> tuple[int, str]:
    done = run("fix", "--interactive", *more, "a.md", stdin="".join(f"{one}\n" for one in answers).encode())
    return done.exit_code, done.output


def test_what_is_taken_is_written_and_what_is_skipped_stays(page: Path) -> None:
    code, said = answer("1", "s", "s", "s", "s")
    assert code == 0 and "1: write “receive”" in said and "a.md: 1 fixed (typos/misspelling 1)" in said
    assert page.read_text(encoding="utf-8") == BEFORE.replace("recieve", "receive")
    assert answer("s", "s", "s", "s")[0] == 0
    assert page.read_text(encoding="utf-8") == BEFORE.replace("recieve", "receive")


@pytest.mark.parametrize("configured", [True, False])
def test_a_word_goes_into_the_vocabulary_and_is_not_asked_again(page: Path, configured: bool) -> None:
    page.write_text("# Help\n\nWe recieve you. They recieve her.\n", encoding="utf-8")
    words = Path("words" if configured else ".copycheck-words")
    if configured:
        words.write_text("Kneeworx", encoding="utf-8")  # without a line end
        with Path(".copycheck.yaml").open("a", encoding="utf-8") as file:
            file.write("vocabulary_files: [words]\n")
    code, said = answer("v")
    assert code == 0 and said.count("Take (") == 1 and "0 fixed in 0 files" in said
    assert words.read_text(encoding="utf-8").split() == [*(["Kneeworx"] if configured else []), "recieve"]
    assert run("a.md").stdout.count("recieve") == 0


def test_an_answer_that_is_none_is_asked_for_again_and_an_end_stops(page: Path) -> None:
    code, said = answer("9", "x", "1", "s", "s", "s")
    assert code == 0 and said.count("is not one of") == 2
    page.write_text(BEFORE, encoding="utf-8")
    code, said = answer("1")
    assert code == 2 and page.read_text(encoding="utf-8") == BEFORE


def test_it_stands_alone_and_needs_a_file_that_can_be_checked(page: Path) -> None:
    assert answer(more=("--diff",))[0] == answer(more=("--unsafe",))[0] == 2
    page.write_bytes(b"\0")
    code, said = answer()
    assert code == 2 and "a.md: not fixed: " in said

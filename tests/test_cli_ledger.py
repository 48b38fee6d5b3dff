"""The commands that list what pages hold: claims for a reviewer, words for the vocabulary."""

from __future__ import annotations

import json
import sys

import pytest

from tests.command import run

PAGE = (
    "Massage lowers blood pressure.\n\nYoga eases pain ([NCCIH](https://www.nccih.nih.gov/health/massage-therapy)).\n\n"
    "Ask for a Zorbwell session. The zorbwell table is warm.\n"
)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "page.md").write_text(PAGE, encoding="utf-8")
    return tmp_path


def test_claims_lists_sourced_and_unsourced_ones(folder):
    done = run("claims", "--format", "json", "page.md")
    assert done.exit_code == 0, done.output
    listed = json.loads(done.stdout)["files"][0]["claims"]
    assert {claim["status"] for claim in listed} == {"unsourced", "cited"}


@pytest.mark.parametrize("form", ["text", "csv", "markdown"])
def test_claims_in_every_form(folder, form):
    done = run("claims", "--format", form, "page.md")
    assert done.exit_code == 0 and "Massage lowers blood pressure" in done.stdout


def test_claims_into_a_file(folder):
    assert run("claims", "--format", "csv", "-o", "claims.csv", "page.md").exit_code == 0
    assert "unsourced" in (folder / "claims.csv").read_text(encoding="utf-8")
    assert run("claims", "-o", "nowhere/claims.csv", "page.md").exit_code == 2


def test_an_approved_claim_is_listed_as_such(folder):
    (folder / ".copycheck.yaml").write_text("approved_claims: approved.yaml\n", encoding="utf-8")
    (folder / "approved.yaml").write_text(
        "- {wording: Massage lowers blood pressure., source: https://doi.org/10.1000/182, approved_by: J. Doe, expires: 2030-01-01}\n",
        encoding="utf-8",
    )
    done = run("claims", "--format", "json", "--today", "2026-11-01", "page.md")
    assert "approved" in {claim["status"] for claim in json.loads(done.stdout)["files"][0]["claims"]}


def test_a_wrong_file_of_approved_claims_stops_the_run(folder):
    (folder / ".copycheck.yaml").write_text("approved_claims: approved.yaml\n", encoding="utf-8")
    (folder / "approved.yaml").write_text("- {wording: Massage lowers blood pressure.}\n", encoding="utf-8")
    done = run("claims", "page.md")
    assert done.exit_code == 2 and "approved.yaml" in done.stderr and "expires" in done.stderr


def test_what_cannot_be_read_is_said_and_exits_2(folder):
    (folder / "bad.md").write_bytes(b"\0\0\0")
    assert run("claims", "page.md", "bad.md").exit_code == 2
    done = run("words", "page.md", "bad.md")
    assert done.exit_code == 2 and "bad.md: not checked" in done.stderr and "orbwell" in done.stdout


@pytest.mark.parametrize("form", ["text", "vocabulary", "json"])
def test_words_lists_what_the_lexicon_lacks(folder, form):
    done = run("words", "--format", form, "page.md")
    assert done.exit_code == 0 and "zorbwell" in done.stdout.lower() and "massage" not in done.stdout.lower()


def test_words_takes_the_configuration(folder):
    (folder / ".copycheck.yaml").write_text("vocabulary: [Zorbwell, zorbwell]\n", encoding="utf-8")
    assert "zorbwell" not in run("words", "page.md").stdout.lower()
    (folder / ".copycheck.yaml").write_text("vocabulary_files: [none.txt]\n", encoding="utf-8")
    assert run("words", "page.md").exit_code == 2


@pytest.mark.parametrize("raised", [BrokenPipeError, ValueError("odd")])
def test_what_breaks_a_run_off_exits_2(monkeypatch, raised):
    from copycheck import __main__ as entry

    def broken(**options: object) -> None:
        raise raised

    monkeypatch.setattr("copycheck.cli.cli", broken)
    monkeypatch.setattr(sys, "stderr", open("/dev/null", "w", encoding="utf-8"))  # noqa: SIM115, PTH123 (a broken pipe closes it)
    with pytest.raises(SystemExit) as ended:
        entry.main()
    assert ended.value.code == 2

"""Overview, by the real command: pages by risk with the trend, who accepted what until when, claims for a reviewer, unknown words."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.command import run

CONFIG = "select: [compliance/cure, language, typos, claims]\nvertical: physio-massage\npromotional: true\n"
WARNED = "# Help\n\nTreatment for substance abuse, and teh best.\n"
APPROVED = """- {wording: Massage may ease back pain for a short time., source: "https://doi.org/10.1002/1", approved_by: "J. Doe, MD", expires: 2026-06-30}
- {wording: Stretching may ease stiffness., source: "https://doi.org/10.1002/2", approved_by: "J. Doe, MD", expires: 2028-06-30}
"""
PAGE = (
    "Massage lowers blood pressure.\n\nYoga eases pain ([NCCIH](https://www.nccih.nih.gov/health/massage-therapy)).\n\n"
    "Ask for a Zorbwell session. The zorbwell table is warm.\n"
)


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path(".copycheck.yaml").write_text(CONFIG, encoding="utf-8")
    Path("worst.md").write_text("# Tea\n\nOur tea cures diabetes.\n", encoding="utf-8")
    Path("warned.md").write_text(WARNED, encoding="utf-8")
    Path("fine.md").write_text("# Open\n\nWe are open.\n", encoding="utf-8")
    return tmp_path


def test_pages_stand_by_risk_and_rules_by_gravity(site: Path) -> None:
    done = run("triage", ".")
    assert done.exit_code == 0, done.output
    lines = done.stdout.splitlines()
    pages = [line.split()[3] for line in lines[lines.index("Pages by risk") + 2 : -1]]
    assert pages == ["worst.md", "warned.md", "fine.md"]
    first = lines[lines.index("What to fix first") + 1 :]
    assert first[0].startswith("  claims/") or first[0].startswith("  compliance/cure")
    assert any("typos/misspelling: 1 to decide on 1 page; copycheck fix takes 1" in line for line in first)
    assert "What to fix first" not in run("triage", "fine.md").stdout
    assert "and 2 pages more" in run("triage", "--top", "1", ".").stdout
    assert run("baseline", "write", ".").exit_code == 0 and run("triage", ".").stdout == done.stdout  # what is known is to be fixed too


def test_the_trend_counts_what_came_and_went(site: Path) -> None:
    run("--format", "json", "-o", "old.json", ".")
    Path("worst.md").write_text("# Tea\n\nOur tea is warm, and teh cup.\n", encoding="utf-8")
    Path("later.md").write_text(WARNED, encoding="utf-8")
    told = run("triage", "--since", "old.json", "--format", "json", ".")
    data = json.loads(told.stdout)
    assert data["schema"] == "copycheck-triage/1" and data["trend"]["new"] == 1 and data["trend"]["new_pages"] == 1
    assert data["trend"]["gone"] >= 1 and {page["path"] for page in data["pages"] if page["new"] is None} == {"later.md"}
    text = run("triage", "--since", "old.json", ".").stdout
    assert "Since the earlier report: 1 new and " in text and "new page  later.md" in text
    rows = list(csv.DictReader(io.StringIO(run("triage", "--since", "old.json", "--format", "csv", ".").stdout)))
    assert [row["path"] for row in rows] == [page["path"] for page in data["pages"]] and rows[-1]["path"] == "fine.md"


def test_a_page_that_was_not_checked_stands_first_and_a_report_that_is_none_stops(site: Path) -> None:
    Path("broken.md").write_bytes(b"\0")
    done = run("triage", ".")
    assert done.exit_code == 2 and "broken.md: not checked: " in done.stdout
    assert done.stdout.index("broken.md") < done.stdout.index("worst.md")
    for text in ("{}", "[", '{"schema": "copycheck/2", "files": []}', '{"schema": "copycheck/1", "files": [1]}'):
        Path("old.json").write_text(text, encoding="utf-8")
        done = run("triage", "--since", "old.json", ".")
        assert done.exit_code == 2 and "it is no report of" in done.stderr and done.stdout == ""
    assert run("triage", "--since", "gone.json", ".").exit_code == 2


@pytest.fixture
def signed(site: Path) -> Path:
    Path("approved.yaml").write_text(APPROVED, encoding="utf-8")
    Path(".copycheck.yaml").write_text(CONFIG + "approved_claims: approved.yaml\napprovers: [A. Lee, J. Doe]\n", encoding="utf-8")
    Path("warned.md").write_text(
        "<!-- copycheck: ignore language: a quotation, A. Lee, until 2026-03-31 -->\n\nTreatment for substance abuse.\n\n"
        "<!-- copycheck: ignore language: a name -->\n\nAn addict may call.\n\n"
        "<!-- copycheck: ignore compliance/cure, claims: said by the patient, seen by A. Lee, until 2027-03-31 -->\n\nIt cured my headache.\n",
        encoding="utf-8",
    )
    return site


def test_who_accepted_what_until_when(signed: Path) -> None:
    done = run("accepted", "--today", "2026-01-15", ".")
    assert done.exit_code == 0, done.output
    assert "warned.md:3: holds: language/substance-abuse “substance abuse” by A. Lee, until 2026-03-31: a quotation" in done.stdout
    assert "by nobody, with no end date: a name" in done.stdout
    assert (
        "approved.yaml: holds: approved claim “Massage may ease back pain for a short time.” by J. Doe, MD, until 2026-06-30" in done.stdout
    )
    later = run("accepted", "--today", "2026-11-01", "--format", "json", ".")
    assert later.exit_code == 1
    rows = json.loads(later.stdout)["accepted"]
    assert [(row["state"], row["until"], row["by"]) for row in rows[:2]] == [
        ("lapsed", "2026-03-31", "A. Lee"),
        ("lapsed", "2026-06-30", "J. Doe, MD"),
    ]
    assert {row["state"] for row in rows[2:]} == {"holds"} and rows[-1]["until"] == ""
    cells = list(csv.DictReader(io.StringIO(run("accepted", "--today", "2026-11-01", "--format", "csv", ".").stdout)))
    assert [cell["words"] for cell in cells] == [row["words"] for row in rows]


def test_what_lapsed_counts_in_a_check_again(signed: Path) -> None:
    before, after = (run("--today", day, "--format", "json", "warned.md").stdout for day in ("2026-03-31", "2026-04-01"))
    old, new = (json.loads(text)["files"][0] for text in (before, after))
    assert "language/substance-abuse" not in {finding["rule"] for finding in old["findings"]} and old["lapsed"] == []
    assert "language/substance-abuse" in {finding["rule"] for finding in new["findings"]}
    assert [(entry["rule"], entry["by"], entry["until"]) for entry in new["lapsed"]] == [
        ("language/substance-abuse", "A. Lee", "2026-03-31")
    ]
    said = run("--today", "2026-04-01", "warned.md").stdout
    assert "warned.md: notice: copycheck/lapsed Line 1: this directive held until 2026-03-31: what it silenced counts again." in said


def test_a_list_with_a_file_that_was_not_checked_is_not_whole(signed: Path) -> None:
    Path("broken.md").write_bytes(b"\0")
    for format_ in ("text", "json", "csv"):
        done = run("accepted", "--format", format_, ".")
        assert done.exit_code == 2 and "broken.md" in done.stdout


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "page.md").write_text(PAGE, encoding="utf-8")
    return tmp_path


def test_words_go_by_the_vocabulary_of_each_folder(folder):
    (folder / "own").mkdir()
    (folder / "own" / ".copycheck.yaml").write_text("vocabulary: [Zorbwell, zorbwell]\n", encoding="utf-8")
    (folder / "own" / "page.md").write_text(PAGE, encoding="utf-8")
    both, one = (run("words", "--format", "json", *paths) for paths in (("page.md", "own/page.md"), ("page.md",)))
    assert both.exit_code == 0 and both.stdout == one.stdout and "Zorbwell" in one.stdout


def test_claims_lists_sourced_and_unsourced_ones(folder):
    done = run("claims", "--format", "json", "page.md")
    assert done.exit_code == 0, done.output
    listed = json.loads(done.stdout)["files"][0]["claims"]
    assert {claim["status"] for claim in listed} == {"unsourced", "cited"}


@pytest.mark.parametrize("form", ["text", "csv", "markdown"])
def test_claims_in_every_form(folder, form):
    done = run("claims", "--format", form, "page.md")
    assert done.exit_code == 0 and "Massage lowers blood pressure" in done.stdout


@pytest.mark.parametrize("option", ["--select", "--ignore"])
def test_claims_are_listed_whichever_rules_are_on(folder, option):
    done = run("claims", option, "claims/unsourced-statistic", "page.md")
    assert done.exit_code == 2 and done.stdout == ""
    assert done.stderr == f"copycheck: {option}: every claim is listed, whichever rules are on; choose by kind or status in the ledger\n"


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

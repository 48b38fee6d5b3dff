"""Baseline: what is known does not count, what is new does, and nothing else is hidden; a damaged file stops the run."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from report_samples import ARTICLE, article, find, missing

from copycheck.baseline import NAME, SCHEMA, BadBaseline, Baseline, load
from copycheck.findings import Profile, Report
from copycheck.reports import Options, render
from copycheck.reports.summary import count, named
from tests.command import run

OLD = "# Help\n\nTreatment for substance abuse.\n\nHe committed suicide.\n"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".copycheck.yaml").write_text("select: [language]\nfail_on: warning\nvertical: addiction\n", encoding="utf-8")
    (tmp_path / "posts").mkdir()
    (tmp_path / "posts" / "old.md").write_text(OLD, encoding="utf-8")
    return tmp_path


def page(text: str, *words: str, path: str = "a.md") -> Report:
    """A page with a finding on each of some words, the nth for the nth time that a word is given."""
    seen: dict[str, int] = {}
    found = []
    for word in words:
        found.append(find(text, f"language/{word.lower()}", "warning", word, "No.", nth=seen.get(word, 0)))
        seen[word] = seen.get(word, 0) + 1
    return Report(path, Profile(), tuple(found), text=text)


def test_what_is_known_does_not_count_and_is_still_told(tmp_path: Path) -> None:
    before = replace(article(), path=str(tmp_path / "a.md"))
    baseline = Baseline(tmp_path / NAME).written([before])
    after = baseline.split(before)
    assert after.findings == () and set(after.known) == set(before.findings)
    assert (after.notices, after.claims, after.suppressed) == (before.notices, before.claims, before.suppressed)
    counts = count([after])
    assert (counts.findings, counts.known) == (0, len(before.findings))
    for grouped in (True, False):
        text = render([after], "text", Options(grouped=grouped)).decode()
        assert "8 known" in text and "no new findings in the checks that ran; not legal clearance" in text and "clinically" not in text
    (file,) = json.loads(render([after], "json", Options()))["files"]
    assert file["findings"] == [] and len(file["known"]) == 8


def test_a_fingerprint_in_the_report_does_not_depend_on_what_is_known() -> None:
    text = "An addict. An addict.\n"
    both = page(text, "addict", "addict")
    first, second = [replace(both, findings=(one,), known=(other,)) for one, other in (both.findings, reversed(both.findings))]
    names = [name for _, name in named(both)]
    assert len(set(names)) == 2
    for report, name in ((first, names[0]), (second, names[1])):
        assert json.loads(render([report], "json", Options()))["files"][0]["findings"][0]["fingerprint"] == name


def test_edits_elsewhere_keep_what_is_known_and_copies_are_new(tmp_path: Path) -> None:
    text = "An addict may call. Ask us.\n"
    path = str(tmp_path / "a.md")
    baseline = Baseline(tmp_path / NAME).written([page(text, "addict", path=path)])

    def new(report: Report) -> list[str]:
        return [finding.rule for finding in baseline.split(report).findings]

    assert new(page("More words. An  ADDICT may call. Write to us.\n", "ADDICT", path=path)) == []
    assert new(page("An addict may write. Ask us.\n", "addict", path=path)) == ["language/addict"]
    assert new(page(text + text, "addict", "addict", path=path)) == ["language/addict"]
    assert new(page(text, "addict", path=str(tmp_path / "b.md"))) == ["language/addict"]


def test_two_missing_things_of_one_rule_are_told_apart(tmp_path: Path) -> None:
    one = Report(str(tmp_path / "a.md"), Profile(), (missing("disclaimers/missing-advice"),))
    other = missing("disclaimers/missing-advice", message="Another one.")
    baseline = Baseline(tmp_path / NAME).written([one])
    assert len(baseline.split(replace(one, findings=(*one.findings, other))).findings) == 1


def test_a_file_that_failed_stays_one(tmp_path: Path) -> None:
    report = replace(page("An addict.\n", "addict", path=str(tmp_path / "a.md")), error="it is broken")
    split = Baseline(tmp_path / NAME).written([report]).split(report)
    assert split.error == "it is broken" and split.findings == ()


def test_the_file_is_sorted_holds_a_finding_a_line_and_comes_back(tmp_path: Path) -> None:
    reports = [page(ARTICLE, "addict", "addict", path=str(tmp_path / name)) for name in ("b.md", "ä.md", "a.md", "\udc80.md")]
    reports.append(Report(str(tmp_path / "clean.md"), Profile()))
    baseline = Baseline(tmp_path / NAME).written(reports)
    data = baseline.render()
    assert data == Baseline(tmp_path / NAME).written(list(reversed(reports))).render()
    assert data.count(b"\n") == 5 + 4 * 4 and data.endswith(b"}\n") and "ä.md".encode() in data
    assert list(json.loads(data)["files"]) == ["a.md", "b.md", "ä.md", "\udc80.md"]
    (tmp_path / NAME).write_bytes(data)
    assert load(tmp_path / NAME).render() == data


ENTRY = "language/x 0123456789abcdef"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{",
        "null",
        "[" * 100_000,
        '{"schema": "copycheck-baseline/2", "files": {}}',
        f'{{"schema": "{SCHEMA}"}}',
        f'{{"schema": "{SCHEMA}", "files": []}}',
        f'{{"schema": "{SCHEMA}", "files": {{}}, "more": 1}}',
        f'{{"schema": "{SCHEMA}", "files": {{"a.md": "{ENTRY}"}}}}',
        f'{{"schema": "{SCHEMA}", "files": {{"a.md": ["{ENTRY}0"]}}}}',
        f'{{"schema": "{SCHEMA}", "files": {{"a.md": [1]}}}}',
        f'{{"schema": "{SCHEMA}", "files": {{"a.md": ["{ENTRY}"], "a.md": []}}}}',
        f'{{"schema": "{SCHEMA}", "files": {{\n<<<<<<< ours\n"a.md": ["{ENTRY}"]\n=======\n>>>>>>> theirs\n}}}}',
        "\xff",
    ],
)
def test_a_damaged_baseline_is_refused_in_one_sentence(tmp_path: Path, text: str) -> None:
    path = tmp_path / NAME
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(BadBaseline) as refused:
        load(path)
    assert str(refused.value).startswith(f"{path}: the baseline is damaged") and "\n" not in str(refused.value)


def test_write_then_only_new_findings_fail(folder: Path) -> None:
    assert run("posts").exit_code == 1
    done = run("baseline", "write", "posts")
    assert done.exit_code == 0 and done.stdout == f"{NAME}: 2 findings in 1 file\n"  # as seen from here, as the pages were given
    known = run("posts")
    assert known.exit_code == 0 and "2 known" in known.stdout
    assert run("--no-baseline", "posts").exit_code == 1
    (folder / "posts" / "old.md").write_text("Welcome.\n\n" + OLD, encoding="utf-8")
    assert run("posts/old.md").exit_code == 0
    (folder / "posts" / "old.md").write_text(OLD + "\nHelp for an addict.\n", encoding="utf-8")
    added = run("posts")
    assert added.exit_code == 1 and "1 to decide" in added.stdout and "2 known" in added.stdout and "addict" in added.stdout
    report = json.loads(run("--format", "json", "posts").stdout)
    assert report["summary"]["warnings"] == 1 and report["summary"]["known"] == 2


def test_a_named_baseline_holds_from_any_folder(folder: Path, monkeypatch) -> None:
    assert run("baseline", "write", "--baseline", "known.json", "posts").exit_code == 0
    assert run("posts").exit_code == 1
    assert run("--baseline", "known.json", "posts").exit_code == 0
    monkeypatch.chdir(folder / "posts")
    assert run("--baseline", "../known.json", "old.md").exit_code == 0
    assert run("--baseline", "../known.json", str(folder / "posts")).exit_code == 0


def test_check_and_prune(folder: Path) -> None:
    (folder / "posts" / "gone.md").write_text(OLD, encoding="utf-8")
    run("baseline", "write", "posts")
    assert run("baseline", "check", "posts").exit_code == 0
    (folder / "posts" / "gone.md").unlink()
    (folder / "posts" / "old.md").write_text("Treatment for substance abuse, and for an addict.\n", encoding="utf-8")
    before = (folder / NAME).read_bytes()
    done = run("baseline", "check", "posts")
    assert done.exit_code == 1 and "0 known, 4 gone, 2 new" in done.output and (folder / NAME).read_bytes() == before
    assert "gone: posts/gone.md: language/suicide-wording" in done.output and "new: posts/old.md: language/addiction-labels" in done.output
    assert "4 dropped, 0 left" in run("baseline", "prune", "posts").output
    assert json.loads((folder / NAME).read_text("utf-8"))["files"] == {}
    assert run("posts").exit_code == 1


def test_write_and_prune_leave_other_files_alone(folder: Path) -> None:
    (folder / "pages").mkdir()
    (folder / "pages" / "other.md").write_text(OLD, encoding="utf-8")
    for path in ("posts", "pages"):
        assert run("baseline", "write", path).exit_code == 0
    assert "0 dropped, 4 left" in run("baseline", "prune", "posts").output
    assert "4 known" in run(".").stdout


@pytest.mark.parametrize("narrow", [("--select", "language/suicide-wording"), ("--ignore", "language/substance-abuse")])
def test_rules_that_the_options_leave_out_keep_their_entries(folder: Path, narrow: tuple[str, str]) -> None:
    run("baseline", "write", "posts")
    (folder / "posts" / "old.md").write_text("Treatment of depression.\n", encoding="utf-8")
    done = run("baseline", "check", *narrow, "posts")
    assert "1 known, 1 gone, 0 new" in done.stdout and "substance-abuse" not in done.stdout
    assert "1 dropped, 1 left" in run("baseline", "prune", *narrow, "posts").stdout
    assert "substance-abuse" in (folder / NAME).read_text("utf-8")
    (folder / "posts" / "old.md").write_text(OLD, encoding="utf-8")
    assert "1 known" in run("posts").stdout
    assert run("baseline", "write", *narrow, "posts").stdout == f"{NAME}: 2 findings in 1 file\n"
    assert "2 known" in run("posts").stdout


def test_a_file_that_cannot_be_read_is_never_hidden(folder: Path) -> None:
    run("baseline", "write", "posts")
    before = (folder / NAME).read_bytes()
    (folder / "posts" / "old.md").write_bytes(b"\0\0")
    for command in ("write", "prune", "check"):
        done = run("baseline", command, "posts")
        assert done.exit_code == 2 and "posts/old.md: not checked" in done.output and (folder / NAME).read_bytes() == before
    assert run("posts").exit_code == 2


def test_a_baseline_that_cannot_be_taken_stops_the_run(folder: Path) -> None:
    done = run("--baseline", "none.json", "posts")
    assert done.exit_code == 2 and "none.json: the baseline cannot be read" in done.output
    (folder / NAME).write_text("{}", encoding="utf-8")
    for arguments in (["posts"], ["baseline", "write", "posts"], ["baseline", "check", "posts"], ["baseline", "prune", "posts"]):
        done = run(*arguments)
        assert done.exit_code == 2 and len(done.output.splitlines()) == 1 and "is damaged" in done.output
    (folder / NAME).unlink()
    (folder / NAME).symlink_to("nowhere.json")
    assert run("posts").exit_code == 2
    assert run("baseline", "write", "-").exit_code == 2
    assert run("baseline", "write", "--baseline", "no/such/folder.json", "posts").exit_code == 2

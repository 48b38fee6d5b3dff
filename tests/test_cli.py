"""Command line: what a user types and gets; exit codes; what must not be imported for a quick answer."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import unicodedata
from pathlib import Path
from unittest.mock import Mock

import pytest

from copycheck import runner
from tests.command import run

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "docs" / "sample" / "article.txt"
CLEAN = ROOT / "docs" / "sample" / "clean.md"


def copycheck(*arguments: str, cwd: Path | None = None, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    """The real command in a process of its own."""
    command = [sys.executable, "-m", "copycheck", *arguments]
    return subprocess.run(command, cwd=cwd, input=stdin, capture_output=True, env={**os.environ, **environment}, timeout=600, check=False)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".copycheck.yaml").write_text("select: [language]\nvertical: addiction\npromotional: true\n", encoding="utf-8")
    (tmp_path / "bad.md").write_text("# Help\n\nTreatment for substance abuse.\n", encoding="utf-8")
    (tmp_path / "good.md").write_text("# Help\n\nTreatment for people who drink.\n", encoding="utf-8")
    return tmp_path


def test_sample_article_exits_1_under_both_presets():
    for preset in ("clinic", "publisher"):
        done = run("--preset", preset, str(SAMPLE))
        assert done.exit_code == 1 and "substance abuse" in done.stdout, done.stderr


def test_sample_article_has_its_real_problems():
    report = json.loads(run("--format", "json", "--today", "2026-11-01", str(SAMPLE)).stdout)["files"][0]
    rules = {finding["rule"] for finding in report["findings"]}
    families = {rule.split("/")[0] for rule in rules}
    assert {"claims", "compliance", "disclaimers", "language", "readability", "content", "typos"} <= families
    assert {f"disclaimers/missing-{code}" for code in ("advice",)} <= rules
    assert {"claims/unlinked-source", "claims/no-source-on-page"} <= rules
    text = SAMPLE.read_text(encoding="utf-8")
    for finding in report["findings"]:
        if finding["end"]:
            assert text[finding["start"] : finding["end"]].split() == finding["excerpt"].split()
    comments = text.index("thoughts on")
    late = [f for f in report["findings"] if f["start"] > comments]
    assert late and all(f["severity"] == "info" for f in late)


def test_clean_article_exits_0():
    done = run(str(CLEAN))
    assert done.exit_code == 0, done.output
    assert "not legal clearance" in done.output


def test_exit_codes_follow_fail_on(folder):
    assert run("good.md").exit_code == 0
    assert run("bad.md").exit_code == 0  # a warning, and errors fail
    assert run("--fail-on", "warning", "bad.md").exit_code == 1
    assert run("--fail-on", "never", "bad.md").exit_code == 0
    assert run("--fail-on", "never", "gone.md").exit_code == 2


def test_a_sidebar_is_checked_with_its_article(folder):
    page = f"<h1>Help</h1><p>{'We treat people who drink, and it takes some time to get well. ' * 3}</p>"
    said = "<p>I came here with substance abuse, and they heard me.</p>"
    Path("page.html").write_text(f'{page}<div class="sidebar"><h3>Stories</h3>{said}</div>', encoding="utf-8")
    done = run("--fail-on", "warning", "page.html")
    assert done.exit_code == 1 and "substance abuse" in done.stdout
    Path("page.html").write_text(f'{page}<div class="recent-posts">{said}</div>', encoding="utf-8")
    assert run("--fail-on", "warning", "page.html").exit_code == 0


def test_one_bad_file_does_not_hide_the_others(folder):
    done = run("--fail-on", "warning", "gone.md", "bad.md")
    assert done.exit_code == 2
    assert "gone.md" in done.stdout and "no such file" in done.stdout and "substance abuse" in done.stdout


def test_json_has_a_summary(folder):
    report = json.loads(run("--format", "json", "bad.md", "gone.md").stdout)
    assert report["schema"] == "copycheck/1"
    assert report["summary"] == {
        "files": 2,
        "errors": 0,
        "warnings": 1,
        "infos": 0,
        "failed": 1,
        "suppressed": 0,
        "known": 0,
        "unapplied": 0,
    }
    assert report["files"][0]["profile"]["vertical"] == "addiction"


def test_folder_is_walked_and_config_found(folder):
    (folder / ".gitignore").write_text("drafts/\n", encoding="utf-8")
    (folder / "drafts").mkdir()
    (folder / "drafts" / "x.md").write_text("Substance abuse.\n", encoding="utf-8")
    paths = [Path(file["path"]).name for file in json.loads(run("--format", "json", ".").stdout)["files"]]
    assert paths == ["bad.md", "good.md"]
    assert len(json.loads(run("--format", "json", "drafts/x.md").stdout)["files"]) == 1


def test_nearest_configuration_counts_for_each_file(folder):
    (folder / "news").mkdir()
    (folder / "news" / ".copycheck.yaml").write_text("select: [typos]\n", encoding="utf-8")
    (folder / "news" / "bad.md").write_text("Treatment for substance abuse.\n", encoding="utf-8")
    files = json.loads(run("--format", "json", ".").stdout)["files"]
    assert {Path(file["path"]).parent.name or ".": len(file["findings"]) for file in files if "bad" in file["path"]} == {".": 1, "news": 0}


def test_what_one_folder_configures_holds_for_it_alone_in_any_order(folder):
    (folder / "drafts").mkdir()
    (folder / "drafts" / ".copycheck.yaml").write_text(
        "select: [language]\nfail_on: never\nmax_file_size: 1000\nexclude: ['**/*.md']\n", encoding="utf-8"
    )
    (folder / "drafts" / "a.md").write_text("Treatment for substance abuse.\n", encoding="utf-8")
    (folder / ".copycheck.yaml").write_text("select: [language]\nfail_on: warning\n", encoding="utf-8")
    (folder / "bad.md").write_text("Treatment for substance abuse.\n" + "More plain words.\n" * 60, encoding="utf-8")
    one, two = (run("--format", "json", *paths) for paths in (("bad.md", "drafts/a.md"), ("drafts/a.md", "bad.md")))
    assert one.exit_code == two.exit_code == 1 and one.stdout == two.stdout
    assert [file["error"] for file in json.loads(one.stdout)["files"]] == [None, None]
    assert run("drafts/a.md").exit_code == 0
    both = json.loads(run("--format", "json", "drafts", ".").stdout)["files"]
    assert {file["path"] for file in both if not file["error"]} == {"bad.md", "good.md"}


def test_rules_of_a_folder_below_are_not_passed_over(folder):
    (folder / "sub").mkdir()
    (folder / "sub" / ".copycheck.yaml").write_text("rule_folders: [own]\n", encoding="utf-8")
    (folder / "sub" / "a.md").write_text("Text.\n", encoding="utf-8")
    for paths in (("bad.md", "sub/a.md"), ("sub/a.md", "bad.md"), (".",)):
        done = run(*paths)
        assert done.exit_code == 2 and "rule_folders: it holds for a whole run" in done.stderr


def test_exclude_and_force_exclude(folder):
    (folder / ".copycheck.yaml").write_text("select: [language]\nexclude: ['bad.*']\n", encoding="utf-8")
    assert [f["path"] for f in json.loads(run("--format", "json", ".").stdout)["files"]] == ["good.md"]
    assert len(json.loads(run("--format", "json", "bad.md").stdout)["files"]) == 1
    assert json.loads(run("--format", "json", "--force-exclude", "bad.md").stdout)["files"] == []
    (folder / "drafts").mkdir()
    (folder / "drafts" / ".copycheck.yaml").write_text("select: [language]\n", encoding="utf-8")
    (folder / "drafts" / "a.md").write_text("Text.\n", encoding="utf-8")
    (folder / ".copycheck.yaml").write_text("exclude: ['bad.*', 'drafts/**']\n", encoding="utf-8")
    assert run("--list-files", ".").stdout == "good.md\n"


def test_standard_input(folder):
    done = run("--format", "json", "--stdin-filename", "x.html", "-", stdin=b"<p>Treatment for <b>substance</b> abuse.</p>")
    file = json.loads(done.stdout)["files"][0]
    assert file["path"] == "x.html" and file["findings"][0]["start"] == 20
    assert json.loads(run("--format", "json", "-", stdin=b"Substance abuse.\n").stdout)["files"][0]["path"] == "-"


def test_standard_input_named_in_a_loop_of_links(folder):
    (folder / "loop").symlink_to("loop")
    (folder / ".copycheck.yaml").write_text(
        "select: [language]\nexclude: ['**/x.md']\noverrides: [{paths: ['loop/**'], preset: publisher}]\n", encoding="utf-8"
    )
    for name in ("loop/a.md", "loop", "no/such/a.md", "a" * 5_000 + ".md", ".", "..", "a\nb.md"):
        done = run("--format", "json", "--stdin-filename", name, "-", stdin=b"Substance abuse.\n")
        assert done.exit_code in (0, 2) and "internal" not in done.stderr, (name, done.stderr, done.exception)
        assert done.exception is None or isinstance(done.exception, SystemExit), name


def test_output_file(folder):
    assert run("--format", "json", "-o", "report.json", "good.md").exit_code == 0
    assert json.loads((folder / "report.json").read_text(encoding="utf-8"))["summary"]["files"] == 1
    assert run("-o", "no/such/report.json", "good.md").exit_code == 2


def test_colour_only_where_it_belongs(folder):
    assert "\x1b[" not in run("--framed", "bad.md").stdout
    assert b"\x1b[" in copycheck("--color", "always", "--framed", "bad.md", cwd=folder).stdout


@pytest.mark.parametrize(
    ("name", "text", "shown"),
    [
        ("a.md", "**Treatment for *substance* abuse** &amp; [rest](https://a.org).\n", "Treatment for substance abuse & rest."),
        ("a.md", "- **Substance abuse** is {{ page.term }} &mdash; ask.\n", "Substance abuse is {{ page.term }} — ask."),
        ("a.mdx", "<Note>**Substance abuse**, as _some_ say.</Note>\n", "Substance abuse, as some say."),
        ("a.html", "<p><b>Substance</b> abuse, <a href='/x'>as some</a> say.</p>\n", "Substance abuse, as some say."),
    ],
)
def test_a_frame_shows_a_sentence_as_it_reads(folder, name, text, shown):
    (folder / name).write_text(text, encoding="utf-8")
    lines = run("--framed", "--select", "language", name).stdout.splitlines()
    at = next(number for number, line in enumerate(lines) if line.endswith(f"│ {shown}"))
    found = shown.lower().index("substance abuse")
    assert lines[at + 1].split("│")[1] == " " * (1 + found) + "^" * len("substance abuse")


def test_piped_output_is_one_line_a_finding(folder):
    lines = copycheck("bad.md", cwd=folder).stdout.decode().splitlines()
    assert any(line.startswith("bad.md:3:15: warning: language/") for line in lines)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--jurisdiction", "xx", "good.md"], "not covered yet"),
        (["--vertical", "zoo", "good.md"], "unknown; known are"),
        (["--select", "language/substance-abus", "good.md"], "did you mean"),
        (["--config", "none.yaml", "good.md"], "No such file"),
        (["--no-such-option", "good.md"], "No such option"),
        (["--today", "yesterday", "good.md"], "does not match"),
        (["explain", "language/substance-abus"], "did you mean"),
        (["check"], "Missing argument"),
        (["--model", "no_such_model", "bad.md"], "no_such_model"),
    ],
)
def test_usage_and_configuration_errors(folder, arguments, said):
    done = run(*arguments)
    assert done.exit_code == 2
    assert said in done.output
    assert "Traceback" not in done.output


def test_configuration_problems_are_told_with_their_place(folder, monkeypatch):
    (folder / ".copycheck.yaml").write_text("prest: clinic\nrules: {claims/nope: off}\n", encoding="utf-8")
    done = run("good.md")
    assert done.exit_code == 2 and ".copycheck.yaml:1: prest: unknown key; did you mean `preset`?" in done.output
    for wrong, said in (
        ("prest: clinic", ".copycheck.yaml:1: prest: unknown key; did you mean `preset`?"),
        ("rules: {claims/nope: off}", ".copycheck.yaml:1: rules.claims/nope: there is no such rule; did you mean "),
        ("approved_claims: none.yaml", "none.yaml: it cannot be opened: "),
        ("rule_folders: [none]", "none:1: folder: there is no rule folder of this name"),
    ):
        (folder / ".copycheck.yaml").write_text(wrong, encoding="utf-8")
        assert run("good.md").stderr.startswith(f"copycheck: {said}")  # as seen from here
    (folder / "below").mkdir()
    monkeypatch.chdir(folder / "below")
    assert run("../good.md").stderr.startswith(f"copycheck: {folder / 'none'}:1: folder: ")


def test_a_wrong_option_is_not_blamed_on_the_configuration(folder):
    (folder / ".copycheck.yaml").write_text("select: [claims]\n", encoding="utf-8")
    for arguments in (["--select", "claim", "good.md"], ["rules", "--select", "claim"]):
        done = run(*arguments)
        assert done.exit_code == 2 and done.stderr == "copycheck: --select claim: there is no such rule; did you mean `claims`?\n"


FAMILIES = "claims, compliance, disclaimers, language, readability, typos, content"


@pytest.mark.parametrize(
    ("configured", "options", "where"),
    [
        ("preset: clinic", ["--select", "claims", "--ignore", "claims"], "in the options"),
        ("ignore: [claims]", ["--select", "claims"], ".copycheck.yaml"),
        (f"ignore: [{FAMILIES}]", [], ".copycheck.yaml"),
        (f"overrides: [{{paths: [good.md], ignore: [{FAMILIES}]}}]", [], ".copycheck.yaml"),
    ],
)
def test_a_run_that_would_check_nothing_is_refused(folder, configured, options, where):
    (folder / ".copycheck.yaml").write_text(configured, encoding="utf-8")
    done = run(*options, "good.md")
    assert done.exit_code == 2 and done.stdout == ""
    assert done.stderr.startswith("copycheck: good.md: no rule is on, so nothing would be checked") and where in done.stderr


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (["--select", "compliance/uk-prescription-only"], "compliance/uk-prescription-only holds for uk"),
        (["--select", "compliance/call-now", "--vertical", "dental"], "compliance/call-now holds for"),
        (["--select", "compliance/addiction-cure", "--not-promotional"], "compliance/addiction-cure holds for promotional copy"),
        (["--select", "readability/grade", "--audience", "professional"], "readability/grade has no limit for the audience professional"),
    ],
)
def test_a_page_to_which_no_selected_rule_applies_is_not_checked(folder, options, reason):
    done = run(*options, "good.md")
    assert done.exit_code == 2
    assert done.stdout.startswith(f"good.md: not checked: no selected rule applies to it: {reason}")


def test_a_selected_rule_that_does_not_apply_is_named(folder):
    select = ["--select", "language", "--select", "compliance/uk-prescription-only"]
    done = run(*select, "good.md")
    said = "compliance/uk-prescription-only is selected but was not applied: it holds for uk."
    assert done.exit_code == 0 and "; a selected rule does not apply to 1 file (--verbose says why)." in done.stdout
    in_full = run(*select, "--verbose", "good.md").stdout
    assert f"good.md: notice: copycheck/not-applied {said}\n" in in_full
    assert "; a selected rule does not apply to 1 file." in in_full  # it says why
    assert "; a selected rule does not apply to 1 file." in run("triage", *select, "good.md").stdout  # it has no such option
    (file,) = json.loads(run(*select, "--format", "json", "good.md").stdout)["files"]
    assert {"rule": "copycheck/not-applied", "message": said} in file["notices"] and file["error"] is None


MIXED = "promotional: false\noverrides:\n- {paths: [call.md], vertical: addiction, page: article}\n- {paths: [good.md], vertical: dental}\n"


def test_a_selected_rule_has_nothing_to_say_on_pages_that_it_does_not_hold_for(folder):
    """Beside a page that it holds for such a page is no failure, from the cache too; without one, nothing was checked."""
    (folder / ".copycheck.yaml").write_text(MIXED, encoding="utf-8")
    (folder / "call.md").write_text("# Help\n\nCall us now and ask for Jo.\n", encoding="utf-8")
    select = ["--select", "compliance/call-now", "--cache-dir", "kept"]
    for _ in range(2):
        done = run(*select, "--fail-on", "info", "call.md", "good.md")
        assert done.exit_code == 1 and "a selected rule does not apply to 1 file (--verbose says why)" in done.stdout
        assert "good.md" not in done.stdout and "not checked" not in done.stdout
        alone = run(*select, "good.md")
        assert alone.exit_code == 2 and alone.stdout.startswith(
            "good.md: not checked: no selected rule applies to it: compliance/call-now holds"
        )
    log = json.loads(run(*select, "--format", "json", "call.md", "good.md").stdout)
    good = log["files"][1]
    assert (good["path"], good["error"], log["summary"]["failed"]) == ("good.md", None, 0)
    said = "No selected rule applies to this page: compliance/call-now holds for addiction."
    assert {"rule": "copycheck/not-applied", "message": said} in good["notices"]
    (folder / "broken.md").write_text("---\ntitle: [\n---\n# Help\n", encoding="utf-8")
    assert run(*select, "call.md", "broken.md").exit_code == 2  # what could not be read is not excused by the choice of rules


@pytest.mark.parametrize(
    ("configured", "page", "code"),
    [
        (MIXED + "select: [compliance/call-now]\n", "# Gum care\n\nBrush twice a day.\n", 0),  # it holds for call.md
        (
            "select: [disclaimers/missing-stem-cells]\n",
            "# Rest\n\nBook in Tempe, AZ.\n",
            0,
        ),  # it holds for pages that name a state with such a law
        ("select: [disclaimers/missing-stem-cells]\nstates: [az]\n", "# Rest\n\nBook in Tempe, AZ.\n", 2),
        ("select: [compliance/uk-prescription-only]\n", "# Rest\n\nBook a visit.\n", 2),
        ("select: [compliance/call-now]\nvertical: dental\n", "# Gum care\n\nBrush twice a day.\n", 2),
    ],
)
def test_a_page_that_no_configured_rule_is_for_fails_only_where_none_could_be(folder, configured, page, code):
    """As a hook names it, alone; that rules are selected which no page can meet is a mistake."""
    (folder / ".copycheck.yaml").write_text(configured, encoding="utf-8")
    (folder / "good.md").write_text(page, encoding="utf-8")
    done = run("good.md")
    assert done.exit_code == code and ("no selected rule applies to it" in done.stdout) == (code == 2)
    assert ("a selected rule does not apply to 1 file (--verbose says why)" in done.stdout) == (code == 0)
    if code == 0:
        said = run("--verbose", "good.md").stdout
        assert said.count("copycheck/not-applied") == 1 and "No selected rule applies to this page: " in said


def test_front_matter_leaves_an_error_of_a_selected_rule(folder):
    (folder / ".copycheck.yaml").write_text("select: [compliance/cure]\n", encoding="utf-8")
    (folder / "good.md").write_text("---\ncopycheck: {promotional: false}\n---\n\nOur braces cure gout. Book now.\n", encoding="utf-8")
    done = run("--verbose", "good.md")
    assert done.exit_code == 1 and "error: compliance/cure" in done.stdout and "not-applied" not in done.stdout


def test_own_rules(folder):
    (folder / "house" / "language").mkdir(parents=True)
    rule = (
        "kind: pattern\nseverity: error\nconfidence: high\ntitle: House word\nmessage: Not “{match}”.\nwhy: House style.\n"
        "patterns: [people who drink]\nexamples:\n  flag: ['For [|people who drink|].']\n  pass: ['For all.']\n"
    )
    (folder / "house" / "language" / "house-word.yaml").write_text(rule, encoding="utf-8")
    (folder / ".copycheck.yaml").write_text("rule_folders: [house]\n", encoding="utf-8")
    assert run("--select", "language", "good.md").exit_code == 1
    tested = run("test", "house")
    assert tested.exit_code == 0 and "1 rule, 2 examples, 0 failed" in tested.output
    (folder / "empty").mkdir()
    assert run("test", "empty").exit_code == 2 and "there are no rules in empty" in run("test", "empty").output
    assert "`rule_folders`" in run("explain", "language/houseword").output
    (folder / "house" / "language" / "house-word.yaml").write_text(rule.replace("For all", "People who drink"), encoding="utf-8")
    tested = run("test", "house")
    assert tested.exit_code == 1 and "examples.pass.1" in tested.output
    (folder / "house" / "language" / "house-word.yaml").write_text(rule.replace("severity", "sevrity"), encoding="utf-8")
    assert run("test", "house").exit_code == 2
    done = run("good.md")
    assert done.exit_code == 2 and "house-word.yaml:2: sevrity: unknown key; did you mean `severity`?" in done.output


HOSTILE_RULE = """kind: pattern
severity: warning
confidence: high
title: "\\e[31mT\\n::error::x\\u202e ##[error]x"
message: "\\e[31m{match}\\n::error::x\\u202e"
why: "Because \\a of it."
patterns: [badword]
examples:
  flag: ["A [|badword|] here.", "No \\e[31m mark."]
  pass: ["Nothing here."]
"""


def test_what_rules_of_a_team_say_steers_no_terminal(folder):
    (folder / "own" / "language").mkdir(parents=True)
    (folder / "own" / "language" / "own.yaml").write_text(HOSTILE_RULE, encoding="utf-8")
    (folder / ".copycheck.yaml").write_text("rule_folders: [own]\nselect: [language]\n", encoding="utf-8")
    (folder / "bad.md").write_text("A badword.\n", encoding="utf-8")
    for arguments in (
        ("bad.md",),
        ("--framed", "--notes", "--verbose", "bad.md"),
        ("--format", "json", "bad.md"),
        ("rules",),
        ("rules", "--format", "json"),
        ("rules", "--format", "markdown"),
        ("explain", "language/own"),
        ("explain", "language/own", "--sentence", "A \x1b[31mbadword\u202e."),
        ("test", "own"),
    ):
        done = run(*arguments)
        assert done.exit_code in (0, 1), done.stderr
        raw = {char for char in done.stdout + done.stderr if unicodedata.category(char) in ("Cc", "Cf", "Zl", "Zp")} - {"\n"}
        assert not raw, arguments
        assert "##[" not in done.stdout and not re.search(r"(?m)^\s*::", done.stdout), arguments


def test_rules_lists_what_is_on():
    listed = run("rules").output
    assert "language/substance-abuse" in listed and "disclaimers/missing-advice" in listed
    entries = json.loads(run("rules", "--format", "json", "--not-promotional").stdout)["rules"]
    off = {entry["id"]: entry["off"] for entry in entries if not entry["on"]}
    assert off and all("holds for" in reason for reason in off.values())
    assert len(entries) >= 60
    assert {entry["id"].split("/")[0] for entry in entries} == {
        "claims", "compliance", "disclaimers", "language", "readability", "typos", "content",
    }  # fmt: skip


def test_init(folder):
    (folder / ".copycheck.yaml").unlink()
    assert run("init", "--yes").exit_code == 0
    assert run("good.md", "--select", "language").exit_code == 0
    assert run("init").exit_code == 2
    assert run("init", "--force").exit_code == 0


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(shell):
    assert "_COPYCHECK_COMPLETE" in run("completion", shell).output


def test_help_and_version():
    assert "Usage: copycheck [OPTIONS] PATH…" in run("--help").output
    assert run("--version").output.startswith("copycheck, version ")
    assert run("rules", "--help").exit_code == 0
    assert run().exit_code == 2


QUICK = """
import sys
import unicodedata
from click.testing import CliRunner
from copycheck.cli import cli
for arguments in {commands!r}:
    done = CliRunner().invoke(cli, arguments, prog_name="copycheck")
    print(done.exit_code, sorted({{"spacy", "numpy", "thinc", "textstat", "pydantic", "regex", "jinja2", "subprocess"}} & set(sys.modules)))
"""


def imported(*commands: list[str], cwd: Path | None = None) -> list[str]:
    """The exit codes of commands in one process of their own, and which of the heavy libraries were imported by then."""
    code = QUICK.format(commands=commands)
    done = subprocess.run([sys.executable, "-c", code], cwd=cwd, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def test_quick_answers_import_nothing_heavy():
    answers = [
        (0, ["--help"], []),
        (0, ["--version"], []),
        (2, ["--no-such"], []),
        (2, ["--jurisdiction", "xx", "x.md"], []),
        (2, ["gone.md"], []),
        (2, ["--select", "language/no-such", "x.md"], []),
        (0, ["explain", "language/substance-abuse"], ["pydantic", "regex"]),  # rules are checked
    ]
    assert imported(*(arguments for _, arguments, _ in answers)) == [f"{code} {heavy}" for code, _, heavy in answers]


def test_a_full_cache_hit_imports_nothing_heavy(folder):
    (folder / ".copycheck.yaml").unlink()
    first = run("--format", "json", "bad.md", "good.md")
    cached, fresh = imported(["--format", "json", "bad.md", "good.md"], ["--no-cache", "--select", "language", "bad.md"], cwd=folder)
    assert cached == f"{first.exit_code} []" != fresh


FORMATS = (["--format", "json"], ["--framed", "--notes", "--verbose"])


def test_the_cache_and_the_number_of_processes_change_no_byte(folder):
    (folder / ".copycheck.yaml").unlink()
    for number in range(3):
        (folder / f"more{number}.md").write_text(SAMPLE.read_text(encoding="utf-8")[number * 50 : 1_500], encoding="utf-8")
    for options in FORMATS:
        fresh = run("--no-cache", "--jobs", "1", *options, ".", "gone.md")
        assert fresh.exit_code == 2 and len(fresh.stdout) > 1_000
        for more in (["--cache-dir", "c"], ["--cache-dir", "c"], ["--cache-dir", "d", "-j", "2"], ["--cache-dir", "d", "--jobs", "auto"]):
            again = run(*more, *options, ".", "gone.md")
            assert (again.exit_code, again.stdout) == (fresh.exit_code, fresh.stdout), more


def test_articles_are_shared_out_where_it_pays(folder, monkeypatch):
    """With a second process, with the cache empty and full, and with one article changed: always the same bytes."""
    (folder / ".copycheck.yaml").unlink()
    text = SAMPLE.read_text(encoding="utf-8")[:1_500]
    for number in range(4):
        (folder / f"more{number}.md").write_text(text[number * 50 :], encoding="utf-8")
    monkeypatch.setattr(runner, "MIN_CHARS_FOR_WORKERS", len(text))
    monkeypatch.setattr(runner, "BATCH", len(text))

    def report(*options: str) -> tuple[int, str]:
        done = run("--format", "json", *options, ".")
        return done.exit_code, done.stdout

    alone = report("--no-cache", "--jobs", "1")
    assert report("--no-cache", "--jobs", "2") == report("--cache-dir", "kept", "-j", "2") == report("--cache-dir", "kept") == alone
    (folder / "more3.md").write_text(text, encoding="utf-8")
    assert report("--cache-dir", "kept") == report("--no-cache", "--jobs", "1") != alone


def test_a_damaged_result_is_made_again(folder):
    (folder / ".copycheck.yaml").unlink()
    for number in range(4):
        (folder / f"more{number}.md").write_text(f"Our tea cures {number} ills.\n\nWe cure adiction.\n", encoding="utf-8")

    def report(*options: str) -> str:
        done = run("--format", "json", *options, ".")
        assert done.exit_code < 2 and "cures" in done.stdout
        return done.stdout

    assert report("--cache-dir", "kept") == report("--no-cache", "--jobs", "1")
    for number, entry in enumerate(sorted(Path("kept", "reports").rglob("*.json"))[:3]):
        entry.write_bytes(entry.read_bytes()[: (90, 150, -5)[number]])
    (folder / "more2.md").write_text("Nothing is wrong here.\n", encoding="utf-8")
    for jobs in ("auto", "1"):
        assert report("--cache-dir", "kept", "--jobs", jobs) == report("--no-cache", "--jobs", "1")


def test_what_is_cached_is_checked_again_when_anything_changes(folder):
    def findings(*options: str) -> int:
        done = run("--format", "json", "--cache-dir", "kept", *options, "bad.md")
        return len(json.loads(done.stdout)["files"][0]["findings"])

    assert findings() == findings() == 1
    assert findings("--select", "typos") == 0
    assert findings("--select", "typos", "--select", "language,content") == 1
    assert findings("--select", "language,typos,content", "--ignore", "language", "--ignore", "typos") == 0
    (folder / ".copycheck.yaml").write_text("select: [language, typos]\nrules: {language: off}\n", encoding="utf-8")
    assert findings() == 0
    (folder / ".copycheck.yaml").write_text(
        "select: [language, typos]\noverrides: [{paths: ['bad.*'], rules: {language: off}}]\n", encoding="utf-8"
    )
    assert findings() == 0
    (folder / ".copycheck.yaml").write_text("select: [language]\n", encoding="utf-8")
    assert findings() == 1
    (folder / "bad.md").write_text("Treatment for substance use.\n", encoding="utf-8")
    assert findings() == 0
    words = folder / "words.txt"
    words.write_text("", encoding="utf-8")
    (folder / ".copycheck.yaml").write_text("select: [typos]\nvocabulary_files: [words.txt]\n", encoding="utf-8")
    (folder / "bad.md").write_text("The medicatoin helps you to rest.\n", encoding="utf-8")
    assert findings() == 1
    words.write_text("medicatoin\n", encoding="utf-8")
    assert findings() == 0


def test_no_cache_keeps_nothing(folder, monkeypatch):
    monkeypatch.setenv("COPYCHECK_CACHE_DIR", str(folder / "kept"))
    run("--no-cache", "good.md")
    assert not (folder / "kept").exists()
    run("good.md")
    assert "reports" in {path.name for path in (folder / "kept").iterdir()}


def test_a_cache_that_cannot_be_used_is_no_error(folder):
    (folder / "file").write_text("x", encoding="utf-8")
    assert run("--cache-dir", "file/inner", "good.md").exit_code == 0


def test_where_the_cache_is(monkeypatch, tmp_path):
    from copycheck.cli.given import cache_folder

    for name in ("COPYCHECK_CACHE_DIR", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert cache_folder({}) == tmp_path / ".cache" / "copycheck"
    monkeypatch.setattr("sys.platform", "darwin")
    assert cache_folder({}) == tmp_path / "Library" / "Caches" / "copycheck"
    monkeypatch.setattr("sys.platform", "win32")
    assert cache_folder({}) is None
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    assert cache_folder({}) == tmp_path / "copycheck"
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    assert cache_folder({}) is None
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setattr("os.path.expanduser", lambda path: path)  # nobody has a home
    assert cache_folder({}) is None
    assert cache_folder({"cache_dir": Path("x"), "no_cache": False}) == Path("x")
    assert cache_folder({"cache_dir": Path("x"), "no_cache": True}) is None


@pytest.mark.parametrize("jobs", ["0", "-1", "many", "1000"])
def test_a_number_of_processes_that_cannot_be(folder, jobs):
    done = run("--jobs", jobs, "good.md")
    assert done.exit_code == 2 and "neither a number from 1 to 256 nor auto" in done.output


def test_progress_is_shown_to_a_person_only(monkeypatch, capsys):
    from copycheck.cli.terminal import FEW, Progress

    def said(terminal: bool, shown: bool, total: int) -> str:
        monkeypatch.setattr("sys.stderr.isatty", lambda: terminal)
        progress = Progress(shown)
        progress.begin(total)
        for _ in range(total):
            progress.step()
        progress.end()
        printed = capsys.readouterr()
        assert printed.out == ""
        return printed.err

    assert said(False, True, FEW) == said(True, False, FEW) == said(True, True, FEW - 1) == ""
    assert f"{FEW}/{FEW}" in said(True, True, FEW) and said(True, True, FEW).startswith("\r\x1b[?25l")


@pytest.mark.parametrize(
    ("environment", "terminal", "colour"),
    [
        ({}, True, True),
        ({}, False, False),
        ({"NO_COLOR": "1"}, True, False),
        ({"NO_COLOR": ""}, True, True),
        ({"FORCE_COLOR": "1"}, False, True),
        ({"FORCE_COLOR": ""}, False, False),
        ({"FORCE_COLOR": "1", "TERM": "dumb"}, True, True),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, True, False),
        ({"TERM": "dumb"}, True, False),
    ],
)
def test_colour_by_convention(monkeypatch, environment, terminal, colour):
    from copycheck.cli.output import _wants_colour

    for name in ("NO_COLOR", "FORCE_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert _wants_colour(terminal) is colour


@pytest.mark.parametrize(
    ("environment", "terminal", "links"),
    [
        ({}, True, False),
        ({"VTE_VERSION": "7600"}, True, True),
        ({"VTE_VERSION": "7600"}, False, False),
        ({"TERM_PROGRAM": "vscode"}, True, True),
        ({"TERM_PROGRAM": "Apple_Terminal"}, True, False),
        ({"VTE_VERSION": "7600", "FORCE_HYPERLINK": "0"}, True, False),
        ({"FORCE_HYPERLINK": "1"}, False, True),
    ],
)
def test_links_where_the_terminal_shows_them(folder, monkeypatch, environment, terminal, links):
    from copycheck.cli import output

    for name in ("FORCE_HYPERLINK", "TERM_PROGRAM", *output._LINKING_BY):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(output, "is_terminal", lambda *streams: terminal)
    assert ("\x1b]8;;https://" in run("--framed", "bad.md").stdout) is links
    assert "\x1b]8" not in run("--framed", "--color", "never", "bad.md").stdout


def test_colour_goes_to_standard_output_alone(folder, monkeypatch):
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[" in run("--framed", "bad.md").stdout
    assert "\x1b[" not in run("--framed", "--color", "never", "bad.md").stdout
    run("--output", "report.txt", "bad.md")
    assert "\x1b" not in Path("report.txt").read_text("utf-8")
    assert "\x1b" not in run("--format", "json", "bad.md").stdout


def test_internal_errors_are_one_sentence(monkeypatch, capsys):
    import copycheck.cli
    from copycheck.__main__ import main

    def broken(**_):
        raise RuntimeError("kaputt")

    monkeypatch.setattr(copycheck.cli, "cli", broken)
    monkeypatch.setattr(copycheck.cli.streams, "prepare", lambda: None)
    with pytest.raises(SystemExit) as stopped:
        main()
    assert stopped.value.code == 2
    assert "internal error, please report it: RuntimeError('kaputt')" in capsys.readouterr().err


def test_a_run_that_is_broken_off_exits_2(folder, monkeypatch):
    def broken_off(*given, **more):
        raise KeyboardInterrupt

    monkeypatch.setattr("copycheck.runner.run", broken_off)
    done = run("good.md")
    assert done.exit_code == 2
    assert "stopped before the end" in done.stderr and done.stdout == ""


def test_a_page_must_link_a_source_by_policy_which_can_be_switched_off(tmp_path):
    page = tmp_path / "page.md"
    page.write_text(
        "Call us today.\n\nMassage lowers blood pressure. It relieves pain. Yoga reduces cravings and improves sleep.\n", encoding="utf-8"
    )

    def found(configuration: str) -> list[str]:
        (tmp_path / ".copycheck.yaml").write_text(f"promotional: true\n{configuration}\n", encoding="utf-8")
        findings = json.loads(run("--format", "json", str(page)).stdout)["files"][0]["findings"]
        return [finding["message"] for finding in findings if finding["rule"] == "claims/no-source-on-page"]

    (message,) = found("")
    assert "house policy, not law" in message and "require_sources" in message
    assert "require_sources: false" in " ".join(run("explain", "claims/no-source-on-page").output.split())
    assert found("require_sources: true") == [message]
    assert found("require_sources: false") == found("overrides: [{paths: ['*.md'], require_sources: false}]") == []
    assert run(str(page), "--config", str(tmp_path / ".copycheck.yaml")).exit_code in (0, 1)
    (tmp_path / ".copycheck.yaml").write_text("require_sources: maybe\n", encoding="utf-8")
    assert run(str(page)).exit_code == 2


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


@pytest.mark.parametrize("missing", ["pygls", "lsprotocol"])
def test_without_the_extra_it_says_what_to_install(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.split(".")[0] in ("pygls", "lsprotocol") or name.startswith("copycheck.lsp")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.delattr("copycheck.lsp", raising=False)  # it comes back with its modules
    monkeypatch.setitem(sys.modules, missing, None)
    done = run("lsp")
    assert done.exit_code == 2
    assert done.stderr == (
        "copycheck: the server for editors needs pygls, which is not installed: in your clone of copycheck, pip install '.[lsp]',"
        " or uv tool install '.[lsp]' where uv installed it\n"
    )


def test_a_page_that_names_its_treatment_only_in_its_title_owes_risks(folder):
    (folder / ".copycheck.yaml").write_text("select: [disclaimers/missing-risks]\n", encoding="utf-8")
    said = "# Botox in Mesa\n\nA few units soften frown lines within a week. It brings relief from tension headaches.\n"
    for risks, expected in (("Ask us at your visit.", True), ("Drooping lids are rare, and one patient in fifty has a headache.", False)):
        (folder / "good.md").write_text(f"{said}\n{risks}\n", encoding="utf-8")
        assert ("disclaimers/missing-risks The page promotes a treatment (“Botox”)" in run("good.md").stdout) == expected


@pytest.mark.parametrize(
    "arguments",
    [
        ("--format", "json", "-o", "bad.md", "bad.md"),
        ("--format", "json", "-o", "link.md", "bad.md"),
        ("--format", "html", "-o", ".", "."),
        ("triage", "--format", "json", "-o", "bad.md", "bad.md"),
        ("claims", "--format", "json", "-o", "bad.md", "bad.md"),
    ],
)
def test_a_report_takes_no_place_of_a_page_that_was_checked(folder, arguments):
    (folder / "index.html").write_text("<p>Our tea cures gout.</p>", encoding="utf-8")
    (folder / "link.md").symlink_to("bad.md")
    before = (folder / "bad.md").read_bytes(), (folder / "index.html").read_bytes()
    done = run(*arguments)
    assert done.exit_code == 2 and "name another file" in done.output
    assert before == ((folder / "bad.md").read_bytes(), (folder / "index.html").read_bytes())


def test_a_report_is_no_configuration(folder):
    (folder / ".copycheck.yaml").write_text("preset: clinic\n", encoding="utf-8")
    done = run("--format", "json", "-o", ".copycheck.yaml", "bad.md")
    assert done.exit_code == 2 and "this is a configuration" in done.output
    assert (folder / ".copycheck.yaml").read_text(encoding="utf-8") == "preset: clinic\n"


def test_a_report_that_cannot_be_written_leaves_the_old_one(folder, monkeypatch):
    (folder / "report.json").write_text("old", encoding="utf-8")
    monkeypatch.setattr("pathlib.Path.replace", Mock(side_effect=OSError(28, "No space left on device")))
    done = run("--format", "json", "-o", "report.json", "bad.md")
    assert done.exit_code == 2 and "No space left" in done.output
    assert (folder / "report.json").read_text(encoding="utf-8") == "old" and not list(folder.glob(".copycheck-*.new"))


def test_a_pyproject_in_utf_16_is_not_passed_over(folder):
    (folder / ".copycheck.yaml").unlink()
    (folder / "pyproject.toml").write_text("[tool.copycheck]\npreset = 'nope'\n", encoding="utf-16")
    assert run("bad.md").exit_code == 2

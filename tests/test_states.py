"""Rules of one state: in force where it is configured, off where others are, else a note; a statement is missed only where the page names it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from copycheck import ruleset
from copycheck.cli import cli
from copycheck.findings import Profile
from copycheck.ruleset import choose
from tests.test_ruleset import GOOD, problems, write

FREE = "# Back pain\n\nCall us today for your free consultation.\n"
BOT = "# Talk now\n\nMeet your AI therapist. Book now for $20.\n"


def check(folder: Path, text: str, configuration: str, *options: str, name: str = "page.md") -> dict[str, Any]:
    """The one report of a page under a configuration, by the real command."""
    (folder / ".copycheck.yaml").write_text("promotional: true\n" + configuration, encoding="utf-8")
    page = folder / name
    page.parent.mkdir(exist_ok=True)
    page.write_text(text, encoding="utf-8", newline="")
    done = CliRunner().invoke(cli, ["--format", "json", *options, str(page)], prog_name="copycheck")
    assert done.exit_code in (0, 1), done.output
    (report,) = json.loads(done.stdout)["files"]
    return report  # type: ignore[no-any-return]


def severity(report: dict[str, Any], rule: str) -> str | None:
    return next((finding["severity"] for finding in report["findings"] if finding["rule"] == rule), None)


def message(report: dict[str, Any], rule: str) -> str:
    return next(finding["message"] for finding in report["findings"] if finding["rule"] == rule)  # type: ignore[no-any-return]


@pytest.mark.parametrize("text", [FREE, "\ufeff" + FREE.replace("\n", "\r\n"), FREE.replace("free", "🎉 free")])
def test_a_rule_of_a_state_is_in_force_where_it_is_configured(tmp_path, text):
    rule = "disclaimers/missing-free-service"
    assert severity(check(tmp_path, text, "states: [fl]"), rule) == "warning"
    assert severity(check(tmp_path, text, "states: [TX, FL]"), rule) == "warning"
    assert severity(check(tmp_path, text, "states: [tx]"), rule) is None
    assert severity(check(tmp_path, text, ""), rule) is None
    note = check(tmp_path, text + "Find us in Tampa, FL.", "")
    assert severity(note, rule) == "info"
    assert message(note, rule).endswith(" Binds health practitioners in Florida.")
    assert "Binds" not in message(check(tmp_path, text, "states: [fl]"), rule)


def test_what_the_law_of_two_states_bids_holds_in_each(tmp_path):
    rule = "compliance/ai-therapist"
    assert severity(check(tmp_path, BOT, "states: [il]"), rule) == severity(check(tmp_path, BOT, "states: [ca]"), rule) == "error"
    assert severity(check(tmp_path, BOT, "states: [wa]"), rule) is None
    assert message(check(tmp_path, BOT, ""), rule).endswith(
        "Binds whoever offers or advertises therapy in Illinois; developers and deployers of AI in California, advertising included."
    )


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("Find us in Tempe, AZ.", None),
        ("We see people from all of New Mexico and west Texas.", None),
        ("Write to 12 Elm Street, Boston, MA 02108.", None),
        ("Offices in Tampa, FL and Tempe, AZ.", "info"),
        ("We came from Arizona to Florida in 1999.", "info"),
        ("Written by Ana Ruiz, MD, and Tom Hall, PA.", None),
        ("Call us OR write to us. Say HI, ask ME.", None),
        ("", None),
    ],
)
def test_a_page_that_names_other_states_gets_no_note(tmp_path, place, expected):
    rule = "disclaimers/missing-free-service"
    assert severity(check(tmp_path, FREE + f"\n{place}\n", ""), rule) == expected
    assert severity(check(tmp_path, FREE + f"\n{place}\n", "states: [fl]"), rule) == "warning"


def test_neither_preset_nor_guess_makes_more_of_a_note(tmp_path):
    assert severity(check(tmp_path, BOT, "", "--preset", "publisher"), "compliance/ai-therapist") == "info"
    assert severity(check(tmp_path, BOT, "rules: {compliance/ai-therapist: warning}"), "compliance/ai-therapist") == "warning"


def test_the_report_says_which_states_were_set_and_what_is_off(tmp_path):
    report = check(tmp_path, FREE, "states: [tx, ok, tx]")
    assert report["profile"]["states"] == ["ok", "tx"]
    assert any(
        "Off, by the profile or what the page shows (holds for Florida): disclaimers/missing-free-service" in one["message"]
        for one in report["notices"]
    )
    assert check(tmp_path, FREE, "")["profile"]["states"] == []
    shown = CliRunner().invoke(
        cli, [str(tmp_path / "page.md"), "--framed", "--config", str(tmp_path / ".copycheck.yaml")], prog_name="copycheck"
    )
    assert "us," in shown.output
    (tmp_path / ".copycheck.yaml").write_text("states: [tx, ok]\n", encoding="utf-8")
    shown = CliRunner().invoke(cli, [str(tmp_path / "page.md"), "--framed"], prog_name="copycheck")
    assert "us (ok, tx)," in shown.output


def test_pages_of_a_state_may_lie_in_a_folder(tmp_path):
    configuration = "states: [tx]\noverrides: [{paths: [florida], states: [fl]}]"
    assert severity(check(tmp_path, FREE, configuration, name="florida/page.md"), "disclaimers/missing-free-service") == "warning"
    assert severity(check(tmp_path, FREE, configuration), "disclaimers/missing-free-service") is None


def test_the_list_of_rules_says_what_holds(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    run = CliRunner().invoke(cli, ["rules"], prog_name="copycheck")
    assert "[info, no state is set: binds whoever offers or advertises therapy in Illinois" in run.stdout
    assert "[off: holds for Florida, and the page names no state]" in run.stdout
    (tmp_path / ".copycheck.yaml").write_text("states: [ca]\n", encoding="utf-8")
    run = CliRunner().invoke(cli, ["rules"], prog_name="copycheck")
    assert "[off: holds for Florida]" in run.stdout and "no state is set" not in run.stdout


@pytest.mark.parametrize("value", ["[florida]", "[xx]", "fl", "[fl, '']", "[1]"])
def test_a_mistyped_state_stops_the_run(tmp_path, value):
    (tmp_path / ".copycheck.yaml").write_text(f"states: {value}\n", encoding="utf-8")
    (tmp_path / "page.md").write_text(FREE, encoding="utf-8")
    done = CliRunner().invoke(cli, [str(tmp_path / "page.md")], prog_name="copycheck")
    assert done.exit_code == 2 and ".copycheck.yaml:1: states: " in done.output


def test_a_rule_names_states_by_their_codes(tmp_path):
    write(tmp_path, "language/own.yaml", GOOD + "applies: {state: [Florida]}\n")
    assert any("unknown state 'Florida'" in problem for problem in problems(tmp_path))


def test_a_rule_without_an_authority_names_the_states(tmp_path):
    write(tmp_path, "language/own.yaml", GOOD + "applies: {state: [fl, dc]}\n")
    rules = ruleset.load([tmp_path]).rules
    assert choose(rules, Profile()).noted == {"language/own": "those in Florida, the District of Columbia"}
    assert choose(rules, Profile(states=("dc",))).noted == {} == choose(rules, Profile(states=("dc",))).off


def test_every_rule_that_rests_on_one_state_alone_has_the_key():
    """The law of a state is told by the beginning of its id; what else a rule cites makes it hold elsewhere too."""
    states = {
        "cal": "ca",
        "fla": "fl",
        "ill": "il",
        "tex": "tx",
        "tac": "tx",
        "ore": "or",
        "oregon": "or",
        "wash": "wa",
        "utah": "ut",
        "nc": "nc",
    }
    for rule in ruleset.load([Path(__file__).parent.parent / "rules"]).rules:
        bound = {states.get(cited.id.split("-")[0]) for cited in rule.cited}
        if len(bound) == 1 and None not in bound:
            assert set(rule.applies.state) == bound, rule.id
        elif rule.applies.state:
            assert set(rule.applies.state) <= bound, rule.id

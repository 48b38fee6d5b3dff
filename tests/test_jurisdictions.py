"""Jurisdictions: what holds in the United Kingdom, what does not, on whose authority, by the real command."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
from click.testing import CliRunner

from copycheck import ruleset
from copycheck.cli import cli
from copycheck.engine import Engine, Item, Settings
from copycheck.lsp.checker import Checker
from copycheck.ruleset.location import rules_dir
from copycheck.source import Source
from tests import wordkit
from tests.rulekit import load_pipeline

UK = """# Anti-wrinkle treatment in Leeds

Our clinic near the station is registered with the CQC. Book your Botox with our nurse, from £150.

Acupuncture treats kidney stones and type 2 diabetes. Our laser guarantees results for every patient.

Homeopathy helps with migraine.

Many people who look at the colour of their skin feel low. Depression raises the risk of suicide: call or text 988.

Get a free consultation. Our magnesium gummies support restful sleep; buy now.
"""
US = UK.replace("Leeds", "Tampa, FL").replace("£", "$").replace("CQC", "state board").replace("colour", "color")
NAMES = re.compile(r"\bFDA\b|\bFTC\b|\bHHS\b|Florida|\bfederal\b")
UNMARKED = re.compile(r"(?<!US )\b(?:FDA|FTC|[Ff]ederal law|Endorsement Guides)\b")
THERE = re.compile(rf"{NAMES.pattern}|\b988\b")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Each page with the configuration of its own country and its report in all formats that explain findings."""
    folder = tmp_path_factory.mktemp("pages")
    for code, text in (("uk", UK), ("us", US)):
        home = folder / code
        home.mkdir()
        (home / "page.md").write_text(text, encoding="utf-8")
        (home / ".copycheck.yaml").write_text(f"jurisdiction: {code}\n", encoding="utf-8")
        outputs = ("json", "sarif", "csv", "rdjsonl", "html")
        formats = [option for name in outputs for option in ("--format", name, "--output", str(home / f"report.{name}"))]
        done = CliRunner().invoke(cli, [*formats, "--no-cache", str(home / "page.md")], prog_name="copycheck")
        assert done.exit_code == 1, done.output
    return folder


@pytest.fixture(scope="module")
def reports(folder: Path) -> dict[str, dict[str, Any]]:
    """The report on each page by the rules of its own country."""
    return {code: json.loads((folder / code / "report.json").read_text(encoding="utf-8"))["files"][0] for code in ("uk", "us")}


@pytest.fixture(scope="module")
def uk_engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """One that has the rules of the United Kingdom alone."""
    top = tmp_path_factory.mktemp("rules")
    (top / "authorities.yaml").symlink_to(rules_dir() / "authorities.yaml")
    for path in rules_dir().glob("*/uk-*.yaml"):
        (top / path.parent.name).mkdir(exist_ok=True)
        (top / path.parent.name / path.name).symlink_to(path)
    return Engine(ruleset.load([top]), load_pipeline)


def rules(report: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {finding["rule"]: finding for finding in report["findings"]}


def test_the_united_kingdom_has_its_own_law(reports):
    found = rules(reports["uk"])
    assert found["compliance/uk-prescription-only"]["severity"] == "error"
    assert found["compliance/uk-prescription-only"]["help"].startswith("https://www.legislation.gov.uk/uksi/2012/1916/")
    assert {"compliance/uk-supervised-condition", "compliance/homeopathy"} <= set(found)
    assert found["disclaimers/uk-crisis-line"]["suggestions"][0].count("116 123") == 1
    assert not {rule for rule in rules(reports["us"]) if "/uk-" in rule}


def test_the_law_of_the_united_states_stays_there(reports):
    ours, theirs = rules(reports["uk"]), rules(reports["us"])
    assert {"disclaimers/missing-dshea", "disclaimers/missing-free-service"} <= set(theirs)
    assert not {"disclaimers/missing-dshea", "disclaimers/missing-free-service", "disclaimers/missing-crisis"} & set(ours)
    for finding in ours.values():
        assert not NAMES.search(" ".join([finding["message"], *finding["suggestions"]])), finding["rule"]
    assert not [notice for notice in reports["us"]["notices"] if "uk" in notice["message"]]


def test_a_claim_is_one_in_both_each_on_its_own_authority(reports):
    rule = "compliance/guaranteed-result"
    ours, theirs = rules(reports["uk"])[rule], rules(reports["us"])[rule]
    assert "www.asa.org.uk" in ours["help"] and ".gov" in theirs["help"] and "gov.uk" not in theirs["help"]


ABROAD = {  # what no report and no explanation on a page of the country cites
    "uk": re.compile(r"(?<!nih)\.gov(?!\.uk)\b|FTC Act|U\.S\.C\.|\bCFR\b|Occupations Code|ADA Code|www\.ada\.org"),
    "us": re.compile(r"CAP Code|gov\.uk|asa\.org\.uk|Samaritans|General (?:Dental|Medical) Council"),
}


@pytest.mark.parametrize("code", ["uk", "us"])
def test_no_report_cites_the_law_of_another_country(folder, code):
    """Not in what is said of a finding, nor behind it, as far as a rule has an authority of the page's own country."""
    written = [path for path in (folder / code).rglob("*") if path.is_file() and path.suffix != ".md"]
    assert len(written) == 7  # with the index of the HTML report and the configuration
    for path in written:
        assert not ABROAD[code].search(path.read_text(encoding="utf-8").replace("US FTC Act", "")), path.name


@pytest.mark.parametrize("code", ["uk", "us"])
def test_what_explains_one_rule_cites_the_country_s_own(folder, code, monkeypatch):
    monkeypatch.chdir(folder / code)
    own = {"uk": "CAP Code, rule 12.1", "us": "FTC Act"}[code]
    told = CliRunner().invoke(cli, ["explain", "compliance/guaranteed-result"], prog_name="copycheck", env={"COLUMNS": "200"}).output
    assert own in told and not ABROAD[code].search(told)
    (folder / code / "page.docx").write_bytes(wordkit.docx_of(UK.replace("£150", "our price list")))
    done = CliRunner().invoke(cli, ["review", "page.docx", "--output", "out.docx"], prog_name="copycheck")
    comments = "\n".join(comment.text for comment in docx.Document("out.docx").comments)
    assert done.exit_code == 1 and own in comments and not ABROAD[code].search(comments)
    checked = Checker(lambda: date(2026, 3, 1)).check(folder / code / "page.md", UK)
    hovers = "\n".join(filter(None, (checked.describe(entry) for entry in checked.entries)))
    assert own in hovers and not ABROAD[code].search(hovers)


def test_a_rule_without_an_authority_there_shows_those_that_it_has():
    (rule,) = [one for one in ruleset.load([rules_dir()]).rules if one.id == "language/substance-abuse"]
    assert rule.cited_in("uk") and set(rule.cited_in("us")) == set(rule.cited)


def test_what_is_not_covered_is_said(reports):
    said = " ".join(notice["message"] for notice in reports["uk"]["notices"])
    assert "They do not cover" in said and "register of health claims" in said


def test_british_spelling_is_right_there(reports):
    assert not any(finding["rule"].startswith("typos/") for finding in reports["uk"]["findings"])


def test_each_rule_that_holds_there_rests_on_somebody_who_speaks_for_it():
    for rule in ruleset.load([Path(rules_dir())]).rules:
        if "uk" in rule.jurisdictions and rule.family in ("compliance", "disclaimers"):
            assert any(cited.speaks_for("uk") for cited in rule.cited), rule.id
            if rule.id != "disclaimers/uk-crisis-line":
                assert not THERE.search(" ".join(filter(None, [rule.title, rule.message, rule.fix]))), rule.id


def test_the_reason_of_such_a_rule_marks_whose_law_it_names():
    """“The US FTC” is no law of the United Kingdom; said once, it holds for the rest of the text."""
    for rule in ruleset.load([Path(rules_dir())]).rules:
        if "uk" in rule.jurisdictions and rule.family in ("compliance", "disclaimers"):
            named = [found.group() for found in UNMARKED.finditer(rule.why)]
            assert all(f"US {name[0].lower() + name[1:] if name.startswith('Federal') else name}" in rule.why for name in named), rule.id


def test_what_blocks_there_is_barred_by_a_sentence_that_was_read():
    for rule in ruleset.load([Path(rules_dir())]).rules:
        if rule.severity == "error" and rule.family == "compliance" and "uk" in rule.jurisdictions:
            assert any(cited.authority.verified and cited.authority.jurisdiction == "uk" for cited in rule.cited), rule.id


@pytest.mark.parametrize(
    ("line", "flagged"),
    [
        ("Ozempic and Wegovy available now.", True),
        ("Mounjaro is in stock at our Ely branch.", True),
        ("Wegovy now at all our clinics.", True),
        ("We dispense Mounjaro.", True),
        ("Wegovy is not available here.", False),
        ("Ozempic is available on the NHS for type 2 diabetes.", False),
        ("We have a new clinic in Ely. Book a consultation about your weight.", False),
    ],
)
def test_a_medicine_on_offer_is_advertised(tmp_path, line, flagged):
    page = tmp_path / "page.md"
    page.write_text(f"# Our clinic\n\n{line} Call us today.\n", encoding="utf-8")
    options = ["--format", "json", "--jurisdiction", "uk", "--no-cache", "--select", "compliance/uk-prescription-only", str(page)]
    done = CliRunner().invoke(cli, options, prog_name="copycheck")
    assert ("compliance/uk-prescription-only" in done.stdout) is flagged and done.exit_code == int(flagged), done.output


@pytest.mark.parametrize(
    ("rule", "faulty", "right"),
    [
        ("compliance/uk-dental-specialist", "Dr Shah specialises in dentures.", "Dr Shah has a special interest in dentures."),
        ("compliance/uk-dentist-as-doctor", "Dr Jane Smith BDS sees you.", "Jane Smith BDS sees you."),
        ("compliance/uk-endorsed-medicine", "Nurses recommend our ibuprofen gel.", "Ask a nurse before you take ibuprofen."),
        ("compliance/uk-cosmetic-trivial", "Spoil your mum with a facelift.", "A facelift takes months to decide."),
        ("compliance/uk-treatment-prize", "Like and share to win a hair transplant.", "Like and share to win a hat."),
        ("disclaimers/uk-registration", "Jane Smith BDS sees you.", "Jane Smith BDS (GDC no. 123456) sees you."),
    ],
)
def test_what_british_regulators_ask_of_clinics(uk_engine, rule, faulty, right):
    """Found under `uk` only, in its faulty form only."""
    items = [Item(f"{at}.md", Source(f"{at}.md", text), Settings(jurisdiction=code, promotional=True, select=frozenset({rule}))) for at, (code, text) in enumerate((("uk", faulty), ("uk", right), ("us", faulty)))]  # fmt: skip
    assert [[finding.rule for finding in report.findings] for report in uk_engine.run(items)] == [[rule], [], []]

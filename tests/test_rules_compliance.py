"""The shipped compliance rules do what their examples say, block only where the policy lets them, and leave each other's copy alone."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from copycheck import ruleset
from copycheck.engine import Engine, Item, Settings
from copycheck.examples import _item, run, unmark
from copycheck.findings import Report
from copycheck.ruleset import Ruleset
from copycheck.source import Source, Span
from tests.checkout import ROOT
from tests.golden_files import FOLDER
from tests.rulekit import Remembering, load_pipeline
from tests.test_reference import tool

FAMILIES = frozenset({"compliance", "disclaimers", "language"})


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Ruleset:
    top = tmp_path_factory.mktemp("rules")
    for name in (*FAMILIES, "authorities.yaml"):
        (top / name).symlink_to(ROOT / "rules" / name)
    return ruleset.load([top])


@pytest.fixture(scope="module")
def engine(rules: Ruleset) -> Engine:
    return Remembering(rules, load_pipeline)


def check(engine: Engine, text: str, **settings: object) -> Report:
    report = next(engine.run([Item("a.md", Source("a.md", text), Settings(**settings))]))  # type: ignore[arg-type]
    assert report.error is None
    return report


def found(engine: Engine, text: str, promotional: bool | None = True) -> set[str]:
    return {finding.rule for finding in check(engine, text, promotional=promotional).findings if finding.rule.startswith("compliance/")}


def test_examples_hold(rules: Ruleset, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("copycheck.examples.Engine", lambda *_: engine)
    assert [(f.rule, f.group, f.number, f.reason) for f in run(rules, load_pipeline)] == []


def test_only_what_the_policy_lets_block_is_an_error(rules: Ruleset) -> None:
    """An error has high confidence, a verified authority, and holds for promotional copy."""
    errors = [rule for rule in rules.rules if rule.severity == "error"]
    assert errors
    for rule in errors:
        assert rule.confidence == "high" and rule.applies.promotional is True, rule.id
        assert any(cited.authority.verified for cited in rule.cited), rule.id


def test_every_rule_says_how_to_mend_the_copy(rules: Ruleset) -> None:
    assert [rule.id for rule in rules.rules if rule.family == "compliance" and not rule.fix] == []


def test_messages_pass_no_verdict(rules: Ruleset) -> None:
    for rule in rules.rules:
        words = set(rule.message.lower().replace(".", " ").split())
        assert not words & {"compliant", "illegal", "violates", "violation", "passed"}, rule.id


def test_no_rule_fires_on_what_another_leaves_alone_but_for_reasons(rules: Ruleset, engine: Engine) -> None:
    path: Path = FOLDER / "cross-examples.tsv"
    with path.open(encoding="utf-8", newline="") as file:
        known = {tuple(row[:3]): row[3] for row in list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]}
    fires, asked, alone = set(), 0, 0
    cases = [(rule, example) for rule in rules.rules for example in rule.examples.pass_]
    items = [_item(rule, example, unmark(example.text).text) for rule, example in cases]
    reports = engine.run(items)
    for (rule, example), report in zip(cases, reports, strict=True):
        assert report.error is None
        others = {f.rule for f in report.findings if f.rule != rule.id and f.span != Span(0, 0)}  # a page owes duties; a sentence is none
        judged = {other for other in others if rules[other].kind == "judged"}
        asked, alone = asked + 1, alone + bool(judged)
        others -= judged
        fires |= {(rule.id, " ".join(example.text.split()), other) for other in others}
    assert fires == set(known), f"write what changed, and why, into {path}"
    assert all(known.values())
    assert alone <= 0.07 * asked, "the judge alone speaks of too many sentences that a rule was written to leave alone"


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Visit the top-rated family-owned spine clinic of the county.", "compliance/superiority"),
        ("Our hygienists are second to none.", "compliance/superiority"),
        ("We lead the field in knee surgery.", "compliance/superiority"),
        ("“We give our guests the best care,” says the founder.", "compliance/superiority"),
        ("My shoulder pain disappeared after two visits.", "compliance/testimonial"),
        ("He no longer needs a cane and is living a normal life.", "compliance/testimonial"),
        ("“The serum cleared up my acne,” wrote Ana.", "compliance/testimonial"),
        ("Our laser is perfectly safe.", "compliance/safety-promise"),
        ("Enjoy pain-free injections.", "compliance/painless"),
        ("Needling will restore your hearing for good.", "compliance/cure"),
        ("Our drops ensure lasting relief.", "compliance/assured-outcome"),
        ("Ketamine offers rapid relief from PTSD.", "compliance/ketamine-claim"),
        ("Exosomes renew cartilage and relieve knee pain.", "compliance/stem-cell-claim"),
        ("Our elderberry gummies fight the flu.", "compliance/supplement-disease-claim"),
        ("Get a complimentary skin peel.", "compliance/price-offer"),
        ("Rehab is covered by most insurance carriers.", "compliance/coverage-promise"),
        ("Verify your\ninsurance now.", "compliance/insurance-line"),
        ("It’s 100% safe.", "compliance/total-effect"),
    ],
)
def test_wordings_that_no_example_holds(engine: Engine, text: str, rule: str) -> None:
    assert rule in found(engine, text)


@pytest.mark.parametrize(
    "text",
    [
        "There is no cure for diabetes.",
        "Does acupuncture cure migraines?",
        "Be wary of clinics that claim to cure cancer.",
        "“The best nurse I ever had,” he said.",
        "Breakthrough bleeding is common in the first months.",
        "A painless lump in the breast should be checked by a doctor.",
        "Wash with clean hands.",
        "The curing light hardens the resin.",
        "Heart disease is the leading cause of death.",
        "Brushing is the best way to keep teeth healthy.",
        "Ask which treatment may be the best for you.",
        "Surgery is done to remove the tumor.",
        "Stem cells divide and become blood cells.",
        "Researchers study whether the vaccine is safe and effective.",
        "Your permanent teeth come in at age six.",
        "The American Board of Best Practices Association meets in May.",
    ],
)
def test_literal_senses_denials_questions_and_names_stay_silent(engine: Engine, text: str) -> None:
    assert found(engine, text) == set()


def test_the_object_of_approval_matters(engine: Engine) -> None:
    """Said of a drug it is true or not; of a supplement, a clinic or a compounded drug it is never true."""
    assert found(engine, "Naltrexone is an FDA-approved medicine for alcohol use disorder.") == set()
    assert found(engine, "The stimulator is FDA-cleared for migraine.") == set()
    for wrong in ("Our supplement is FDA-approved.", "We are an FDA-approved clinic.", "GLP-1 shots are FDA-approved and compounded here."):
        assert found(engine, wrong) & {"compliance/fda-approved", "compliance/compounded-as-same"}, wrong


def test_a_guess_lowers_and_says_so_and_a_setting_switches_off(engine: Engine) -> None:
    text = "Medically reviewed by Ann Lee, MD. See your doctor if pain lasts. It cures arthritis."
    assert {f.severity.name for f in check(engine, text, promotional=True).findings if f.rule == "compliance/cure"} == {"error"}
    assert {f.severity.name for f in check(engine, text).findings if f.rule == "compliance/cure"} == {"warning"}
    off = check(engine, text, promotional=False)
    assert "compliance/cure" not in {f.rule for f in off.findings}
    assert any("compliance/cure" in notice.message for notice in off.notices)


def test_enforcement_tells_flagged_missed_and_not_covered(tmp_path: Path, engine: Engine) -> None:
    enforcement = tool("enforcement")
    path = tmp_path / "cases.tsv"
    path.write_text(
        "case\tparaphrased_claim\trule_id\n"
        "Acme\tOur pills cure cancer.\tABS-CURE;CLM-EFF\n"
        "Beta\tWe opened in May.\tABS-CURE\n"
        "Gamma\tIt wakes the cells.\tCLM-MEC\n",
        encoding="utf-8",
    )
    verdicts = list(enforcement.judge(enforcement.read(path), engine, FAMILIES))
    assert [verdict.state for verdict in verdicts] == ["flagged", "MISSED", "not covered"]
    assert verdicts[0].fired == ("compliance/cure",) and verdicts[0].uncovered == ("CLM-EFF",)
    table = enforcement.table(verdicts)
    assert "3 cases: 1 flagged, 1 missed, 1 not covered" in table and "no rule ships for CLM-MEC" in table


def test_enforcement_ends_with_what_it_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    enforcement = tool("enforcement")
    path = tmp_path / "cases.tsv"
    path.write_text("case\tparaphrased_claim\trule_id\nBeta\tWe opened in May.\tABS-CURE\n", encoding="utf-8")
    assert enforcement.main([str(path)]) == 1
    assert "MISSED" in capsys.readouterr().out
    assert enforcement.main([]) == 2


def test_no_exception_hides_a_claim_that_blocks(engine: Engine) -> None:
    """Claims beside words that excuse honest copy: denials, reports, care instructions, approvals. Whoever adds an exception adds some."""
    lines = (ROOT / "tests" / "passages" / "hidden_claims.txt").read_text(encoding="utf-8").splitlines()
    items = [Item("a.md", Source("a.md", line), Settings(promotional=True)) for line in lines]
    blocked = [
        any(f.severity.name == "error" and f.rule.startswith("compliance/") for f in report.findings) for report in engine.run(items)
    ]
    assert [line for line, told in zip(lines, blocked, strict=True) if not told] == [] and len(lines) > 100

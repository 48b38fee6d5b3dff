"""The requires kind: what makes a duty, what meets it, where it is looked for."""

from typing import Any

import pytest

from copycheck.checks import Site, requires
from copycheck.findings import Finding
from copycheck.ruleset.models import Requires
from copycheck.source import Span
from tests.rulekit import analysis, rule, run

TRIGGER = {"phrases": ["stop drinking"]}
MET = ["medical supervision"]


def findings(text: str, format: str = "markdown", site: Site | None = None, **values: Any) -> list[Finding]:
    values = {"triggers": [TRIGGER], "met_by": MET, "message": "Owed for {trigger}."} | values
    return run(requires, [rule(Requires, **values)], text, format, site).findings


def test_a_trigger_makes_a_duty_that_is_missing_from_the_page():
    text = "How to stop\ndrinking at home."
    (finding,) = findings(text, offer="Ask a doctor.")
    assert finding.span == Span(0, 0) and finding.message == "Owed for “stop drinking”."
    assert [text[slice(*span)] for span in finding.related] == ["stop\ndrinking"]
    assert finding.suggestions == ("Ask a doctor.",)


def test_no_trigger_no_duty():
    assert findings("How to sleep at home.") == []
    assert findings("unstop drinkings") == []


def test_hyphens_and_stars_in_phrases():
    assert findings("A stop-drinking plan.") and findings("He detoxes.", triggers=[{"phrases": ["detox*"]}])


@pytest.mark.parametrize(
    "text",
    [
        "Stop drinking only under medical\nsupervision.",
        "Stop drinking.\n\n<footer>Medical supervision is needed.</footer>",
        "Stop drinking.\n\n> Medical supervision is needed.",
    ],
)
def test_what_meets_it_may_stand_anywhere_on_the_page(text):
    assert findings(text) == []


def test_furniture_only_where_the_rule_lets_it_count():
    page = "<p>Stop drinking.</p><footer>Medical supervision is needed.</footer>"
    assert findings(page, "html") == []
    assert len(findings(page, "html", furniture=False)) == 1
    assert len(findings("<nav>Medical supervision</nav><p>Stop drinking.</p>", "html")) == 1


def test_wordings_that_do_not_count():
    assert len(findings("Stop drinking. No medical supervision needed.", not_met_by=["no medical supervision"])) == 1
    assert findings("Stop drinking. No medical supervision. Get medical supervision.", not_met_by=["no medical supervision"]) == []


def test_within():
    text = "# A\n\nStop drinking. Ask for medical supervision.\n\nStop drinking now.\n\n# B\n\nStop drinking soon.\n"

    def related(within: str) -> list[str]:
        return [text[slice(*span)] for finding in findings(text, within=within) for span in finding.related]

    assert len(related("sentence")) == 3
    assert len(related("paragraph")) == 2
    assert len(related("section")) == 1
    assert related("page") == []


def test_a_section_before_any_heading():
    assert findings("Stop drinking.\n\nMedical supervision.\n\n# A\n\nText.", within="section") == []


def test_count_asks_for_different_sentences():
    twice = [{"phrases": ["stop drinking"], "count": 2}]
    assert findings("Stop drinking. Sleep.", triggers=twice) == []
    assert findings("Stop drinking.\n\nStop drinking.", triggers=twice) == []
    assert findings("Stop drinking.\n\nNow stop drinking.", triggers=twice)


def test_a_strong_wording_or_link_suffices():
    trigger = [{"phrases": ["stop drinking"], "strong": ["quit (?P<flag>alcohol) today"], "links": [r"/detox\b"], "count": 3}]
    (finding,) = findings("Quit alcohol today.", triggers=trigger)
    assert finding.message == "Owed for “alcohol”."
    (finding,) = findings("See [our plan](/detox/).", triggers=trigger)
    assert finding.message == "Owed for “our plan”."
    assert findings("See [our plan](/rest).", triggers=trigger) == []


def test_surroundings_of_a_trigger():
    assert findings("Stop drinking.", triggers=[TRIGGER | {"with": ["alcohol"]}]) == []
    assert findings("Stop drinking alcohol.", triggers=[TRIGGER | {"with": ["alcohol"]}])
    assert findings("Stop drinking soda.", triggers=[TRIGGER | {"without": ["soda"]}]) == []
    assert findings("Do not stop drinking.", triggers=[TRIGGER | {"unless": ["negated"]}]) == []
    assert findings("# Stop drinking", triggers=[TRIGGER | {"scope": ["body"]}]) == []
    assert findings("<nav>Stop drinking</nav><p>Sleep well.</p>", "html") == []


def test_all_triggers_must_hold():
    both = [TRIGGER, {"patterns": [r"\balcohol\b"]}]
    assert findings("Stop drinking.", triggers=both) == []
    assert findings("Stop drinking. It is alcohol.", triggers=both)


def test_overlapping_triggers_are_one():
    (finding,) = findings("Stop drinking alcohol.", triggers=[{"phrases": ["stop drinking", "drinking alcohol", "stop drinking alcohol"]}])
    assert finding.message == "Owed for “Stop drinking alcohol”."


def test_a_duty_without_triggers_is_owed_by_every_page():
    assert len(findings("Text.", triggers=[], message="Owed.")) == 1


def test_front_matter_meets_it():
    text = "---\nog:Reviewed-By: Ann, MD\n---\nStop drinking.\n"
    assert findings(text, meta=["reviewed_by"]) == []
    assert findings(text, meta=["reviewed_by"], meta_value=r"\bMD\b") == []
    assert len(findings(text, meta=["reviewed_by"], meta_value=r"\bRN\b")) == 1
    assert len(findings("---\nreviewed_by: ''\n---\nStop drinking.\n", meta=["reviewed_by"])) == 1
    nested = "---\nreviewed_by: {name: Ann, roles: [MD, PhD]}\n---\nStop drinking.\n"
    assert findings(nested, meta=["reviewed_by"], meta_value="PhD") == []


def test_an_included_file_or_the_site_meets_it():
    assert findings("Stop drinking.\n\n{% include detox-warning.html %}\n", includes=["detox-warning"]) == []
    assert findings("Stop drinking.", site=Site(carries=frozenset({"withdrawal"})), site_="withdrawal") == []


def test_an_exception_on_the_page():
    assert findings("Stop drinking. For professionals only.", except_=["for professionals"]) == []


def test_duties_never_ask_for_the_model():
    check = requires.compile_rules([rule(Requires, triggers=[TRIGGER], met_by=MET)], {}, Site())
    assert not check.wants(analysis("Stop drinking.").units[0]) and check.needs == {"text"}


def test_each_duty_keeps_its_own_patterns():
    rules = [
        rule(Requires, id="language/a", triggers=[{"patterns": [r"\bdetox\b"]}], met_by=["never"]),
        rule(Requires, id="language/b", triggers=[{"patterns": [r"\brest\b"]}], met_by=["never"]),
    ]
    assert [finding.rule for finding in run(requires, rules, "A detox and rest.").findings] == ["language/a", "language/b"]
    assert [finding.rule for finding in run(requires, rules, "Only rest.").findings] == ["language/b"]

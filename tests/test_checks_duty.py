"""The duty kind: what makes a duty, what meets it, where it is looked for."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from copycheck.checks import Site, duty
from copycheck.findings import Finding
from copycheck.ruleset.models import Duty
from copycheck.source import Span
from tests.rulekit import rule, run

TRIGGER = {"patterns": ["stop drinking"]}
MET = ["medical supervision"]


def findings(text: str, format: str = "markdown", site: Site | None = None, **values: Any) -> list[Finding]:
    values = {"triggers": [TRIGGER], "met_by": MET, "message": "Owed for {trigger}."} | values
    return run(duty, [rule(Duty, **values)], text, format, site).findings


def test_a_trigger_makes_a_duty_that_is_missing_from_the_page():
    text = "How to stop\ndrinking at home."
    (finding,) = findings(text, offer="Ask a doctor.")
    assert finding.span == Span(0, 0) and finding.message == "Owed for “stop drinking”."
    assert [text[slice(*span)] for span in finding.related] == ["stop\ndrinking"]
    assert finding.suggestions == ("Ask a doctor.",)


def test_a_wording_is_named_once_whatever_its_case():
    (finding,) = findings("Stop drinking. You can stop drinking. They stopped drinking.")
    assert finding.message == "Owed for “Stop drinking”, “stopped drinking”."


def test_a_wording_that_another_one_holds_is_not_named():
    text = "Detox hurts. Alcohol detox is hard."
    (finding,) = findings(text, triggers=[{"patterns": ["alcohol? detox"]}])
    assert finding.message == "Owed for “Alcohol detox”." and len(finding.related) == 2


def test_what_a_page_has_most_often_is_named_first():
    (finding,) = findings("Detox. Sober. Sober again.", triggers=[{"patterns": ["detox|sober"]}])
    assert finding.message == "Owed for “Sober”, “Detox”."


def test_what_takes_an_element_back_stands_in_its_sentence():
    rules = {"met_by": ["risk include"], "not_met_by": ["less ...3 risk"]}
    assert findings("Stop drinking for less worry. Risks include seizures.", **rules) == []
    assert findings("Stop drinking with less risk.", **rules) and findings("Stop drinking: less of the risks included.", **rules)


def test_no_trigger_no_duty():
    assert findings("How to sleep at home.") == []
    assert findings("unstop drinkings") == []


def test_triggers_in_every_form():
    assert findings("He stopped drinking.") and findings("A stop-drinking plan.", triggers=[{"patterns": ["stop-drinking"]}])


@pytest.mark.parametrize(
    "text",
    [
        "Stop drinking only under medical\nsupervision.",
        "Stop drinking.\n\n<footer>Medical supervision is needed.</footer>",
        "Stop drinking.\n\n> Medical supervision is needed.",
        "Stop drinking.\n\n## Sources\n\n1. J. Doe. On rest. 2020.\n\nMedical supervision is needed.",
        "Stop drinking. Ask for medical supervison.",  # a slip in the element does not make it missing
    ],
)
def test_what_meets_it_may_stand_anywhere_on_the_page(text):
    assert findings(text) == []


def test_the_title_of_a_source_meets_no_duty():
    assert findings("Stop drinking.\n\n## Sources\n\n1. J. Doe. On medical supervision. 2020.")
    assert findings("Stop drinking.\n\n## Sources\n\n[On medical supervision](https://doi.org/10.1000/1)")


def test_a_statement_may_run_over_sentences():
    assert findings("Stop drinking. Ask a doctor. Then go.", met_by=['ask a doctor {"IS_PUNCT": true} then go']) == []


def test_a_folded_statement_meets_no_duty_of_the_page():
    page = "<p>Stop drinking.</p><div {}>Medical supervision is needed.</div>"
    assert findings(page.format('style="display:none"'), "html") and findings(page.format(""), "html") == []


def test_page_chrome_only_where_the_rule_lets_it_count():
    page = "<p>Stop drinking.</p><footer>Medical supervision is needed.</footer>"
    assert findings(page, "html") == []
    assert len(findings(page, "html", page_chrome=False)) == 1
    assert len(findings("<nav>Medical supervision</nav><p>Stop drinking.</p>", "html")) == 1


def test_an_element_that_must_come_first_counts_only_down_to_the_trigger():
    below = "How to stop drinking.\n\nGet medical supervision."
    assert len(findings(below, before=True)) == 1 and not findings(below)
    assert not findings("Get medical supervision.\n\nHow to stop drinking.", before=True)
    assert not findings("How to stop drinking. Get medical supervision.\n\nStop drinking now.", before=True)


def test_a_sentence_in_a_list_is_read_as_prose_and_a_fragment_is_not():
    prose = [{"patterns": ["stop drinking"], "scope": ["body"]}]
    assert len(findings("- We help you stop drinking.", triggers=prose)) == 1
    assert not findings("- Stop drinking", triggers=prose)
    listed = [{"patterns": ["stop drinking"], "scope": ["list"]}]
    assert findings("- We help you stop drinking.", triggers=listed) and findings("- Stop drinking", triggers=listed)
    assert not findings("We help you stop drinking.", triggers=listed)


def test_wordings_that_do_not_count():
    assert len(findings("Stop drinking. No medical supervision needed.", not_met_by=["no medical supervision"])) == 1
    assert findings("Stop drinking. No medical supervision. Get medical supervision.", not_met_by=["no medical supervision"]) == []


@pytest.mark.parametrize(
    "text",
    [
        "## Risks\n\n- Seizures",
        "## Risks\n\n### Seldom\n\nSeizures follow.",
        "You face these risks:\n\n- Seizures",
        "| Price | Risks |\n| --- | --- |\n| Low | Seizures |",
    ],
)
def test_what_stands_below_a_heading_or_lead_in_may_meet_it(text):
    headed = {"met_by": [], "headed": ["risk"], "listed": ["seizure"], "not_met_by": ["no risk|seizure", "risk factor"]}
    assert findings(f"# How to stop drinking\n\n{text}", **headed) == []
    for other in (
        text.replace("isks", "est"),
        text.replace("isks", "isk factors"),
        text.replace("eizures", "leep"),
        text.replace("Seizures", "No seizures"),
    ):
        assert findings(f"# How to stop drinking\n\n{other}", **headed)
    assert findings("# Stop drinking: the risks\n\nSeizures are what we treat.", **headed)


def test_an_expression_may_meet_it():
    assert findings("Stop drinking. Call 988.", met_by=[], met_by_regex=[r"\b988\b"]) == []
    assert len(findings("Stop drinking. Call 9880.", met_by=[], met_by_regex=[r"\b988\b"])) == 1


def test_count_asks_for_different_sentences():
    twice = [{"patterns": ["stop drinking"], "count": 2}]
    assert findings("Stop drinking. Sleep.", triggers=twice) == []
    assert findings("Stop drinking.\n\nStop drinking.", triggers=twice) == []
    assert findings("Stop drinking.\n\nNow stop drinking.", triggers=twice)


def test_a_strong_wording_or_link_suffices():
    trigger = [{"patterns": ["stop drinking"], "strong": ["quit (alcohol) today"], "links": ["/detox/"], "count": 3}]
    (finding,) = findings("Quit alcohol today.", triggers=trigger)
    assert finding.message == "Owed for “alcohol”."
    (finding,) = findings("See [our plan](/detox/).", triggers=trigger)
    assert finding.message == "Owed for “our plan”."
    assert findings("See [our plan](/rest).", triggers=trigger) == []
    shop = [{"links": ["shop.test tag="]}]
    assert findings("[Tea](https://shop.test/a?tag=x)", triggers=shop)
    assert findings("[Tea](https://shop.test/a) and [posts](/blog?tag=x)", triggers=shop) == []
    (finding,) = findings("[Attention! Get this tea](https://shop.test/a?tag=x)", triggers=shop)
    assert finding.message == "Owed for “Get this tea”."


def test_a_label_of_what_the_page_shows_suffices():
    trigger = [{"shown": ["before and after"], "count": 2, "scope": ["heading", "caption", "alt", "body"]}]
    for text in ("## Lips before and after", "![Lips before and after](a.jpg)", "<figcaption>Lips before and after</figcaption>"):
        (finding,) = findings(text, triggers=trigger)
        assert finding.message == "Owed for “before and after”."
    assert findings("Rest before and after.", triggers=trigger) == []


def test_an_element_speaks_for_a_trigger_by_its_initials():
    text = "Platelet rich plasma. Lifts. Fillers. Peels. A risk of PRP is known, as of the peel."
    values = {"triggers": [{"patterns": ["platelet rich plasma", "lift|filler|peel|laser"]}], "met_by": ["a risk of"], "each": True}
    assert findings(text, **values) == []
    assert findings(text.replace("PRP", "lasers"), **values)


def test_what_has_no_section_of_its_own_is_mentioned_in_passing():
    values = {"triggers": [{"patterns": ["botox|lift|filler|peel|laser"]}], "met_by": ["a risk of"], "each": True}
    sections = "# Botox\n\nThere is a risk of Botox. {0}Lifts here. {1}Fillers here. {2}Peels here."
    assert findings(sections.format("", "", ""), **values) == []
    assert findings(sections.format("\n\n## Lifts\n\n", "\n\n## Fillers\n\n", "\n\n## Peels\n\n"), **values)
    assert findings(
        "# Botox\n\nThere is a risk of Botox.\n\n## Lifts\n\nTwo hours.\n\n## Fillers\n\nOne.\n\n## Peels\n\nHalf of one.", **values
    )


def test_what_the_judge_says_makes_a_duty():
    claims = {"judged": ["efficacy"], "count": 2}
    (finding,) = findings("Massage eases chronic pain. Acupuncture relieves migraine.", triggers=[claims])
    assert finding.message.startswith("Owed for “")
    for text in (
        "Massage eases chronic pain.",  # one claim
        "Massage eases chronic pain. Does acupuncture relieve migraine?",
        "Massage eases chronic pain. Acupuncture does not relieve migraine.",
        "Massage eases chronic pain. We open at nine.",
    ):
        assert findings(text, triggers=[claims]) == []
    assert findings("Massage eases chronic pain. Acupuncture relieves migraine.", triggers=[claims | {"judged": ["statistic"]}]) == []
    story = {"judged": ["testimonial"]}
    assert findings("“After two weeks on the tea I lost five pounds and my stomach feels so much better!”", triggers=[story])
    assert findings("“The staff greeted me by name,” says Ana.", triggers=[story]) == []


def test_a_story_is_somebodys_own():
    """What only speaks to the reader is none, however much it sounds like one."""
    assert findings("Three days in, the shaking wins.", triggers=[{"judged": ["testimonial"]}]) == []


def test_a_story_of_a_result_tells_that_somebody_got_better():
    story = [{"judged": ["testimonial"]}]
    assert findings("My arthritis got bad with the years.", triggers=story) == []
    assert findings("My arthritis got bad with the years, and now I walk without a cane.", triggers=story)


def test_claims_count_on_a_page_whose_title_names_what_owes():
    titled = {"judged": ["efficacy"], "patterns": ["massage"], "titled": ["massage"], "with": ["offer"], "count": 2}
    claims = "Four sessions ease chronic pain. They relieve migraine, too."
    (finding,) = findings(f"# A massage in Mesa\n\n{claims}", triggers=[titled])
    assert finding.message == "Owed for “massage”."
    assert findings(f"---\ntitle: A massage in Mesa\n---\n\n{claims}", triggers=[titled])
    for text in (
        claims,
        f"## A massage in Mesa\n\n{claims}",
        "# A massage in Mesa\n\nFour sessions ease chronic pain.",
        f"- A massage\n\n{claims}",
    ):
        assert findings(text, triggers=[titled]) == []
    assert findings(f"# No massage\n\n{claims}", triggers=[titled | {"without": ["no massage"]}]) == []
    assert findings("Massage eases chronic pain. A massage relieves migraine.", triggers=[titled])  # claims that name it themselves


def test_wordings_are_named_before_what_only_the_judge_says():
    trigger = {"judged": ["efficacy"], "patterns": ["stop drinking"], "count": 2}
    (finding,) = findings("Massage eases chronic pain. Stop drinking.", triggers=[trigger])
    assert finding.message.startswith("Owed for “Stop drinking”, “")


def test_a_trigger_says_something():
    with pytest.raises(ValidationError, match="one of patterns, strong, shown, links and judged must be given"):
        rule(Duty, triggers=[{"count": 2}])


def test_surroundings_of_a_trigger():
    assert findings("Stop drinking.", triggers=[TRIGGER | {"with": ["alcohol"]}]) == []
    assert findings("Stop drinking alcohol.", triggers=[TRIGGER | {"with": ["alcohol"]}])
    assert findings("Stop drinking soda.", triggers=[TRIGGER | {"without": ["soda"]}]) == []
    assert findings("Do not stop drinking.", triggers=[TRIGGER | {"unless": ["negated"]}]) == []
    assert findings("# Stop drinking", triggers=[TRIGGER | {"scope": ["body"]}]) == []
    assert findings("<nav>Stop drinking</nav><p>Sleep well.</p>", "html") == []


def test_all_triggers_must_hold():
    both = [TRIGGER, {"patterns": ["alcohol"]}]
    assert findings("Stop drinking.", triggers=both) == []
    assert findings("Stop drinking. It is alcohol.", triggers=both)


def test_overlapping_triggers_are_one():
    (finding,) = findings("Stop drinking alcohol.", triggers=[{"patterns": ["stop drinking", "drinking alcohol", "stop drinking alcohol"]}])
    assert finding.message == "Owed for “Stop drinking alcohol”."


def test_a_duty_without_triggers_is_owed_by_every_page():
    assert len(findings("Text.", triggers=[], message="Owed.")) == 1
    assert len(findings("", triggers=[], message="Owed.")) == 1


def test_front_matter_meets_it():
    text = "---\nog:Reviewed-By: Ann, MD\n---\nStop drinking.\n"
    assert findings(text, meta=["reviewed_by"]) == []
    assert findings(text, meta=["reviewed_by"], meta_regex=r"\bMD\b") == []
    assert len(findings(text, meta=["reviewed_by"], meta_regex=r"\bRN\b")) == 1
    assert len(findings("---\nreviewed_by: ''\n---\nStop drinking.\n", meta=["reviewed_by"])) == 1
    nested = "---\nreviewed_by: {name: Ann, roles: [MD, PhD]}\n---\nStop drinking.\n"
    assert findings(nested, meta=["reviewed_by"], meta_regex="PhD") == []


def test_an_included_file_or_the_site_meets_it():
    assert findings("Stop drinking.\n\n{% include detox-warning.html %}\n", includes=["detox-warning"]) == []
    assert findings("Stop drinking.\n\n{% include detox_warning.html %}\n", includes=["detox-warning"]) == []
    assert findings("Stop drinking.", site=Site(carries=frozenset({"withdrawal"})), site_="withdrawal") == []


def test_an_exception_on_the_page():
    assert findings("Stop drinking. For professionals only.", except_=["for professional"]) == []


def test_each_duty_keeps_its_own_patterns():
    rules = [
        rule(Duty, id="language/a", triggers=[{"patterns": ["detox"]}], met_by=["never"]),
        rule(Duty, id="language/b", triggers=[{"patterns": ["rest"]}], met_by=["always"]),
    ]
    assert [finding.rule for finding in run(duty, rules, "A detox and rest.").findings] == ["language/a", "language/b"]
    assert [finding.rule for finding in run(duty, rules, "Only rest.").findings] == ["language/b"]
    assert [finding.rule for finding in run(duty, rules, "A detox and rest. Always.").findings] == ["language/a"]


def test_two_checks_on_the_same_docs_do_not_share_what_they_found():
    """Docs of equal blocks are shared by pages, and pages may be checked under different rules."""
    text = "Stop drinking. Medical supervision."
    assert findings(text) == [] and len(findings(text, met_by=["a nurse"])) == 1 and findings(text) == []

"""Claim rules: one finding a claim, lists told once, severity by page and certainty, approvals, the page as a whole."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from copycheck import ruleset
from copycheck.checks import Site, claim
from copycheck.claims import attribution
from copycheck.claims.approved import Approved
from copycheck.claims.approved import Entry as Approval
from copycheck.engine import Engine, Item, Settings
from copycheck.findings import Report, Severity
from copycheck.ruleset.location import rules_dir
from copycheck.ruleset.models import Claim
from copycheck.source import Source, Span
from tests import rulekit

TODAY = date(2026, 11, 1)


@cache
def engine() -> Engine:
    return Engine(ruleset.load([rules_dir()]), rulekit.load_pipeline)


def report(text: str, name: str = "a.md", **given) -> Report:
    site = Site(today=TODAY, **given.pop("site", {}))
    settings = Settings(select=frozenset({"claims"}), site=site, **{"promotional": True, "vertical": "general-clinic", **given})
    done = next(iter(engine().run([Item(name, Source(name, text), settings)])))
    assert done.error is None
    return done


def rules(text: str, **given) -> list[str]:
    return [finding.rule.split("/")[1] for finding in report(text, **given).findings]


def test_a_claim_is_told_with_its_sentence_its_evidence_and_the_ways_out():
    text = "We are open all week. By the way, massage therapy lowers blood pressure and relieves chronic pain. Call us."
    (finding,) = report(text).findings
    assert text[finding.span.start : finding.span.end] == "By the way, massage therapy lowers blood pressure and relieves chronic pain."
    assert "“relieves chronic pain”" in finding.message and "source" in finding.message and "cut it" in finding.message
    assert finding.help.startswith("https://")


def test_one_word_alone_is_told_with_its_sentence_and_code_as_dots():
    (finding,) = report("It is warm here, and headaches respond well to acupuncture.").findings
    assert len(finding.message.partition("“")[2].partition("”")[0].split()) > 1
    told = [finding.message for finding in report("Our laser cures arthritis in {{ count }} visits.").findings]
    assert told and not any("\ufffc" in message for message in told)


def test_a_cell_that_heads_a_column_or_row_is_no_claim_and_its_figures_are():
    table = "| Age | Our live birth rate | National rate |\n| --- | --- | --- |\n| 38 to 40 | 48% | 26% |\n"
    found = report(f"# IVF after 40\n\n{table}", vertical="womens-health").findings
    assert "48%" in [finding.excerpt for finding in found] and "Our live birth rate" not in [finding.excerpt for finding in found]
    figures = "| Visits | 85% pain reduction |\n| --- | --- |\n| Three | 12 people |\n"
    assert "85% pain reduction" in [finding.excerpt for finding in report(f"# Massage\n\n{figures}").findings]


def test_what_names_no_research_does_not_appeal_to_it():
    told = rules("# Semaglutide online\n\nIt is made in an FDA-approved pharmacy.", vertical="weight-loss")
    assert "unsourced-research" not in told and "unsourced-research" in rules("Dozens of trials have tested this drug against depression.")


def test_one_finding_for_a_list_with_each_claim_related():
    text = (
        "Massage can:\n\n- Relieve chronic pain\n- Bring down high blood pressure\n- Reduce anxiety and insomnia\n\nWe are open all week.\n"
    )
    found = [finding for finding in report(text).findings if finding.span != Span(0, 0)]
    assert [finding.rule for finding in found] == ["claims/unsourced-efficacy"]
    assert text[slice(*found[0].span)] == "Massage can:"
    assert [text[slice(*span)] for span in found[0].related] == [
        "Relieve chronic pain",
        "Bring down high blood pressure",
        "Reduce anxiety and insomnia",
    ]
    assert "3 statements" in found[0].message


def test_no_two_claim_findings_on_one_span():
    text = (rules_dir().parent / "docs" / "sample" / "article.txt").read_text(encoding="utf-8")
    spans = [finding.span for finding in report(text, name="a.txt").findings if finding.span != Span(0, 0)]
    assert len(spans) == len(set(spans)) > 5


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("According to the Mayo Clinic, massage lowers blood pressure.", "unlinked-source"),
        ("Studies show that massage lowers blood pressure.", "vague-source"),
        ("Massage lowers blood pressure ([our page](/massage)).", "self-citation"),
        ("Massage lowers blood pressure ([post](https://www.facebook.com/x/1)).", "weak-source"),
        ("Massage lowers blood pressure[^1].", "broken-source"),
    ],
)
def test_the_status_of_the_source_names_the_rule(text, rule):
    assert rules(text) == [rule]


def test_a_cited_claim_is_in_the_ledger_and_no_finding():
    done = report("Massage lowers blood pressure ([NCCIH](https://www.nccih.nih.gov/health/massage-therapy)).")
    assert not done.findings
    assert [(claim.status, claim.kind) for claim in done.claims] == [("cited", "efficacy")]
    assert done.claims[0].source == "https://www.nccih.nih.gov/health/massage-therapy"


def severity(text: str, **given) -> Severity:
    return max(finding.severity for finding in report(text, **given).findings)


def blocks(text: str, **given) -> bool:
    """Whether there is an error; that there is no finding at all is as good."""
    return any(finding.severity == Severity.error for finding in report(text, **given).findings)


def test_a_hedge_lowers_one_step_and_does_not_clear():
    plain, hedged = "Massage lowers blood pressure.", "Massage may lower blood pressure."
    assert severity(plain) == Severity.warning and severity(hedged) == Severity.info


def test_what_a_thing_can_do_it_is_said_to_do():
    assert severity("Massage can lower blood pressure.") == Severity.warning
    assert severity("Massage can lower blood pressure in some people.") == Severity.info


def test_risks_of_a_treatment_are_notes():
    told = "A cracked filling leads to nerve damage and tooth loss."
    for heading, expected in (
        ("Risks", Severity.info),
        ("Who should wait", Severity.info),
        ("Risk factors", Severity.warning),
        ("The risks of untreated cavities", Severity.warning),
    ):
        (one,) = report(f"# Fillings\n\n## {heading}\n\n{told}\n").findings
        assert (one.rule, one.severity) == ("claims/unsourced-condition", expected), heading


def test_what_names_no_ill_is_a_note_and_a_higher_rate_is_not_hedged():
    assert severity("The jaw then needs time to heal around it before the crown goes on.") == Severity.info
    assert severity("Smokers are three times as likely to get gum disease.") == Severity.warning
    assert severity("Smokers are likely to get gum disease.") == Severity.info


def test_pages_that_sell_nothing_get_notes():
    assert severity("Untreated gum disease can lead to tooth loss and heart disease.", promotional=False) == Severity.info


def test_a_publisher_gets_notes_too_but_for_what_only_the_page_itself_can_prove():
    assert severity("Massage lowers blood pressure.", promotional=False, preset="publisher") == Severity.info
    assert severity("Our massage is safer than any drug.", promotional=False, preset="publisher") == Severity.warning


def test_a_share_blocks_where_it_is_of_what_a_treatment_does():
    for outcome in ("Our program has a 92% success rate.", "A year later, 92% of our patients are still sober."):
        assert severity(outcome) == Severity.error, outcome
    for other in (
        "By age 85, more than half of all people experience hearing loss.",
        "In all age groups, one in ten adults has diabetes.",
        "Another 11% of people have side effects from the drug treatment.",
        "About one in four people who apply are told that the treatment is not suitable for them.",
    ):
        assert severity(other) == Severity.warning, other


def test_a_share_of_no_outcome_blocks_nothing():
    for other in (
        "In this step, 5% of the stem cells become blood cells.",
        "The drops were prescribed at a concentration of 0.5% for our patients.",
        "If you are among the 60% who do well on this drug, the treatment is less urgent.",
    ):
        assert not blocks(other), other


def test_a_disease_that_is_only_named_blocks_nothing():
    for named in ("Rapid weight loss drains iron from the body.", "It keeps skin soft in people whose diabetes and weight go together."):
        assert severity(f"Our powder lifts energy. {named}", vertical="weight-loss") < Severity.error, named


def test_a_disease_claim_blocks_for_a_product_and_not_for_a_drug_or_surgery():
    assert severity("This root powder treats type 2 diabetes and melts belly fat.", vertical="weight-loss") == Severity.error
    for medical in ("Bariatric surgery helps people with obesity to lose weight.", "Semaglutide helps adults with obesity to lose weight."):
        assert severity(medical, vertical="weight-loss") == Severity.warning, medical


def test_a_medicine_may_be_said_to_treat_its_disease():
    assert severity("Naltrexone, an FDA-approved medicine, comes as a daily pill to treat alcohol use disorder.") == Severity.warning
    assert severity("Our drip treats alcohol use disorder.") == Severity.error


def test_what_a_supplement_does_to_the_body_is_no_disease_claim():
    for structural in (
        "It supports a healthy stress response.",
        "Collagen makes skin clearer and hair fuller.",
        "Magnesium helps muscles relax.",
    ):
        assert severity(structural, vertical="supplement") < Severity.error, structural
    assert severity("It relieves arthritis and swollen joints.", vertical="supplement") == Severity.error
    assert severity("Our garlic capsules lower blood pressure within a month.", vertical="supplement") == Severity.error


def test_a_promise_blocks_on_copy_that_sells():
    promise = "Our laser treatment permanently eliminates chronic back pain, guaranteed, and the pain never returns."
    assert severity(promise) == Severity.error
    assert severity(promise, promotional=False) < Severity.error
    assert severity("Our laser removes hair permanently.") == Severity.error
    assert not blocks("The FDA clears these devices for permanent hair reduction, which is not the same as removal.")


PAGE = "Massage lowers blood pressure. It relieves chronic pain and reduces anxiety. Yoga relieves withdrawal cravings and improves sleep."


def test_a_selling_page_without_any_source_is_an_error():
    (whole,) = [finding for finding in report(PAGE).findings if finding.rule == "claims/no-source-on-page"]
    assert whole.severity == Severity.error and whole.span == Span(0, 0) and len(whole.related) == 3


def test_what_people_suffer_blocks_nothing_and_that_they_suffer_less_does():
    for ill in (
        "About half of our patients feel some sensitivity in the first days.",
        "70% of our patients had swelling after an implant.",
        "A 10 percent gel does not damage the enamel of our patients.",
    ):
        assert severity(ill, vertical="dental") != Severity.error, ill
    assert severity("70% of our patients had less swelling after our implants.", vertical="dental") == Severity.error


def test_what_a_dose_holds_and_how_to_keep_it_is_no_claim():
    for text in (
        "Two capsules give you 400 mg.",
        "Each softgel has 900 mg of EPA and DHA.",
        "Keep it away from the eyes.",
        "The FDA has not looked at our claims.",
    ):
        assert rules(f"Come and see us. {text}") == [], text
    for text in (
        "Two capsules give you 400 mg, which eases arthritis.",
        "Keep it in your bag, and it relieves chronic migraine in minutes.",
    ):
        assert rules(text) != [], text


def test_what_a_treatment_does_at_first_is_told_as_a_note():
    for text in ("Your skin will look sunburned.", "You will be pink for a week.", "The reactions are headache and nausea."):
        assert {finding.severity for finding in report(f"# A peel\n\n{text}").findings} <= {Severity.info}, text
    for usual in (
        "Some swelling and bruising are common after the surgery.",
        "There are serious risks to know, and an infection may need a second operation.",
    ):
        assert {finding.severity for finding in report(usual).findings} <= {Severity.info}, usual
    items = report("What side effects follow:\n\n- Nausea and vomiting\n- Hair loss and nerve damage\n").findings
    assert {finding.severity for finding in items} <= {Severity.info}
    under = "Burns and blisters happen, more often on tanned skin."
    assert [finding.severity for finding in report(f"## What can go wrong\n\n{under}").findings] == [Severity.info]
    assert [finding.severity for finding in report(f"## What it does\n\n{under}").findings] == [Severity.warning]


def test_a_page_of_soft_claims_gets_a_warning():
    soft = "Massage may lower blood pressure. It might relieve chronic pain. Yoga could improve sleep and reduce anxiety."
    (whole,) = [finding for finding in report(soft).findings if finding.rule == "claims/no-source-on-page"]
    assert whole.severity == Severity.warning


def test_the_summary_that_says_what_the_page_says_is_told_once():
    claim = "Massage lowers blood pressure."
    page = f"---\ntitle: Massage\nexcerpt: {claim}\n---\n\n# Massage\n\n{claim} Call us.\n"
    assert [finding.span.start for finding in report(page).findings] == [page.rindex(claim)]
    assert [finding.span.start for finding in report(page.replace(f"{claim} Call", "Call")).findings] == [page.index(claim)]


def test_a_page_that_mostly_tells_of_conditions_gets_a_warning():
    informs = "Untreated gum disease leads to tooth loss. Smoking raises the risk of bone loss. Diabetes makes gum infections worse."
    (whole,) = [finding for finding in report(informs).findings if finding.rule == "claims/no-source-on-page"]
    assert whole.severity == Severity.warning


def test_one_source_on_the_page_lifts_it():
    assert "no-source-on-page" not in rules(PAGE + " Massage eases pain ([NCCIH](https://www.nccih.nih.gov/health/massage-therapy)).")
    assert "no-source-on-page" not in rules(PAGE + "\n\n## References\n\n1. Lee and others, 2020. https://doi.org/10.1000/182\n")


def approvals(*wordings: str, until: date = date(2030, 1, 1)) -> dict[str, Approved]:
    return {"approved": Approved(tuple(Approval(wording, "https://doi.org/10.1000/182", "J. Doe, MD", until) for wording in wordings))}


def test_an_approved_wording_is_no_finding_and_stands_as_approved():
    done = report("Massage lowered  blood pressure.", site=approvals("Massage lowers blood pressure."))
    assert not done.findings and [claim.status for claim in done.claims] == ["approved"]


def test_a_near_miss_is_flagged_with_what_differs():
    (finding,) = report(
        "Massage lowers blood pressure in 90% of patients.", site=approvals("Massage lowers blood pressure in 30% of patients.")
    ).findings
    assert finding.rule == "claims/changed-approved-claim" and "“90" in finding.message


def test_an_approval_lapses_on_its_day():
    found = report("Massage lowers blood pressure.", site=approvals("Massage lowers blood pressure.", until=date(2026, 10, 31))).findings
    assert [finding.rule for finding in found] == ["claims/lapsed-approval"] and "2026-10-31" in found[0].message


def test_an_old_source_of_a_figure_is_told():
    old = "Nearly 60% of people relapse in the first year ([NIDA, 2009](https://nida.nih.gov/publications/drugs-brains-behavior))."
    assert rules(old) == ["old-source"]
    assert rules(old, site={"source_age": 30}) == []


@pytest.mark.parametrize(
    "text",
    [
        "Does massage lower blood pressure?",
        "Massage does not cure anxiety.",
        "Our massage does not treat asthma.",
        "Ask your doctor whether massage is right for you.",
        "> Massage lowered my blood pressure, she says.\n",
        "Our therapists have a license from the state and ten years of practice.",
    ],
)
def test_what_is_left_alone(text):
    assert rules(text) == []


def test_what_denies_one_thing_and_asserts_another_is_judged():
    assert rules("Rather than treating symptoms, massage lowers blood pressure in most patients.")


def test_what_is_denied_is_no_promise():
    assert "unsourced-guarantee" not in rules("Botox is not permanent, and it wears off in three to four months.")


def test_a_cited_figure_without_base_and_year_is_a_note():
    (finding,) = report("The treatment reduces relapse by 40% ([paper](https://doi.org/10.1000/182)).").findings
    assert finding.rule == "claims/bare-statistic" and finding.severity == Severity.info
    assert "among whom" in finding.message and "year" in finding.message


def test_a_finding_offers_a_search_made_of_the_claim():
    (finding,) = report("Massage therapy lowers blood pressure.").findings
    assert finding.suggestions == (
        "https://pubmed.ncbi.nlm.nih.gov/?term=%22massage+therapy%22+AND+%22blood+pressure%22&filter=pubt.systematicreview",
    )


def test_a_rule_speaks_in_its_scope_alone():
    text = "- Yoga relieves chronic pain.\n\nMassage therapy lowers blood pressure.\n"
    for scope, places in ((["list"], [2]), (["body"], [31]), (["list", "body"], [2, 31]), (["heading"], [])):
        made = rulekit.rule(Claim, claim="any", status="unsourced", scope=scope)
        assert [finding.span.start for finding in rulekit.run(claim, [made], text).findings] == places


def test_what_protects_a_reader_is_a_note_at_most():
    assert severity("Side effects can include nausea, constipation and fatigue.") == Severity.info


def test_how_long_a_result_lasts_blocks_nothing():
    assert severity("Botox results typically last three to four months.") == Severity.warning


def test_the_words_shown_are_those_of_the_claim():
    text = "Our nurses sit with each guest for an hour and talk, and the massage lowers high blood pressure in people of every age."
    (finding,) = report(text).findings
    assert "blood pressure" in finding.message
    (dated,) = report(
        "Springfield, IL, March 3, 2021 (Newswire) — Massage lowers high blood pressure, the clinic says.", name="a.txt"
    ).findings
    assert "Springfield" not in dated.message and "Massage lowers" in dated.message


def test_money_back_is_no_appeal_to_evidence():
    assert attribution.vague("guaranteed results or your money back") is None
    assert attribution.vague("many studies back this up") is not None


@pytest.mark.parametrize(
    "text",
    [
        "Risks of the procedure",
        "The spray usually comes in bottles for a month.",
        "You may qualify with a BMI of 30 or higher.",
        "FDA-cleared",
        "Our fillers are FDA-approved.",
        "No operation is without risk.",
        "No medicine is ever completely free of side effects.",
        "We check the wound again after ten days to see that it closes.",
        "The treatment usually takes six to eight visits over three weeks.",
        "We suggest taking normal pain relief tablets to help with this.",
        "We do all we can to make your stay as safe and pleasant as possible.",
        "You'll avoid makeup and direct sun for two days.",
        "The program for depression includes six sessions.",
        "Angioplasty is a procedure to treat narrowed arteries.",
    ],
)
def test_what_sounds_like_a_claim_and_is_none(text):
    assert rules(f"Come and see us.\n\n{text}") == []


@pytest.mark.parametrize(
    "text",
    [
        "No Side Effects",
        "Fewer risks than surgery",
        "Eases arthritis.",
        "Ada came to us with a migraine and left without it.",
        "Zero downtime.",
        "FDA-approved treatment for depression.",
        "Our FDA-cleared laser smooths skin.",
        "We see better skin in all patients after ten days.",
        "You will feel relief after six to eight visits.",
        "We recommend magnesium because it relieves cramps.",
        "Angioplasty is a procedure that lowers the risk of a heart attack.",
        "LASIK is a painless procedure to treat short sight.",
    ],
)
def test_what_sounds_much_the_same_and_is_a_claim(text):
    (finding,) = report(f"Come and see us.\n\n{text}").findings
    assert finding.rule.startswith("claims/unsourced-") and finding.severity >= Severity.warning

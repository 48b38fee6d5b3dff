"""The shipped duties: the statutory statement word for word, what does not count, what the site carries, one telling for a run."""

from __future__ import annotations

import pytest

from copycheck import ruleset
from copycheck.checks import Site
from copycheck.engine import Engine, Item, Settings
from copycheck.findings import Report
from copycheck.reports import Options
from copycheck.reports import text as text_report
from copycheck.ruleset import Ruleset
from copycheck.source import Source, Span
from tests.checkout import ROOT
from tests.rulekit import load_pipeline

CODES = {
    "advice", "affiliate", "crisis", "dated", "dshea", "free-service", "health-data", "results", "reviewed", "risks", "stem-cells", "withdrawal",
}  # fmt: skip
CLAIM = "Our magnesium gummies support restful sleep. Buy now for $20.\n\n"
STATEMENT = "This statement has not been evaluated by the Food and Drug Administration. "
PLURAL = "These statements have not been evaluated by the Food and Drug Administration. "
PRODUCT = "This product is not intended to diagnose, treat, cure, or prevent any disease."

BASE = {
    "advice": "Massage eases anxiety. It helps people with pain.",
    "crisis": "Depression raises the risk of suicide.",
    "withdrawal": "Our alcohol detox helps you quit drinking.",
    "risks": "Implants can restore your smile. With implants you eat and smile again.",
    "results": "Tom lost 45 pounds with us.",
    "affiliate": "Try [these gummies](https://amzn.to/3abc).",
    "reviewed": "Diabetes is a disease. Diet and medicine are its treatment. Patients check their blood.",
    "dated": "Diabetes is a disease. Diet and medicine are its treatment. Patients check their blood.",
}
IN_OTHER_WORDS = [
    ("advice", "We are not your doctors, and this post cannot replace a visit to one."),
    ("advice", "Treat this guide as a starting point for a talk with your physician, not as advice."),
    ("advice", "What you read here is general and may not fit your case; your dentist can say what does."),
    ("advice", "Nothing here should be taken as medical guidance for you personally."),
    ("advice", "The article is written to inform; it does not diagnose or treat anyone."),
    ("advice", "Always follow what your own doctor tells you over anything you read here."),
    ("advice", "Before you change your treatment, speak with the clinician who knows you."),
    ("crisis", "If you cannot stay safe, ring 988 now."),
    ("crisis", "Text HOME to 741741 to reach a counselor for free."),
    ("crisis", "In danger right now? Dial 911."),
    ("crisis", "Veterans can reach the Veterans Crisis Line at 988, then press 1."),
    ("withdrawal", "Quitting all at once can bring on seizures, so never do it without a doctor."),
    ("withdrawal", "Do not try this by yourself: sudden withdrawal from alcohol may kill."),
    ("withdrawal", "Coming off drink without medical help is risky and sometimes fatal."),
    ("withdrawal", "Stopping suddenly may cause delirium tremens."),
    ("risks", "Like any surgery, it carries risks: bleeding, infection and loose implants."),
    ("risks", "A small number of implants never bond with the bone, and sinus problems can occur."),
    ("risks", "Expect some bruising and soreness, and rarely lasting numbness of the lip."),
    ("risks", "Downsides include swelling, a long healing time, and the chance that the implant fails."),
    ("risks", "You should not have it done while you are pregnant or take blood thinners."),
    ("risks", "The operation may lead to nerve damage or an infection."),
    ("results", "His result is not what most get: our typical member loses 7 pounds in 12 weeks."),
    ("results", "Across 280 of 300 members with a full year of data, the mean loss was 6 pounds in 12 months."),
    ("results", "Over a year, the usual member loses about 9 pounds."),
    ("affiliate", "We get a small fee from the shop when you order through this page."),
    ("affiliate", "This guide has paid links."),
    ("affiliate", "Some of the products here were sent to us free by the brands."),
    ("reviewed", "Fact-checked by Ana Ruiz, RN."),
    ("dated", "Page last checked 4 May 2026."),
    ("dated", "First published: 12 January 2025; updated 3 March 2026."),
    ("results", "Most people who join lose 5 to 10 pounds in the first 3 months."),
    ("advice", "We write to inform, not to prescribe."),
    ("advice", "Your own doctor knows your history; this page does not."),
    ("advice", "Please read this as background, and leave decisions to you and your care team."),
    ("advice", "Do not use this page to diagnose yourself."),
    ("advice", "This blog is meant to educate and is no replacement for seeing a clinician."),
    ("advice", "Every body is different, so run this past your doctor before you try it."),
    ("advice", "Reading this page does not make you our patient."),
    ("advice", "Only a licensed professional who has examined you can advise you."),
    ("advice", "See your own dentist for advice that fits you."),
    ("affiliate", "We may get a small share of what you spend through these links."),
    ("affiliate", "Heads-up: this page has links that earn us money."),
    ("affiliate", "The maker paid us to write this."),
    ("affiliate", "If you buy through our links, the shop pays us."),
    ("affiliate", "I was sent this brace for free by its maker."),
    ("reviewed", "About the author: Ana Ruiz is a family physician."),
    ("reviewed", "Dr. Ana Ruiz wrote this article."),
    ("reviewed", "Our medical editor, Ana Ruiz, MD, read this page."),
    ("reviewed", "Medical review: Ana Ruiz, MD"),
    ("dated", "Last medically checked in March 2025."),
    ("dated", "First published 2025-03-12T08:00."),
    ("dated", "Content current as of 1 March 2025."),
    ("dated", "Edited in Feb. 2025"),
    ("risks", "Some patients develop an infection or lose the implant."),
    ("risks", "Possible problems are bleeding, numbness and loss of the implant."),
    ("risks", "Infection, nerve damage and failure of the implant are possible."),
    ("risks", "What can go wrong: infection, numb lips, a loose screw."),
    ("risks", "About 1 in 20 implants fails, and a few people get an infection."),
    ("risks", "It is not for people who smoke heavily or take bone drugs."),
    ("results", "Among all 310 people who finished the plan, the usual loss was 6 pounds in 12 weeks."),
    ("results", "A typical client can expect to lose 1 to 2 pounds a week."),
    ("results", "Two thirds of our patients lose less than 10 pounds within six months."),
    ("results", "The middle result in our records is 8 pounds after 3 months."),
    ("results", "Few clients lose this much; the usual loss is 5 pounds in 2 months."),
    ("crisis", "The Lifeline is open day and night at 9-8-8."),
    ("crisis", "Veterans can call the Veterans Crisis Line and press 1."),
    ("crisis", "Find a helpline in your country at findahelpline.com."),
    ("crisis", "The Trevor Project answers young LGBTQ people at any hour."),
    ("crisis", "Reach the suicide and crisis lifeline by chat."),
]
NO_DISCLAIMER = [
    ("advice", "Our own doctors wrote this guide for you."),
    ("advice", "Ask us anything: advice is free."),
    ("crisis", "Our team answers the phone day and night."),
    ("withdrawal", "Withdrawal is no fun, but our beds are soft."),
    ("risks", "The risk of losing teeth falls with good care."),
    ("risks", "Ask your dentist about possible risks."),
    ("results", "Most members lose 20 percent."),
    ("results", "The average member loves our coaches."),
    ("affiliate", "We love our partners."),
    ("reviewed", "Checked by our editors."),
    ("dated", "Established in 2011."),
    ("advice", "Talk to our team for advice that fits you."),
    ("advice", "Our doctor knows your history."),
    ("advice", "Take the decision with our care team."),
    ("advice", "Our therapist can tell you more."),
    ("advice", "Your dentist knows us."),
    ("affiliate", "We love the brands that we work with."),
    ("affiliate", "You pay us only if you order."),
    ("affiliate", "Our company pays for parking."),
    ("affiliate", "The links below bring you to the shop."),
    ("reviewed", "About the author: Jo Hall loves cats."),
    ("reviewed", "Dr. Ana Ruiz treats diabetes in our office."),
    ("reviewed", "Ask the author, who is a fan of doctors."),
    ("dated", "Our prices are valid in 2025."),
    ("dated", "As of March 2025 we take Aetna."),
    ("risks", "Implants never fail."),
    ("risks", "There are no risks to speak of."),
    ("risks", "Without implants, bone loss and infection may follow."),
    ("risks", "Nothing can go wrong."),
    ("risks", "What can go wrong with such a smile? Nothing."),
    ("risks", "Implants are not for people with healthy teeth only."),
    ("risks", "Bone loss is common after you lose a tooth."),
    ("risks", "Some people have damaged teeth."),
    ("risks", "9 of 10 patients smile more."),
    ("results", "Most of our clients feel 100% better in 2 weeks."),
    ("results", "On average clients lose up to 40 pounds in 8 weeks."),
    ("results", "Your results may be different."),
    ("results", "Most members train 3 times a week."),
    ("results", "The usual result is a new life."),
    ("results", "Pay a quarter of the $400 within 2 weeks."),
    ("crisis", "Find our crisis hotline on the last page."),
]


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Ruleset:
    top = tmp_path_factory.mktemp("rules")
    for name in ("disclaimers", "authorities.yaml"):
        (top / name).symlink_to(ROOT / "rules" / name)
    return ruleset.load([top])


@pytest.fixture(scope="module")
def engine(rules: Ruleset) -> Engine:
    return Engine(rules, load_pipeline)


def check(engine: Engine, text: str, path: str = "a.md", carries: frozenset[str] = frozenset()) -> Report:
    report = next(engine.run([Item(path, Source(path, text), Settings(promotional=True, site=Site(carries=carries)))]))
    assert report.error is None
    return report


def owed(report: Report) -> set[str]:
    return {finding.rule.removeprefix("disclaimers/missing-") for finding in report.findings}


def test_a_duty_a_code(rules: Ruleset) -> None:
    duties = {rule.id.removeprefix("disclaimers/missing-"): rule for rule in rules.rules if "/missing-" in rule.id}
    assert set(duties) == CODES
    for code, rule in duties.items():
        assert (rule.kind, rule.site) == ("duty", code)


def test_no_offered_text_is_one_that_does_not_cure_the_claim(rules: Ruleset) -> None:
    for rule in rules.rules:
        assert rule.kind == "duty"
        assert "vary" not in (rule.offer or "") and "not typical" not in (rule.offer or ""), rule.id


def test_the_statement_to_paste_is_the_law_s(rules: Ruleset) -> None:
    rule = rules["disclaimers/missing-dshea"]
    assert rule.offer == "*" + PLURAL + PRODUCT


@pytest.mark.parametrize(
    "statement",
    [
        STATEMENT + PRODUCT,
        STATEMENT.upper() + PRODUCT.upper(),
        PLURAL + PRODUCT,
        STATEMENT.replace("Food and", "Food\nand") + PRODUCT,
    ],
)
def test_the_statement_in_the_law_s_words_meets_the_duty(engine: Engine, statement: str) -> None:
    assert "dshea" not in owed(check(engine, CLAIM + statement))


@pytest.mark.parametrize(
    "statement",
    [
        "",
        STATEMENT,
        PRODUCT,
        STATEMENT.replace("has not been evaluated", "has not been reviewed") + PRODUCT,
        STATEMENT.replace("Food and Drug Administration", "FDA") + PRODUCT,
        STATEMENT + PRODUCT.replace("diagnose, treat, cure, or prevent", "treat or prevent"),
        STATEMENT + PRODUCT.replace("or prevent", "and prevent"),
        STATEMENT + "Ask your doctor. " + PRODUCT,
    ],
)
def test_other_words_do_not(engine: Engine, statement: str) -> None:
    assert "dshea" in owed(check(engine, CLAIM + statement))


def test_what_the_site_or_the_page_carries_counts(engine: Engine) -> None:
    assert "dshea" not in owed(check(engine, CLAIM, carries=frozenset({"dshea"})))
    assert "dshea" not in owed(check(engine, "---\ncopycheck: {carries: [dshea]}\n---\n" + CLAIM))


def test_a_missing_thing_stands_nowhere_and_names_what_makes_the_duty(engine: Engine) -> None:
    finding = next(f for f in check(engine, CLAIM).findings if f.rule == "disclaimers/missing-dshea")
    assert finding.span == Span(0, 0) and "“magnesium gummies”" in finding.message
    assert {CLAIM[a:b] for a, b in finding.related} == {"magnesium gummies"}


def test_results_may_vary_does_not_count(engine: Engine) -> None:
    story = "“I lost 60 pounds and my knee pain is gone,” says Dana."
    assert "results" in owed(check(engine, f"{story} Results may vary."))
    assert "results" not in owed(check(engine, f"{story} Most people in the program lose 8 to 12 pounds in 6 months."))


def test_the_clinic_s_own_number_is_no_crisis_line(engine: Engine) -> None:
    assert "crisis" in owed(check(engine, "Thoughts of suicide? Call our clinic at (555) 201-3000."))
    assert "crisis" not in owed(check(engine, "Thoughts of suicide? Call or text 988."))


def test_what_every_page_owes_is_told_once_though_the_words_that_make_it_differ(engine: Engine) -> None:
    pages = [check(engine, CLAIM, "a.md"), check(engine, CLAIM.replace("magnesium gummies", "turmeric capsules"), "b.md")]
    assert all("dshea" in owed(page) for page in pages)
    output = text_report.render(pages, Options(width=400))
    assert output.count("disclaimers/missing-dshea") == 1
    everywhere = output.split("Missing on every page")[1]
    assert "a.md, b.md" in everywhere and "magnesium" not in everywhere and "turmeric" not in everywhere


@pytest.mark.parametrize(("code", "line"), IN_OTHER_WORDS)
def test_a_disclaimer_in_other_words_counts(engine: Engine, code: str, line: str) -> None:
    assert code not in owed(check(engine, f"{BASE[code]}\n\n{line}"))


@pytest.mark.parametrize(("code", "line"), NO_DISCLAIMER)
def test_what_only_sounds_like_one_does_not(engine: Engine, code: str, line: str) -> None:
    assert code in owed(check(engine, f"{BASE[code]}\n\n{line}"))

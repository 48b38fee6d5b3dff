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
    ("advice", "The content above is no stand-in for an appointment with your own GP."),
    ("advice", "Please do not make medical decisions on the basis of this page alone."),
    ("advice", "We share this for learning only."),
    ("advice", "This page is a general overview and does not take your own health history into account."),
    ("advice", "Medical disclaimer: the text is general, and your situation may differ; check with your physician first."),
    ("advice", "Use this as a reference, and let a qualified clinician guide your care."),
    ("advice", "None of this counts as personal medical advice."),
    ("advice", "Talk to your health care provider to find out what is right for you."),
    ("advice", "Our posts are no substitute for a proper exam."),
    ("advice", "Your doctor is the best person to ask about your own case."),
    ("advice", "The facts here are meant for education and should never be used for self-diagnosis."),
    ("advice", "Consult a qualified health professional before you act on anything you read here."),
    ("advice", "Nothing on this site forms a doctor-patient relationship."),
    ("advice", "Speak with a licensed provider about your own symptoms before you start any treatment."),
    ("advice", "We give information, not medical advice."),
    ("crisis", "If you are thinking about ending your life, please call or text 988 right away."),
    ("crisis", "In the UK and Ireland, Samaritans are on 116 123, free, at any time."),
    ("crisis", "Call 911 if somebody is not breathing."),
    ("crisis", "Go to the nearest emergency room or dial 9-1-1 if you may act on these thoughts."),
    ("crisis", "The national lifeline (988) has trained counselors around the clock."),
    ("crisis", "Young people can text SHOUT to 85258."),
    ("crisis", "For immediate help phone your local emergency number."),
    ("crisis", "Chat with a counselor at 988lifeline.org."),
    ("crisis", "Help is there at any hour: Crisis Text Line, 741741."),
    ("crisis", "Call 999 or go to A&E if you have taken an overdose."),
    ("crisis", "The suicide prevention hotline answers in Spanish as well."),
    ("crisis", "SAMHSA’s national helpline is 1-800-662-4357; in danger, call 911."),
    ("crisis", "If this is an emergency, call 911."),
    ("crisis", "Not safe tonight? Call Lifeline on 13 11 14."),
    ("crisis", "You can reach the 988 Lifeline in American Sign Language too."),
    ("withdrawal", "Withdrawal from alcohol can turn life-threatening within two days."),
    ("withdrawal", "Never stop benzodiazepines cold turkey; seizures can follow."),
    ("withdrawal", "Going through detox at home can be dangerous, even fatal."),
    ("withdrawal", "If you have been drinking heavily, quitting abruptly can put your life at risk."),
    ("withdrawal", "Alcohol withdrawal is a medical emergency for some people."),
    ("withdrawal", "Without medical care, detox may end in seizures or worse."),
    ("withdrawal", "You should not attempt to detox alone, as complications can be severe."),
    ("withdrawal", "Severe withdrawal can cause hallucinations, seizures and death."),
    ("withdrawal", "Stopping on your own is unsafe: have a doctor with you."),
    ("withdrawal", "It is important to taper under medical supervision, because withdrawal can be deadly."),
    ("withdrawal", "After opioids your tolerance drops, and a relapse can kill."),
    ("withdrawal", "Some withdrawal symptoms need emergency care."),
    ("withdrawal", "Delirium tremens is a deadly form of alcohol withdrawal."),
    ("withdrawal", "Detoxing without supervision puts you in real danger."),
    ("withdrawal", "Do not quit suddenly without talking to a doctor."),
    ("risks", "Side effects: soreness, swelling, infection."),
    ("risks", "As with all operations there is a chance of infection or nerve damage."),
    ("risks", "Potential drawbacks include gum recession and implant failure."),
    ("risks", "You may have swelling and bruising for a week."),
    ("risks", "Complications are uncommon but can include infection and sinus damage."),
    ("risks", "Common side effects are swelling and soreness."),
    ("risks", "The procedure is not risk-free: infection and loosening can happen."),
    ("risks", "Implants can fail, and then must come out."),
    ("risks", "Some numbness of the lip may last for months."),
    ("risks", "Smokers face a higher risk of implant failure."),
    ("risks", "There is a small chance that the implant does not take."),
    ("risks", "Rarely, the nerve is hurt and the chin stays numb."),
    ("risks", "Tell us about blood thinners, since they raise the risk of bleeding."),
    ("risks", "You might notice tenderness and some bleeding afterwards."),
    ("risks", "People with untreated gum disease should not get implants."),
    ("results", "The average member loses 5 percent of body weight over 6 months."),
    ("results", "Typical results: 4 to 6 pounds in two months."),
    ("results", "Half of our members lose fewer than 8 pounds in 12 weeks."),
    ("results", "In our 2025 records (412 members), the median loss was 6 pounds after 3 months."),
    ("results", "Most members lose about one pound a week."),
    ("results", "On average, people in the program lose 9 pounds in half a year."),
    ("results", "Of 250 people who began last year, 140 people lost 5 pounds or more."),
    ("results", "Tom’s loss is unusual; members lose 7 pounds in 3 months on average."),
    ("results", "Usual results are 3 to 5 pounds in the first month."),
    ("affiliate", "This post contains affiliate links."),
    ("affiliate", "As an Amazon Associate I earn from qualifying purchases."),
    ("affiliate", "We may be paid when you click a link and buy."),
    ("affiliate", "Disclosure: I make a commission from sales through this page."),
    ("affiliate", "Links marked with a star earn us a referral fee."),
    ("affiliate", "Ad: this review was paid for by the brand."),
    ("affiliate", "The company gave us this product at no cost."),
    ("affiliate", "Sponsored content"),
    ("affiliate", "When you purchase via these links, we receive compensation."),
    ("affiliate", "We have a financial relationship with the sellers named here."),
    ("reviewed", "Written by Jo Hall, RDN"),
    ("reviewed", "Medically reviewed by Ana Ruiz, MD, on 4 May 2026"),
    ("reviewed", "Reviewed for accuracy by Sam Lee, PharmD"),
    ("reviewed", "By Ana Ruiz, PhD"),
    ("reviewed", "Author: Dr. Ana Ruiz, DDS"),
    ("reviewed", "Clinically reviewed: Sam Lee, LCSW"),
    ("reviewed", "Sam Lee is a registered nurse who wrote this guide."),
    ("dated", "Updated: May 4, 2026"),
    ("dated", "Posted on 2026-05-04"),
    ("dated", "Last reviewed 05/04/2026"),
    ("dated", "Published 4th May 2026"),
    ("dated", "Next review due: May 2027. Last review: May 2026."),
    ("advice", "Please see this article as a primer; the right plan for you is something to work out with your own physician."),
    ("advice", "Nobody should take a treatment decision from what we write."),
    ("advice", "The material serves educational ends and is not tailored to any one person."),
    ("advice", "If something worries you, a doctor who can examine you should have the last word."),
    ("advice", "No blog can take your own history into account."),
    ("results", "Weight fell by a mean of 4 percent over 26 weeks."),
    ("results", "The median patient in our 2024 audit had lost 7 pounds at 12 weeks."),
    ("results", "Three in ten members lost 5 pounds or more within a year; the rest lost less."),
    ("withdrawal", "Ending heavy alcohol use abruptly is dangerous; talk to a physician beforehand."),
    ("withdrawal", "Some people become delirious when the alcohol leaves their body."),
    ("withdrawal", "After a pause from opioids, a dose that was usual before may kill you."),
    ("risks", "Wounds can become infected, and roots of other teeth can be damaged."),
    ("risks", "About 4 percent of implants fail in the first years."),
    ("risks", "You will probably be sore and swollen for some days."),
    ("affiliate", "The shops linked here give us a commission on each order."),
    ("affiliate", "I work with this brand and get paid when you order."),
    ("affiliate", "The maker of these gummies sponsors this blog."),
    ("affiliate", "We receive a kickback from the retailer for every sale."),
    ("advice", "Is this page medical advice? It isn't: your prescriber knows your case."),
    ("advice", "Information only. Your surgeon and your own physician are the people to advise you."),
    ("advice", "Take these as pointers and not as treatment for your knee."),
    ("advice", "For a decision about your child, ask the pediatrician."),
    ("withdrawal", "The dose you used to take can now stop your breathing."),
    ("risks", "The most common complaints are nausea and vomiting."),
    ("risks", "Scars are uncommon, but we have seen two."),
    ("risks", "Fewer than one in a thousand people have had a seizure."),
    ("risks", "Bleeding and clots have followed this operation."),
    ("risks", "Estrogen raises the chance of a stroke."),
    ("risks", "Infection and small scars can happen."),
    ("risks", "You may be red and swollen for two days."),
    ("advice", "Read this for general knowledge."),
    ("results", "Of the 90 people who began in spring, half lost between 3 and 6 pounds."),
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
    ("advice", "Ask our doctors for advice today."),
    ("advice", "We treat every patient with respect."),
    ("advice", "Our team will build a plan that is right for you."),
    ("advice", "There is no substitute for experience."),
    ("advice", "Call our office with any questions about your health."),
    ("advice", "A massage does not mean you need to treat anything."),
    ("advice", "Our guide is the best source of advice on pain."),
    ("advice", "Do not delay: get help now."),
    ("advice", "Ice should not be used for more than 20 minutes."),
    ("advice", "Many people do not seek care for anxiety."),
    ("advice", "Consult our therapists before your first session."),
    ("advice", "Our classes are educational and fun."),
    ("advice", "Your therapist will ask about your health."),
    ("advice", "This massage is for adults only."),
    ("advice", "We cannot give refunds."),
    ("crisis", "Our admissions line is open 24/7."),
    ("crisis", "Call 555-988-1200 to start."),
    ("crisis", "We are here for you in every crisis."),
    ("crisis", "Suite 911, Main Street"),
    ("crisis", "Talk with one of our counselors now."),
    ("crisis", "Text us at any time."),
    ("crisis", "Ask your doctor for help."),
    ("crisis", "We have helped 988 families."),
    ("crisis", "Learn how to prevent a crisis in our class."),
    ("crisis", "Our own crisis hotline never sleeps."),
    ("withdrawal", "Withdrawal can be uncomfortable."),
    ("withdrawal", "Our nurses keep you comfortable day and night."),
    ("withdrawal", "Alcohol is a dangerous drug."),
    ("withdrawal", "Addiction kills thousands of people each year."),
    ("withdrawal", "Detox is the first step to a new life."),
    ("withdrawal", "Our detox is safe and private."),
    ("withdrawal", "Medically supervised detox from $300 a day."),
    ("withdrawal", "Drinking can lead to seizures and liver disease."),
    ("withdrawal", "You do not have to quit alone."),
    ("withdrawal", "Symptoms of withdrawal are sweating and poor sleep."),
    ("risks", "A missing tooth raises the risk of bone loss."),
    ("risks", "Our implants have fewer complications than bridges."),
    ("risks", "We take every step to lower your risk."),
    ("risks", "Gum disease may cause bleeding and loose teeth."),
    ("risks", "Infection control is our promise."),
    ("risks", "Your dentist will explain the risks at the visit."),
    ("risks", "Swelling of the gums is a sign of disease."),
    ("risks", "Recovery is quick and easy."),
    ("risks", "The risk-free trial ends soon."),
    ("risks", "Smoking can harm your gums."),
    ("risks", "Pain is common with a cracked tooth."),
    ("risks", "There are no side effects."),
    ("results", "Results may vary from person to person."),
    ("results", "Results not typical."),
    ("results", "Individual results will differ."),
    ("results", "Most clients see results in weeks."),
    ("results", "Our average rating is 4.9 out of 5 after 300 reviews."),
    ("results", "Members lose up to 20 pounds in a month."),
    ("results", "100 percent of members would join again within a year."),
    ("results", "Most members come 3 times a week."),
    ("results", "A typical visit takes 20 minutes."),
    ("results", "The usual price is $200 a month."),
    ("affiliate", "We only write about things we love."),
    ("affiliate", "See our affiliate policy."),
    ("affiliate", "Pay in four parts at checkout."),
    ("affiliate", "We partner with great brands."),
    ("affiliate", "You earn points when you buy."),
    ("affiliate", "Our clinic sponsors the local football team."),
    ("affiliate", "Free samples for our readers!"),
    ("reviewed", "Written by the editorial team"),
    ("reviewed", "By Jo Hall"),
    ("reviewed", "Reviewed by our patients: 4.8 stars"),
    ("reviewed", "Author: Jo Hall, mother of two"),
    ("reviewed", "Ask a doctor or nurse about it."),
    ("reviewed", "Our doctors review each plan."),
    ("dated", "Copyright 2026"),
    ("dated", "Open since May 2019"),
    ("dated", "The offer ends on May 31, 2026."),
    ("dated", "In 2025 more people had it."),
    ("advice", "Our doctor has the last word on every plan."),
    ("advice", "The plan is tailored to you, and we take your wishes into account."),
    ("results", "On average we see 40 new members in a month."),
    ("withdrawal", "Leave drinking behind: our team is there in any emergency."),
    ("risks", "Complications hardly ever happen here."),
    ("risks", "Our careful planning keeps the risk of infection low."),
    ("risks", "40 percent of adults lost a tooth."),
    ("dated", "Come to our open day on 3 May 2026."),
    ("dated", "Founded on 12 June 1998, we know diabetes."),
    ("affiliate", "Get paid leave when you join our team."),
]
OWES = [
    ("crisis", "Some nights she no longer wanted to be alive."),
    ("crisis", "My brother says we would be better off without him."),
    ("crisis", "Some teens cut their wrists to cope with feelings."),
    ("withdrawal", "We show you how to be rid of your Ativan in two weeks."),
    ("results", "Carla went from a size 20 to a size 12."),
    ("results", "Nine out of ten of the men who stay with us are still sober a year later."),
]
OWES_NOT = [
    ("crisis", "The battery is dead, and you are better off without that tooth."),
    ("crisis", "We want our patients to be alive and well; he cut his hand on a tin."),
    ("withdrawal", "We get rid of pain without opioids. Our dental team has a new room."),
    ("results", "Our gowns come in size 6 to 24. Two in three families come back to us."),
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


def owing(engine: Engine, pages: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Those of some pages, each with a code, that owe the duty of their code."""
    reports = [*engine.run(Item("a.md", Source("a.md", page), Settings(promotional=True)) for _, page in pages)]
    assert {report.error for report in reports} == {None}
    return [(code, page) for (code, page), report in zip(pages, reports, strict=True) if code in owed(report)]


def test_a_disclaimer_in_other_words_counts(engine: Engine) -> None:
    assert owing(engine, [(code, f"{BASE[code]}\n\n{line}") for code, line in IN_OTHER_WORDS]) == []


def test_what_only_sounds_like_one_does_not(engine: Engine) -> None:
    pages = [(code, f"{BASE[code]}\n\n{line}") for code, line in NO_DISCLAIMER]
    assert owing(engine, pages) == pages


def test_what_owes_a_duty_in_other_words(engine: Engine) -> None:
    assert owing(engine, OWES) == OWES


def test_what_only_sounds_as_if_it_owed_one(engine: Engine) -> None:
    assert owing(engine, OWES_NOT) == []

"""Context: what holds around a wording. The cues are data; these are the meanings that they must keep."""

from __future__ import annotations

import pytest

from copycheck.nlp.context import ContextMarker, marks
from copycheck.ruleset.language import Cue
from copycheck.ruleset.pattern import compile_pattern
from tests import rulekit
from tests.rulekit import load_pipeline
from tests.work import calls


def of(text: str, phrase: str) -> set[str]:
    """The marks of a phrase, without those of the block that it stands in."""
    doc = load_pipeline()(text)
    at = text.index(phrase)
    return set(marks(doc.char_span(at, at + len(phrase), alignment_mode="expand")))


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("This is not a cure.", "cure"),
        ("There is no known cure.", "cure"),
        ("It isn't a cure.", "cure"),
        ("It isnt a cure.", "cure"),
        ("Without any hope of a cure.", "cure"),
        ("We avoid the word cure.", "cure"),
        ("Rather than cure it, ease it.", "cure"),
        ("The pill fails to cure it.", "cure"),
        ("A pill that does not – on its own – bring a cure.", "cure"),
        # behind the wording
        ("Results are not guaranteed.", "Results"),
        ("A cure is not possible.", "cure"),
        ("A lasting cure remains unproven.", "cure"),
        ("Samples are not offered.", "Samples"),
        ("A cure has not been found.", "cure"),
        # the verdict word itself
        ("Results are not guaranteed.", "guaranteed"),
        ("Results are not, and never will be, guaranteed.", "guaranteed"),
        ("Results cannot be guaranteed.", "guaranteed"),
        # by the subject
        ("No drug is free of side effects.", "free of side effects"),
        ("None of our guests is cured.", "cured"),
        ("Neither pill cures pain.", "cures pain"),
        ("Nobody is cured in a week.", "cured"),
        # by the quantifier
        ("Few people lose 20 pounds.", "lose 20 pounds"),
        ("Hardly any people lose 20 pounds.", "lose 20 pounds"),
        ("Fewer patients lose 20 pounds.", "lose 20 pounds"),
    ],
)
def test_negated(text, phrase):
    assert "negated" in of(text, phrase)


@pytest.mark.parametrize(
    "text",
    [
        "It is a cure.",
        "It is not easy, but we cure it.",
        "Not only a cure for pain.",
        "No doubt it is a cure.",
        "It is a no-cost cure.",
        "We never close; we cure pain.",
        "It is not a quick fix – it is a cure.",
        "It is not a quick fix—this is the cure.",
        "It is not a quick fix -- we have the cure.",
        "Nothing beats our cure.",
        "It never fails, and by the end of the week all of our guests have found a cure.",
        "It is not here. It is a cure.",
        "A cure for people who have not found relief.",
    ],
)
def test_not_negated(text):
    assert "negated" not in of(text, "cure")


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("It may ease pain.", "ease pain"),
        ("It might help.", "help"),
        ("It could perhaps cure pain.", "cure pain"),
        ("It may ease pain and cure insomnia.", "cure insomnia"),  # over "and"
        ("It can relax you, lift your mood and cure insomnia.", "cure insomnia"),
        ("Studies suggest that it cures insomnia.", "cures insomnia"),
        ("Some people sleep better.", "sleep better"),
        ("It helps to ease pain.", "ease pain"),
    ],
)
def test_hedged(text, phrase):
    assert "hedged" in of(text, phrase)


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("It cures insomnia.", "cures insomnia"),
        ("It may ease pain, and we cure insomnia.", "cure insomnia"),  # a new subject
        ("It may ease pain. It cures insomnia.", "cures insomnia"),
        ("It may ease pain; it cures insomnia.", "cures insomnia"),
        ("It may ease pain — it cures insomnia.", "cures insomnia"),
    ],
)
def test_not_hedged(text, phrase):
    assert "hedged" not in of(text, phrase)


@pytest.mark.parametrize(
    "text",
    [
        "Be careful of ads for a miracle cure.",
        "Be wary of any miracle cure.",
        "Beware of anyone who sells a miracle cure.",
        "Watch out for a miracle cure.",
        "Steer clear of a miracle cure.",
        "Do not fall for a miracle cure.",
        "A red flag is the words miracle cure.",
    ],
)
def test_warnings(text):
    assert "advice_against" in of(text, "miracle cure")


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("Be careful of the step; we sell a miracle cure.", "miracle cure"),
        ("Ask us about our miracle cure.", "miracle cure"),
    ],
)
def test_no_warnings(text, phrase):
    assert "advice_against" not in of(text, phrase)


@pytest.mark.parametrize(
    ("text", "denounced"),
    [
        ("Selling a miracle cure is illegal.", True),
        ("Paying for a miracle cure is a costly mistake.", True),
        ("A miracle cure bought online puts your heart at risk.", True),
        ("Clinics that sell a miracle cure break the law.", True),
        ("The agency fined a firm for selling a miracle cure.", True),
        ("It is illegal to sell a miracle cure.", True),
        ("Our miracle cure works, because waiting is dangerous.", False),
        ("Try our miracle cure; waiting is dangerous.", False),
    ],
)
def test_what_a_sentence_calls_wrong_or_dangerous(text: str, denounced: bool):
    assert ("denounced" in of(text, "miracle cure")) is denounced


@pytest.mark.parametrize(
    ("text", "phrase", "mark"),
    [
        ("We strive to give the best care.", "best care", "aim"),
        ("Our team is committed to offering the highest quality of care.", "highest quality", "aim"),
        ("You deserve superior care.", "superior care", "aim"),
        ("The team focuses on delivering superior outcomes.", "superior outcomes", "aim"),
        ("Our aim at Northfield is to always offer the finest care.", "finest care", "aim"),
        ("The purpose of this team is simply to provide the best care.", "best care", "aim"),
        ("How to choose the best dentist", "best dentist", "sought"),
        ("The association advises night guards for the best results.", "best results", "sought"),
        ("Patients who look for the safest option ask us.", "safest option", "sought"),
        ("Our guide compares the top creams.", "top creams", "sought"),
    ],
)
def test_what_is_aimed_at_or_sought(text, phrase, mark):
    assert mark in of(text, phrase)


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("We are committed to you, and our clinic is the best in town.", "best in town"),
        ("If you look for a dentist, we are the best in town.", "best in town"),
        ("You will find the best dentists here.", "best dentists"),
        ("We consider ourselves the best clinic.", "best clinic"),
        ("Our clinic gives the best care.", "best care"),
    ],
)
def test_a_boast_beside_an_aim_is_none(text, phrase):
    assert of(text, phrase).isdisjoint({"aim", "sought"})


def test_conditions():
    assert "condition" in of("If it is a cure, call us.", "cure")
    assert "condition" in of("We ask whether it is a cure.", "cure")
    assert "condition" not in of("If it hurts, we cure it.", "cure it")
    assert "condition" not in of("If it hurts – or aches – we cure it.", "cure it")
    assert "condition" not in of("It is a cure.", "cure")


def test_questions_and_myths_hold_for_their_sentence():
    assert "question" in of("Is it a cure?", "cure")
    assert "question" in of("“Is it a cure?”", "cure")
    assert "question" not in of("Do you want a cure? We have it.", "We have it")
    assert "myth" in of("Myth: it is a cure.", "cure")
    assert "myth" in of("It is a myth that zinc is a cure.", "cure")
    assert "myth" in of("Some websites claim that zinc is a cure.", "cure")
    assert "myth" in of("A miracle cure is a scam.", "cure") and "myth" not in of("This is no scam: it is a cure.", "cure")
    assert "myth" in of("Ozone as a cure is still being studied.", "cure")
    assert "myth" not in of("It is a cure.", "cure") and "myth" not in of("That is a myth. It is a cure.", "It is a cure")


def test_quotations_may_run_over_sentences():
    text = "They call it “a cure. It cures.” We do not."
    assert "quoted" in of(text, "a cure") and "quoted" in of(text, "It cures")
    assert "quoted" not in of(text, "They call") and "quoted" not in of(text, "We do")
    assert "quoted" not in of('It is a 5" cut, no cure.', "cure")
    assert "quoted" in of("She said: “It is a cure.", "cure")  # never closed: to the end


def test_a_quotation_holds_for_a_wording_only_as_a_whole():
    assert "quoted" not in of("It “really” cures pain.", "really” cures pain")
    assert "quoted" in of("It “cures pain”.", "cures pain")


def test_whose_quotation_it_is():
    assert rulekit.marks("“It cured my pain,” said Ann Lee.", "cured my pain") == {"quoted", "third_party_quote"}
    assert rulekit.marks("“We cure pain,” says our founder.", "cure pain") == {"quoted"}
    assert "third_party_quote" not in rulekit.marks("“Our team cures pain,” said Dr. Lee, owner.", "cures pain")
    assert "quoted" in rulekit.marks("> It cured my pain.\n>\n> — Ann Lee\n", "cured my pain")


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("The National Institute on Drug Abuse says so.", "Drug Abuse"),
        ("The Substance Abuse and Mental Health Services Administration says so.", "Substance Abuse"),
        ("First ask the Substance Abuse and Mental Health Services Administration of the United States.", "Mental Health Services"),
        ("We work with the Miracle Cure Foundation.", "Miracle Cure"),
    ],
)
def test_names_of_bodies(text, phrase):
    assert "organization_name" in of(text, phrase)


def test_what_is_no_name_of_a_body():
    assert of("Drug abuse is common.", "Drug abuse") == set()
    assert "organization_name" not in of("Drug Abuse Hurts. The National Institute of Health says so.", "Drug Abuse")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Superior Foot Clinics takes walk-ins.", "Superior Foot Clinics"),
        ("At Superior Foot & Ankle Clinics, parking is easy.", "Superior Foot & Ankle Clinics"),
        ("Ask us, and Elite Physical Therapy will call.", "Elite Physical Therapy"),
        ("See you at Premier Family Dentistry.", "Premier Family Dentistry"),
    ],
)
def test_names_of_firms(text: str, name: str):
    assert "name" in of(text, name)


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("Superior Contouring Results", "Superior Contouring Results"),
        ("Get Superior Dental Care in Ohio.", "Superior Dental Care"),
        ("Our Superior Care wins.", "Superior Care"),
        ("Lakeside Opens to Provide Superior Care", "Superior Care"),
        ("The Superior Clinic opens.", "Superior Clinic"),
        ("Best Dental Care is our promise.", "Best Dental Care"),
        ("Superior foot clinics take walk-ins &", "Superior foot clinics"),
    ],
)
def test_a_boast_in_capitals_is_no_name_of_a_firm(text: str, phrase: str):
    assert "name" not in of(text, phrase)


def test_a_cue_that_the_pattern_names_is_part_of_what_was_found():
    doc = load_pipeline()("It has no side effects.")
    found = doc[2:5]
    assert found.text == "no side effects"
    assert "negated" in marks(found) and "negated" not in marks(found, {"no", "side", "effect"})
    denied = load_pipeline()("It is not a pill with no side effects.")
    assert "negated" in marks(denied[6:9], {"no", "side", "effect"})  # the other cue stands outside


def test_the_extension_gives_the_same():
    doc = load_pipeline()("It is not a cure?")
    assert doc[3:5]._.marks == marks(doc[3:5]) == {"negated", "question"}


def cue(mark: str, *lines: str, **more: object) -> Cue:
    made = {key: tuple(compile_pattern(line, {}) for line in value) if isinstance(value, list) else value for key, value in more.items()}
    return Cue(mark, tuple(compile_pattern(line, {}) for line in lines), **made)  # type: ignore[arg-type]


def scopes(text: str, one: Cue) -> list[tuple[str, str]]:
    """Cue and scope of what one cue marks in a text."""
    nlp = load_pipeline()
    doc = ContextMarker(nlp.vocab, [one])(nlp(text))
    return [(doc[s.cue_start : s.cue_end].text, doc[s.start : s.end].text) for s in doc._.context if s.mark == one.mark]


@pytest.mark.parametrize("text, below", [("They say:", {"myth"}), ("They say that we heal:", set()), ("We say:", set())])
def test_a_scope_below_marks_no_token_of_its_own_text(text, below):
    nlp = load_pipeline()
    doc = ContextMarker(nlp.vocab, [cue("myth", "they say", scope="below", until=["we"])])(nlp(text))
    assert doc._.below == below and not any(scope.mark == "myth" for scope in doc._.context) and "myth" not in marks(doc[:])


def test_scope_direction_length_and_ends():
    assert scopes("We do not heal pain here.", cue("negated", "not", within=2)) == [("not", "heal pain")]
    assert scopes("A quick cure is unlikely today.", cue("negated", "unlikely", scope="backward", within=3)) == [
        ("unlikely", "quick cure is")
    ]
    assert scopes("It is a myth. It is a cure.", cue("myth", "myth", scope="sentence")) == [("myth", "It is a myth.")]
    assert scopes("It is not easy but kind.", cue("negated", "not", until=["but"])) == [("not", "easy")]
    assert scopes("Easy but kind is unlikely.", cue("negated", "unlikely", scope="backward", until=["but"])) == [("unlikely", "kind is")]
    assert scopes("It is not only kind.", cue("negated", "not", unless=["not only"])) == []
    assert scopes("It is not. Easy.", cue("negated", "not")) == [("not", ".")]


def test_the_length_of_a_cue_does_not_matter():
    assert scopes("We are far from a cure.", cue("negated", "far from")) == [("far from", "a cure.")]


@pytest.mark.parametrize("text", ["Alpha Beta ", "Alpha and of the Beta, ", "A.", "A, , , ", "Center ", "not ", "no cure if "])
def test_work_grows_with_the_text_alone(text):
    nlp = load_pipeline()
    short, long = nlp(text * 100), nlp(text * 400)
    marker = nlp.get_pipe("copycheck_context")
    marker(short)
    assert calls(lambda: marker(long)) < 5 * calls(lambda: marker(short))

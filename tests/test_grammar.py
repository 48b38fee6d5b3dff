"""Grammar: sentences with one slip each and their right twins, through all rules of the family `typos`."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from copycheck.engine import Engine
from copycheck.findings import Finding
from copycheck.grammar import words
from copycheck.ruleset import load, rules_dir
from copycheck.settings import Item, Settings
from copycheck.source import Source
from tests.rulekit import load_pipeline

PAIRS = Path(__file__).parent / "passages" / "grammar.tsv"  # a sentence with its slip marked, and what should stand there
MARK = re.compile(r"\[\|(.*?)\|\]")
RECALL, PRECISION = 0.85, 0.98


@cache
def _engine() -> Engine:
    return Engine(load([rules_dir()]), load_pipeline)


def _findings(texts: list[str]) -> list[list[Finding]]:
    settings = Settings(select=frozenset({"typos"}))
    items = [Item("a.txt", Source("a.txt", text), settings, format="text") for text in texts]
    return [list(report.findings) for report in _engine().run(items)]


def test_slips_are_found_and_their_twins_pass() -> None:
    marked = [line.split("\t") for line in PAIRS.read_text(encoding="utf-8").splitlines()]
    wrong = [MARK.sub(r"\1", text) for text, _ in marked]
    right = [MARK.sub(word, text).replace("  ", " ").replace(" .", ".") for text, word in marked]
    found = false = 0
    for (text, _), flagged, passed in zip(marked, _findings(wrong), _findings(right), strict=True):
        match = MARK.search(text)
        assert match is not None
        start, end = match.start(), match.start() + len(match.group(1))
        hits = [finding for finding in flagged if finding.span.start < end and start < finding.span.end]
        found += bool(hits)
        false += len(flagged) - len(hits) + len(passed)
    assert len(marked) >= 280
    assert found >= RECALL * len(marked)
    assert found >= PRECISION * (found + false)


def test_honest_sentences_pass() -> None:
    texts = [
        "He had not sat through a meal.",
        "The bruise was hidden, and it had bitten her.",
        "She runs a day care and an urgent care in town.",
    ]
    assert _findings(texts) == [[]] * len(texts)


def test_a_message_says_what_should_stand_there_and_why() -> None:
    ((finding,),) = _findings(["The color of these pills vary by brand."])
    assert finding.message == "“vary” should be “varies”: its subject is “color”."
    assert finding.suggestions == ("varies",)
    ((number,),) = _findings(["These symptom can last for weeks."])
    assert number.message == "“symptom” should be “symptoms”: “these” asks for it."
    ((pair,),) = _findings(["The cost and length of a visit depends on your plan."])
    assert pair.message == "“depends” should be “depend”: its subject is “cost and length”."
    ((second,),) = _findings(["It eases the pain and help you rest."])
    assert second.suggestions == ("helps",)
    ((relative,), (either,)) = _findings(["Infusions that cures all pain are rare.", "The woman try a new cream."])
    assert relative.message == "“cures” should be “cure”: its subject is “Infusions”."
    assert either.suggestions == ("woman tries", "women try")


def test_a_block_may_begin_with_a_small_letter() -> None:
    """“scars” is the first word of its block: nothing stands before it."""
    assert _findings(["scars fade with time.", "patients can call us today.", "results we got lasted."]) == [[], [], []]


@pytest.mark.parametrize(
    "text",
    [
        "A rise in number of visits and a fall in level of stress are good. When blood flow to the brain stops, call us.",
        "Our therapist will help you relax and gives you exercises. It can relieve pain and is safe. Any SSRIs that help are fine.",
        "The uninsured are welcome here, and the days of long waits are gone.",
        "If the pain were worse, I would suggest that she rest.",
        "Ketamine and talk therapy are used together.",
        "Combining both approaches is often best.",
        "One of the nurses who work here will call.",
        "The team are glad, and a number of guests are here.",
        "These tooth replacements look good, and one of the treatment rooms is free.",
        "As a person ages, the skin thins. A consultation matters.",
        "It has become common, and your well-being is our aim.",
        "I was late, I wasn't well, he wasn't there, and wasn't I told so? It's late.",
        "If I were you, I would wait. I wish she were here, as if it were easy.",
        "Two visits a week is a good start. Ten minutes is enough, and 20 sessions is typical.",
        "Five dollars is cheap, three weeks is a long time, and ten miles is far.",
        "What you eat matters. What we need are more nurses.",
        "Losing three teeth is hard, and walking with friends helps.",
        "Research and development is costly, and fish and chips is a treat.",
        "“Three Sisters” is a play. Smile Partners is a clinic in town.",
        "A number of nurses are here, the number of visits is small, and the majority of guests stay.",
        "Each of the rooms has a bath, either of them works, and none of the rooms are free.",
        "There is a nurse and a cook here. Here's what we do, and there's more.",
        "She is one of those who are always early.",
        "We recommend that he take a rest, and ask that she be seen.",
        "Lower your blood pressure, improve your sleep, and feel better.",
        "These act as a shield. We call this habit chemical fixes.",
        "Doors are designed elements, not decorations.",
        "Pain that has spread to the arm is treated, and the fall has cost her a tooth.",
        "The coach writes a daily activities plan for each guest.",
        "World over friends of both methods praise their own.",
        "They found that body weight and percent body fat were lower.",
        "One stop care for all.",
        "Central to our plan of care are three steps.",
        "Phone care: with this nurses are able to see you at home.",
        "They provide consultation by phone, which replaces consultation with a nurse.",
        "This is no joke I mean it.",
        "Does it help you sleep? Doesn't it help?",
        "How many nurses work here? How common is back pain? When you are ready, why wait?",
        "Why choose us? How long is a visit?",
        "MS patients have good days. Children ages 3 to 11 are welcome.",
        "Both parents each carry one copy of the gene.",
        "The gene(s) behind the condition have been found.",
        "We promote employee well-being and patient care, and client testimonials further affirm it.",
        "We teach a guest exercises for the back, and a blood vessel bursts without a sign.",
        "One-fifth of patients have a family history of it.",
        "They took a walk and made room for a friend, in person and by phone.",
        "Your welcome pack is here, and they lost two stone.",
        "If the wound leaks, smells or opens up, call us.",
        "It is mostly women who call, and newly built rooms are waiting.",
        "Oil relieves pain and makes it possible to sleep. It is good to rest and use a pillow.",
        "A cleaning and exam is free, and the quality of food and sleep varies.",
        "Is teeth whitening safe? Type I is rare, and one in four children has it.",
        "She knows body mechanics and transfer techniques. I have sore gums and was worried.",
        "If a visit is short, or have you questions, we wait. The goal is to sculpt and refine.",
        "It restores range of motion. What age range is it for? Tennis elbow is common.",
        "It suits everyone and a proper exam is free. It is day two (four cell stage) now.",
        "As an individual ages, sleep gets lighter.",
        "The best thing that a sober home offers is rest. HOW MANY VISITS are needed?",
        "The plan that we recommend to get rest is this, otherwise known as care.",
        "As a result patients heal. We check the teeth, the gums and oral cavity.",
        "Some oils hold 300 mg. Ours has 650, yours have less, and hers is older.",
        "They lie in a noticeably whiter, softer bed. Why wait if you can call?",
        "Lay the four side by side. The widow in row three of our choir slept well. She read, rested and wrote it all down.",
        "Here are the questions patients and clinicians ask most. Early consultation can help, and we would rather you start there today.",
    ],
)
def test_what_only_looks_wrong_passes(text: str) -> None:
    assert _findings([text]) == [[]]


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("She care about her patients.", "care"),
        ("Rest, because it enable the body to heal.", "enable"),
        ("We invites you to call.", "invites"),
        ("This enable you to rest.", "enable"),
        ("It don't burn.", "do"),
        ("And it give you the energy of a child.", "give"),
        ("Black skin possess somewhat larger glands.", "possess"),
    ],
)
def test_a_verb_is_told_once(text: str, verb: str) -> None:
    ((finding,),) = _findings([text])
    assert (finding.rule, finding.excerpt) == ("typos/agreement", verb)


def test_forms_of_words() -> None:
    assert [words.plural_of(noun) for noun in ("tooth", "remedy", "clinic")] == ["teeth", "remedies", "clinics"]
    assert [words.base_of(form) for form in ("adjusts", "restored", "went", "table")] == ["adjust", "restore", "go", None]
    assert words.is_plural("symptoms") and not words.is_plural("diabetes") and not words.is_singular("atria")
    assert words.is_countable("symptom") and not words.is_countable("equipment")
    assert [words.other_number(base) for base in ("have", "vary", "help", "is")] == ["has", "varies", "helps", "are"]

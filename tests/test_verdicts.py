"""What the judge is given to read, and the words that weighed most."""

from __future__ import annotations

from dataclasses import replace

import pytest

from copycheck import verdicts
from copycheck.evidence import evidence, weights_of
from copycheck.findings import Profile
from copycheck.nlp import judge
from copycheck.nlp.judge import Opinion
from tests import rulekit

SELLS = Profile(vertical="dental", stance="unclear", promotional=True, guessed=frozenset({"promotional"}))


def passages(text: str, profile: Profile = SELLS) -> list[tuple[str, str]]:
    article = rulekit.article(text, profile=profile)
    return [verdicts.passage(article, sentence) for sentence in article.sentences]


def said(*words: tuple[int, int, float]) -> Opinion:
    return Opinion(0.5, {"efficacy": 1.0}, {}, {"claim": [weight for *_, weight in words]}, [(start, end) for start, end, _ in words])


def test_a_sentence_is_read_with_what_the_page_sells_its_heading_and_the_sentence_before():
    read = passages("## Veneers\n\nThey are thin shells. They hide stains.\n")
    assert read == [
        ("Veneers", "dental unclear"),
        ("They are thin shells.", "dental unclear | Veneers"),
        ("They hide stains.", "dental unclear | Veneers | They are thin shells."),
    ]


def test_a_bullet_is_read_with_its_lead_in():
    assert passages("Veneers can:\n\n- Hide stains\n- Close gaps\n")[2] == ("Close gaps", "dental unclear | Veneers can:")


ROWS = """
| | Cost | Pain relief |
| --- | --- | --- |
| Laser | $90 | 92% |
| Massage | $40 | 60% after a year of weekly visits |
"""


def test_a_figure_in_a_table_is_read_with_what_labels_it():
    read = [text for text, _ in passages(ROWS)]
    assert read == [
        "Cost",
        "Pain relief",
        "Laser",
        "Laser, Cost: $90",
        "Laser, Pain relief: 92%",
        "Massage",
        "Massage, Cost: $40",
        "60% after a year of weekly visits",
    ]


def test_a_short_cell_is_quoted_with_what_labels_it():
    article = rulekit.article(
        "| | Works |\n| --- | --- |\n| Sleep | Strongly |\n| Rest | It eases all aches that come with a long day at the desk or a drive |\n"
    )
    told = [verdicts.labelled(article, sentence) for sentence in article.sentences]
    assert told[1:3] == ["Sleep", "Sleep, Works: Strongly"] and told[4].startswith("It eases")


def test_a_figure_in_a_table_has_no_words_that_weighed():
    article = rulekit.article(ROWS, profile=SELLS)
    cell = next(sentence for sentence in article.sentences if sentence.text == "92%")
    opinion = verdicts.opinion(article, cell)
    assert opinion is not None and opinion.claim > verdicts.bars("claim")[0] and evidence(weights_of(opinion, "claim", cell), cell) is None


def test_what_the_user_said_of_the_page_counts_more_than_what_the_copy_shows():
    told = replace(SELLS, promotional=False, guessed=frozenset())
    assert passages("They hide stains.", told) == [("They hide stains.", "dental editorial")]


def test_a_long_sentence_and_its_setting_are_cut():
    sentence, setting = passages("It eases pain, " * 60)[0]
    assert len(sentence.split()) == 64 and setting == "dental unclear"


@pytest.mark.parametrize("text", ["Veneers", "12:30", "<nav>Our best veneers</nav>\n\n", "```\nbest veneers ever\n```"])
def test_what_says_nothing_is_not_judged(text: str):
    article = rulekit.article(text, profile=SELLS)
    assert [verdicts.opinion(article, sentence) for sentence in article.sentences] == [None] * len(article.sentences)


def test_a_sentence_is_judged_once(monkeypatch: pytest.MonkeyPatch):
    asked = []

    def judged(sentence: str, setting: str) -> Opinion:
        asked.append(sentence)
        return said((0, 4, 1.0))

    monkeypatch.setattr(judge, "load", lambda: judged)
    article = rulekit.article("They hide stains.", profile=SELLS)
    assert verdicts.opinion(article, article.sentences[0]) is verdicts.opinion(article, article.sentences[0])
    assert asked == ["They hide stains."]


def test_bars_rise():
    assert list(verdicts.bars("claim")) == sorted(verdicts.bars("claim"))
    for label in judge.load().card["labels"]:
        doubt, alone = verdicts.bars(label)
        assert 0 <= doubt <= alone


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("No treatment is risk-free.", True),
        ("Massage does not cure anxiety.", True),
        ("Botox is not permanent, and it wears off in four months.", True),
        ("A crown is permanent.", False),
        ("A light peel does not lift skin.", True),
        ("The peel does not lift skin, it heals pores.", False),
        ("Our massage is safe.", False),
        ("It is not a toy, it is safe and heals.", False),
        ("We open at nine.", False),
        ("No operation is without risk.", True),
        ("Our peel is without risk.", False),
        ("I could not have slept without their help.", False),
        ("The agency said the firm told people that its tea cured gout.", True),
        ("Some ads claim that it heals joints.", True),
    ],
)
def test_what_is_denied_is_no_promise(text: str, denied: bool):
    (sentence,) = rulekit.article(text).sentences
    assert verdicts.is_denied(sentence) is denied


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Superior Foot Clinics has two rooms.", True),
        ("Superior Foot Clinics has the best care.", False),
        ("Our clinic has two rooms.", False),
    ],
)
def test_praise_in_a_name_is_none(text: str, named: bool):
    (sentence,) = rulekit.article(text).sentences
    assert verdicts.is_named(sentence) is named


@pytest.mark.parametrize(("text", "judged"), [("It helps with:\n\n- Migraines\n- Neck pain", True), ("Migraines", False)])
def test_one_word_is_judged_where_something_explains_it(text: str, judged: bool):
    word = next(sentence for sentence in rulekit.article(text, profile=SELLS).sentences if sentence.text == "Migraines")
    assert verdicts.is_judged(word) is judged


def test_the_answer_no_is_not_judged():
    answers = rulekit.article("# Is it safe in pregnancy?\n\nNo. Nobody knows.", profile=SELLS).sentences[1:]
    assert [verdicts.is_judged(answer) for answer in answers] == [False, True]

"""What the judge is given to read, and the words that weighed most."""

from __future__ import annotations

from dataclasses import replace

import pytest

from copycheck import verdicts
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
    assert opinion is not None and opinion.claim > verdicts.bars("claim")[0] and verdicts.evidence(opinion, "claim", cell) is None


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


def evidence(text: str, heavy: str, figure: bool = False) -> str | None:
    """What is shown of a sentence in which one word weighs more than the others."""
    (sentence,) = rulekit.sentences(text)
    words = [(token.idx, token.idx + len(token), 2.0 if token.text == heavy else 0.0) for token in sentence.tokens]
    span = verdicts.evidence(said(*words), "claim", sentence, figure)
    return text[slice(*span)] if span else None


@pytest.mark.parametrize(
    ("text", "heavy", "shown"),
    [
        ("Massage can lower blood pressure and relieves chronic pain.", "lower", "lower blood pressure"),
        ("Massage lowers blood pressure and relieves chronic pain.", "relieves", "relieves chronic pain"),
        ("About 47% of adults over 30 have gum disease.", "47", "47% of adults over 30"),
        ("It is made for chronic pain.", "pain", "made for chronic pain"),
        ("It is a strong tool for preventing relapse.", "relapse", "preventing relapse"),
        ("Acupuncture eases these complaints.", "Acupuncture", "Acupuncture eases these complaints"),
        ("It is warm, and headaches are common.", "headaches", None),
        ("Hyaluronic acid is a sugar, and it is safe.", "Hyaluronic", None),
        ("Most people say it is easier than a filling, and quick.", "people", None),
        ("In the trial, people lost 14% of their weight in 68 weeks.", "14", "lost 14% of their weight in 68 weeks"),
        ("It works.", "works", "works"),
        ("It works.", "none", None),
        ("It changed their lives.", "It", None),
        ("Pain-free in two days.", "free", "Pain-free in two days"),
        ("Lose weight with our doctor-supervised program.", "Lose", "Lose weight with our doctor-supervised program"),
        ("Natural-looking lips for months.", "lips", "Natural-looking lips for months"),
        ("It treats drug-resistant.", "treats", "treats drug-resistant"),
        ("Without it, the evidence is weaker.", "is", None),
        ("They have no side effects.", ".", None),
    ],
)
def test_the_evidence_is_the_heaviest_word_with_what_it_governs(text: str, heavy: str, shown: str | None):
    assert evidence(text, heavy) == shown


@pytest.mark.parametrize(
    ("text", "heavy", "shown"),
    [
        ("We placed more than 4,000 implants, and patients love them.", "love", "placed more than 4,000 implants"),
        ("Eight in ten adults have back pain.", "ten", "Eight in ten adults"),
        ("It affects 52% of men between 40 and 70, and is no shame.", "52", "affects 52% of men between 40 and 70"),
        ("In five people out of six it eases.", "eases", "five people out of six"),
        ("Swelling is gone in five to seven days.", "seven", "gone in five to seven days"),
        ("We saw 30,000 eyes, and 99% of our patients are glad.", "30,000", "99% of our patients"),
        ("After three months my pressure was normal.", "three", "three months"),
        ("It halves the risk of falls.", "halves", "halves the risk of falls"),
    ],
)
def test_a_figure_is_shown_by_its_number(text: str, heavy: str, shown: str):
    assert evidence(text, heavy, figure=True) == shown


def test_a_quotation_is_words_that_make_sense():
    text = "It never decays, it looks natural, and it lasts for as long as you live."
    (sentence,) = rulekit.sentences(text)
    at = text.index("lasts")
    assert verdicts.quote(sentence, (at, at + 5)) == text[:-1]  # one word says little
    assert verdicts.quote(sentence, (3, 15)) == "never decays"
    (short,) = rulekit.sentences("“Botox relaxes the face.”")
    assert verdicts.quote(short, (7, 23)) == "Botox relaxes the face"
    (long,) = rulekit.sentences(
        "Rest, heat and a walk each day " * 2 + "ease the pain in the lower back, the hip and the thigh, the doctor says."
    )
    told = verdicts.quote(long, None)
    assert told.endswith("…") and told[:-1].endswith("lower back")


@pytest.mark.parametrize(
    ("text", "shown", "told"),
    [
        ("Our nurses give oral pills and a naltrexone shot, so that the first week goes by.", "naltrexone shot", None),
        ("Unlike a bridge, they do not need the neighboring teeth to be ground down.", "neighboring teeth", None),
        ("We adjust the back, and chiropractic keeps the children of our town on their feet.", "chiropractic keeps", None),
        ("It is, as many guests say, one of the strongest tools for preventing relapse.", "preventing relapse", "preventing relapse"),
        ("About 52% of depressed patients got better, the team says in its yearly letter.", "52% of depressed patients", "52% of depressed patients"),
        ("⭐️⭐️ “It works “like magic”, and the staff is kind.”", "", "It works ‘like magic’, and the staff is kind"),
    ],
)  # fmt: skip
def test_a_quotation_says_something_by_itself_within_one_pair_of_marks(text: str, shown: str, told: str | None):
    (sentence,) = rulekit.sentences(text)
    at = text.index(shown)
    assert verdicts.quote(sentence, (at, at + len(shown)) if shown else None) == (told or text[:-1])


def test_evidence_is_short_and_a_sentence_without_words_has_none():
    assert len((evidence("It heals " + "pain " * 60 + ".", "heals") or "").split()) <= 8
    (sentence,) = rulekit.sentences("It works.")
    assert verdicts.evidence(said(), "claim", sentence) is None


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
    ],
)
def test_what_is_denied_is_no_promise(text: str, denied: bool):
    (sentence,) = rulekit.article(text).sentences
    assert verdicts.is_denied(sentence) is denied


@pytest.mark.parametrize(("text", "judged"), [("It helps with:\n\n- Migraines\n- Neck pain", True), ("Migraines", False)])
def test_one_word_is_judged_where_something_explains_it(text: str, judged: bool):
    word = next(sentence for sentence in rulekit.article(text, profile=SELLS).sentences if sentence.text == "Migraines")
    assert verdicts.is_judged(word) is judged

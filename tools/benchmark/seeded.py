"""Seeded text: health articles of any number and length for measuring, the same on every machine; four in ten sentences claim."""

from __future__ import annotations

import random

CLAIMS = 0.4  # share of the sentences that assert something of health
WORDS = 1_100  # of an article, about
_SENTENCE = 12  # words, about

_TREATMENTS = "acupuncture|massage|light therapy|the tonic|breath work|cold plunges|this program|infrared sauna|our tea|zinc".split("|")
_CONDITIONS = "back pain|anxiety|poor sleep|migraine|low mood|joint pain|high blood pressure|cravings|stress|eczema".split("|")
_PEOPLE = "patients|clients|older adults|people in recovery|new parents|runners|teenagers|office workers".split("|")
_HOW_MUCH = "by 40 percent|in two weeks|within days|for most people|after one visit|almost at once|for good".split("|")
_PLACES = "the front desk|a quiet room|the garden|our second floor|the studio|a small group".split("|")
_TIMES = "in the morning|on weekdays|before lunch|twice a week|after work|at nine o'clock".split("|")
_DOERS = "A nurse|Your guide|The manager|One of the staff|A volunteer|The teacher".split("|")
_CLAIMING = (
    "{Treatment} relieves {condition} {much}.",
    "Studies show that {treatment} lowers the risk of {condition} in {people}.",
    "{Treatment} has been shown to ease {condition}, and many {people} need fewer pills.",
    "Research suggests that {treatment} may help {people} who live with {condition}.",
    "Nine out of ten {people} report less {condition} {much}.",
    "{Treatment} is the most effective answer to {condition}.",
    "Because {treatment} restores balance, {condition} tends to fade {much}.",
)
_PLAIN = (
    "{Doer} meets you at {place} {time}.",
    "Bring a bottle of water and wear loose clothes when you come {time}.",
    "{Doer} will ask how you slept and what you would like to talk about.",
    "There is parking behind the house, and the bus stops near {place}.",
    "You can change the day of a visit by phone or on our page.",
    "Most {people} sit in {place} for a while and read.",
    "We opened this house in the spring, and {place} was the first room to be painted.",
)
_HEADINGS = "What to expect|Why people come|How a visit goes|Before you start|What it costs|Questions and answers|A day with us".split("|")


def articles(number: int, words: int = WORDS, seed: int = 0) -> list[str]:
    """Markdown articles; each another text, so that no cache of sentences helps."""
    return [article(random.Random(f"{seed}/{index}"), words) for index in range(number)]


def article(chance: random.Random, words: int = WORDS) -> str:
    """One article: front matter, headings, paragraphs, lists and a few links."""
    parts = [f"---\ntitle: A guide to {chance.choice(_TREATMENTS)}\ndate: 2026-03-0{chance.randint(1, 9)}\n---\n"]
    length = 0
    while length < words:
        block = _block(chance, max(1, (words - length) // _SENTENCE))
        length += len(block.split())
        parts.append(block)
    return "\n".join(parts)


def _block(chance: random.Random, most: int) -> str:
    """A heading, a list or a paragraph of no more than so many sentences."""
    kind = chance.random()
    if kind < 0.15:
        return f"## {chance.choice(_HEADINGS)}\n"
    if kind < 0.25:
        items = "".join(f"- {_sentence(chance)}\n" for _ in range(min(chance.randint(3, 6), most)))
        return f"What {chance.choice(_TREATMENTS)} can do for {chance.choice(_PEOPLE)}:\n\n{items}"
    sentences = [_sentence(chance) for _ in range(min(chance.randint(3, 7), most))]
    if chance.random() < 0.2:
        sentences.append(f"See [our page on {chance.choice(_CONDITIONS)}](https://clinic.example/page-{chance.randint(1, 999)}).")
    return " ".join(sentences) + "\n"


def _sentence(chance: random.Random) -> str:
    treatment = chance.choice(_TREATMENTS)
    return chance.choice(_CLAIMING if chance.random() < CLAIMS else _PLAIN).format(
        treatment=treatment, Treatment=treatment[0].upper() + treatment[1:], condition=chance.choice(_CONDITIONS),
        people=f"{chance.choice(_PEOPLE)} over {chance.randint(18, 80)}", much=chance.choice(_HOW_MUCH), place=chance.choice(_PLACES),
        time=chance.choice(_TIMES), Doer=chance.choice(_DOERS),
    )  # fmt: skip

"""The phrase kind: wordings, patterns and swaps; what clears them."""

from typing import Any

import pytest

from copycheck.checks import phrase
from copycheck.ruleset.models import Phrase
from tests.rulekit import analysis, rule, run


def found(text: str, format: str = "markdown", terms: dict[str, list[str]] | None = None, **values: Any) -> list[str]:
    """The source at each finding."""
    result = run(phrase, [rule(Phrase, **values)], text, format, terms=terms or {})
    return [text[slice(*finding.span)] for finding in result.findings]


def test_phrases_are_whole_words_in_any_case():
    assert found("Miracle cure. A miraclecure, MIRACLE\ncure; miracle-cure, miracle / cure.", phrases=["miracle cure"]) == [
        "Miracle cure",
        "MIRACLE\ncure",
        "miracle-cure",
        "miracle / cure",
    ]


def test_a_star_stands_for_any_ending():
    assert found("Detoxes and detoxing, no tox.", phrases=["detox*"]) == ["Detoxes", "detoxing"]
    assert found("A re-detoxing and undetoxed", phrases=["detox*"]) == ["detoxing"]


def test_a_phrase_that_begins_with_a_loose_word():
    assert found("He healed fast. Healing fast.", phrases=["heal* fast"]) == ["healed fast", "Healing fast"]


def test_by_lemma_every_form_counts():
    text = "It removes toxins. We removed a toxin. Removing toxins. A remover toxins."
    assert found(text, phrases=["remove toxin"], by="lemma") == ["removes toxins", "Removing toxins"]
    assert found(text, phrases=["remove a toxin"], by="lemma") == ["removed a toxin"]


def test_case():
    assert found("He is clean. Clean it.", phrases=["Clean"], case=True) == ["Clean"]
    assert found("US and us", patterns=[r"\bUS\b"], case=True) == ["US"]


def test_curly_quotes_and_odd_spaces_are_plain():
    assert found("Don’t worry here.", phrases=["don't worry"]) == ["Don’t worry"]


def test_patterns_and_their_flag():
    assert found("We cure pain fast.", patterns=[r"\bcure (?P<flag>pain)\b"]) == ["pain"]
    assert found("We cure pain, cure stress.", patterns=[r"\bcure {what}"], terms={"what": ["pain", "stress"]}) == [
        "cure pain",
        "cure stress",
    ]
    assert found("We heal or cure pain.", patterns=[r"\b(?:heal|(?P<flag>cure) pain)\b"]) == ["heal", "cure"]


def test_of_overlapping_matches_the_longest_stands():
    assert found("A miracle cure for all.", phrases=["miracle", "miracle cure", "cure for all"]) == ["miracle cure"]


def test_swaps_offer_replacements_in_the_letter_case_of_the_text():
    result = run(phrase, [rule(Phrase, swap={"addict": ["person with an addiction"], "abuse": "use"})], "Addict or ABUSE or abuse.")
    assert [finding.suggestions for finding in result.findings] == [("Person with an addiction",), ("USE",), ("use",)]
    assert result.findings[0].message == "“Addict” is not for us. Say “Person with an addiction”."
    own = run(phrase, [rule(Phrase, swap={"addict": ["a", "b", "c"]}, message="Say {swap}.")], "An addict.")
    assert own.findings[0].message == "Say “a”, “b” or “c”."


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ({"except_": ["miracle cure (?:band|song)"]}, "The Miracle Cure band plays."),
        ({"unless": ["negated"]}, "This is not a miracle cure."),
        ({"unless": ["question"]}, "Is it a miracle cure?"),
        ({"unless": ["quoted"]}, "They say “a miracle cure” to sell."),
        ({"unless": ["myth"]}, "Beware of any miracle cure."),
        ({"unless": ["organisation"]}, "We work with the Miracle Cure Foundation."),
        ({"without": ["no evidence"]}, "A miracle cure has no evidence."),
        ({"with_": [r"\bpain\b"]}, "A miracle cure. It is for pain."),
        ({"near": [r"\bpain\b"]}, "A miracle cure.\n\nIt is for pain."),
        ({"page": [r"\bpain\b"]}, "A miracle cure."),
        ({"cleared_by": ["results vary"]}, "A miracle cure. But results vary."),
        ({"scope": ["heading"]}, "A miracle cure."),
    ],
)
def test_what_clears_a_match(values, text):
    assert found(text, phrases=["miracle cure"], **values) == []
    assert found("A miracle cure.", phrases=["miracle cure"]) == ["miracle cure"]


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ({"with_": [r"\bpain\b"]}, "A miracle cure for pain."),
        ({"near": [r"\bpain\b"]}, "## For pain\n\nA miracle cure."),
        ({"near": [r"\bpain\b"]}, "Good for pain:\n\n- a miracle cure"),
        ({"page": [r"\bpain\b"]}, "A miracle cure.\n\nIt is for pain."),
        ({"scope": ["list"]}, "- a miracle cure"),
    ],
)
def test_what_a_match_may_need(values, text):
    assert found(text, phrases=["miracle cure"], **values) == ["miracle cure"]


def test_only_the_article_is_read_and_no_address():
    assert found("<nav>Miracle cure</nav><p>Text</p>", "html", phrases=["miracle cure"]) == []
    assert found("See https://x.org/miracle-cure or www.miracle-cure.org now.", phrases=["miracle cure"]) == []


def test_rules_do_not_mix():
    rules = [rule(Phrase, id="language/a", phrases=["bad word"]), rule(Phrase, id="language/b", patterns=["worse word"])]
    result = run(phrase, rules, "A bad word and a worse word.")
    assert [(finding.rule, finding.excerpt) for finding in result.findings] == [("language/a", "bad word"), ("language/b", "worse word")]


class Tagged:
    """A stand-in for the model: every word that ends in `s` is a verb."""

    def pipe(self, texts):
        from types import SimpleNamespace

        for text in texts:
            tokens, at = [], 0
            for word in text.split(" "):
                tokens.append(_Token(at, word, SimpleNamespace))
                at += len(word) + 1
            yield tokens


class _Token:
    def __init__(self, idx: int, word: str, _: Any) -> None:
        self.idx, self.word, self.pos_ = idx, word, "VERB" if word.endswith("s") else "NOUN"

    def __len__(self) -> int:
        return len(self.word)


def test_a_tag_confirms_a_match():
    rules = [rule(Phrase, phrases=["heals", "heal"], tag=["VERB"])]
    assert [f.excerpt for f in run(phrase, rules, "It heals or heal it", load=lambda needs: Tagged()).findings] == ["heals"]
    assert len(run(phrase, rules, "It heals or heal it").findings) == 2  # no model: nothing denies it


def test_only_a_rule_with_a_tag_sends_its_hits_to_the_model():
    unit = analysis("It heals.").units[0]
    other = analysis("Nothing here.").units[0]
    tagged = phrase.compile_rules([rule(Phrase, phrases=["heals"], tag=["VERB"])], {}, None)
    plain = phrase.compile_rules([rule(Phrase, phrases=["heals"])], {}, None)
    assert tagged.wants(unit) and not tagged.wants(other) and not plain.wants(unit)
    assert tagged.needs == {"tags"} and plain.needs == {"text"}

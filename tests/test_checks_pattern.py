"""The pattern kind: wordings and swaps, what a match may need, and what clears it."""

from __future__ import annotations

from typing import Any

import pytest

from copycheck.checks import pattern
from copycheck.ruleset.expressions import SlowExpression
from copycheck.ruleset.models import Pattern
from tests.rulekit import rule, run


def found(text: str, format: str = "markdown", **values: Any) -> list[str]:
    """The source at each finding."""
    result = run(pattern, [rule(Pattern, **values)], text, format)
    return [text[slice(*finding.span)] for finding in result.findings]


def test_wordings_in_any_case_and_form():
    assert found("Miracle cure. A miraclecure, MIRACLE\ncures; miracle-cure.", patterns=["miracle-cure"]) == [
        "Miracle cure",
        "MIRACLE\ncures",
        "miracle-cure",
    ]


def test_curly_quotes_and_odd_spaces_are_plain():
    assert found("Don’t\u00a0worry here.", patterns=["don't worry"]) == ["Don’t\u00a0worry"]


def test_a_flagged_part_is_the_span():
    assert found("We cure pain fast.", patterns=["cure (pain)"]) == ["pain"]


def test_a_match_never_crosses_sentences_or_blocks():
    assert found("We cure. Pain goes.\n\nThey cure\n\npain.", patterns=["cure ...3 pain"]) == []


def test_of_overlapping_matches_the_longest_stands():
    assert found("A miracle cure for all.", patterns=["miracle", "miracle cure", "cure for all"]) == ["miracle cure"]
    assert found("A miracle and a cure.", patterns=["miracle", "cure"]) == ["miracle", "cure"]


def test_a_misspelt_wording_is_found_as_it_stands():
    assert found("We garantee results.", patterns=["guarantee result"]) == ["garantee results"]


def test_the_message_quotes_no_mark_before_the_match():
    own = rule(Pattern, patterns=[', "guaranteed"'], message="“{match}” promises.")
    (finding,) = run(pattern, [own], "It heals, guaranteed.").findings
    assert finding.message == "“guaranteed” promises."


def test_the_message_holds_the_match_on_one_line():
    (finding,) = run(pattern, [rule(Pattern, patterns=["miracle cure"])], "A miracle\ncure.").findings
    assert finding.message == "“miracle cure” is not for us." and finding.excerpt == "miracle cure"
    assert finding.context == "A miracle cure."


class TestSwaps:
    def suggestions(self, text: str, **values: Any) -> list[tuple[str, ...]]:
        return [finding.suggestions for finding in run(pattern, [rule(Pattern, **values)], text).findings]

    def test_replacements_in_the_letter_case_of_the_text(self):
        swap = {"addict": ["person with an addiction"], "abuse": "use"}
        assert self.suggestions("Addict or ABUSE or abuse.", swap=swap) == [("Person with an addiction",), ("USE",), ("use",)]

    def test_they_are_named_in_the_message(self):
        (finding,) = run(pattern, [rule(Pattern, swap={"addict": ["person with an addiction"]})], "An addict.").findings
        assert finding.message == "“addict” is not for us. Say “person with an addiction”."
        (own,) = run(pattern, [rule(Pattern, swap={"addict": ["a", "b", "c"]}, message="Say {swap}.")], "An addict.").findings
        assert own.message == "Say “a”, “b” or “c”."

    @pytest.mark.parametrize(
        ("text", "swap", "expected"),
        [
            ("Two addicts came.", {"addict": "~person with an addiction"}, "people with an addiction"),
            ("An addict came.", {"addict": "~person with an addiction"}, "person with an addiction"),
            ("She relapses.", {"relapse": "~return to use"}, "returns to use"),
            ("She abused it.", {"abuse": "~use"}, "used"),
            ("She is abusing it.", {"abuse": "~use"}, "using"),
        ],
    )
    def test_a_word_takes_the_inflection_of_what_it_replaces(self, text, swap, expected):
        assert self.suggestions(text, swap=swap) == [(expected,)]


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ({"except_": ["miracle cure band|song"]}, "The Miracle Cure band plays."),
        ({"except_": ["the (miracle cure) band"]}, "The miracle cure band plays."),
        ({"unless": ["negated"]}, "This is not a miracle cure."),
        ({"unless": ["question"]}, "Is it a miracle cure?"),
        ({"unless": ["quoted"]}, "They say “a miracle cure” to sell."),
        ({"unless": ["myth"]}, "Beware of any miracle cure."),
        ({"unless": ["condition"]}, "If it were a miracle cure, all would know."),
        ({"unless": ["advice_against"]}, "Be careful of ads for a miracle cure."),
        ({"unless": ["organization_name"]}, "We work with the Miracle Cure Foundation."),
        ({"without": ["no evidence"]}, "A miracle cure has no evidence."),
        ({"with_": ["pain"]}, "A miracle cure. It is for pain."),
        ({"near": ["pain"]}, "A miracle cure.\n\nIt is for pain."),
        ({"page": ["pain"]}, "A miracle cure."),
        ({"page": ["pain"]}, "A miracle cure.\n\n<footer>For pain.</footer>"),
        ({"cleared_by": ["result vary"]}, "A miracle cure. But results vary."),
        ({"scope": ["heading"]}, "A miracle cure."),
    ],
)
def test_what_clears_a_match(values, text):
    assert found(text, patterns=["miracle cure"], **values) == []
    assert found("A miracle cure.", patterns=["miracle cure"]) == ["miracle cure"]


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ({"with_": ["pain"]}, "A miracle cure for pain."),
        ({"near": ["pain"]}, "## For pain\n\nA miracle cure."),
        ({"near": ["pain"]}, "Good for pain:\n\n- a miracle cure"),
        ({"near": ["pain"]}, "A miracle cure. It is for pain."),
        ({"page": ["pain"]}, "A miracle cure.\n\nIt is for pain."),
        ({"scope": ["list"]}, "- a miracle cure"),
        ({"unless": ["negated"]}, "It does not only help, it is a miracle cure."),
        ({"except_": ["song"]}, "A song of a miracle cure."),
        ({"cleared_by": ["result vary"]}, "A miracle cure.\n\nResults vary."),
    ],
)
def test_what_a_match_may_need(values, text):
    assert found(text, patterns=["miracle cure"], **values) == ["miracle cure"]


def test_a_cue_that_the_wording_names_does_not_clear_it():
    values = {"patterns": ["no side-effect"], "unless": ["negated"]}
    assert found("It has no side effects.", **values) == ["no side effects"]
    assert found("We never say it has no side effects.", **values) == []


def test_only_the_article_is_read():
    assert found("<nav>Miracle cure</nav><p>Text</p><footer>A miracle cure</footer>", "html", patterns=["miracle cure"]) == []


def test_rules_do_not_mix():
    rules = [
        rule(Pattern, id="language/a", patterns=["bad word"], except_=["good"]),
        rule(Pattern, id="language/b", patterns=["worse word"], with_=["worse"]),
    ]
    result = run(pattern, rules, "A bad word and a worse word. A good worse word.")
    assert [(finding.rule, finding.excerpt) for finding in result.findings] == [
        ("language/a", "bad word"),
        ("language/b", "worse word"),
        ("language/b", "worse word"),
    ]


class TestExpressions:
    """`regex`, for rules on characters rather than words."""

    def test_they_ignore_case_and_see_plain_quotes(self):
        assert found("Call TBD or “tbd”.", regex=['"?\\btbd\\b"?']) == ["TBD", "“tbd”"]

    def test_they_never_match_nothing(self):
        assert found("Call us.", regex=["x?(?=all)|\\bus\\b"]) == ["us"]

    def test_what_clears_a_wording_clears_them(self):
        assert found("Not TBD. TBD here.", regex=["tbd"], unless=["negated"]) == ["TBD"]

    def test_one_that_takes_too_long_is_an_error(self, monkeypatch):
        monkeypatch.setattr("copycheck.ruleset.expressions.TIMEOUT", 1e-9)
        with pytest.raises(SlowExpression, match="took more than"):
            found("x" * 250 + " " + "xx " * 60_000, regex=["(?:x|xx|x?x)*y"])


def test_nothing_matches_nothing():
    assert found("", patterns=["pain"]) == []
    assert pattern.PatternCheck([], {}) is not None

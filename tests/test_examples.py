"""Examples: marks are read exactly, and an example that does not do what it says is told."""

import pytest

from copycheck import examples, ruleset
from copycheck.examples import BadExample, unmark
from copycheck.ruleset.location import rules_dir
from copycheck.source import Span
from tests.rulekit import load_pipeline


def test_marks():
    marked = unmark("A [|bad|] and [+worse+] word.")
    assert marked.text == "A bad and worse word."
    assert marked.spans == {Span(2, 5)} and marked.related == {Span(10, 15)}


def test_missing_thing_and_nesting():
    assert unmark("[||] Text.") == examples.Marked("Text.", frozenset({Span(0, 0)}), frozenset())
    assert unmark("[||]\n# T").text == "# T"
    assert unmark("[|a [+b+] c|]").spans == {Span(0, 5)}


@pytest.mark.parametrize("text", ["a [|b", "a b|]", "[|a+]", "[+a|]"])
def test_marks_that_do_not_pair(text):
    with pytest.raises(BadExample):
        unmark(text)


def failures(folder):
    return [(f.group, f.number, f.reason) for f in examples.run(ruleset.load([folder]), load_pipeline)]


def test_examples_that_hold(rule_folder):
    assert failures(rule_folder("language/bad", "bad word")) == []


def test_failures_are_told(rule_folder):
    folder = rule_folder("language/bad", "bad word")
    path = folder / "language" / "bad.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("Here is [|bad word|].", "Here [|is bad word|].").replace("Here is nothing.", "A bad word."), encoding="utf-8"
    )
    found = failures(folder)
    assert found[0][:2] == ("flag", 1) and "expected “is bad word” at 5, found “bad word” at 8" in found[0][2]
    assert found[1][:2] == ("pass", 1) and "found “bad word” at 2" in found[1][2]


def test_flag_without_mark_and_pass_with_mark(rule_folder):
    folder = rule_folder("language/bad", "bad word")
    path = folder / "language" / "bad.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("[|bad word|]", "bad word").replace("nothing", "[|nothing"), encoding="utf-8")
    reasons = [reason for _, _, reason in failures(folder)]
    assert reasons == ["it marks no expected span", "a mark is not closed"]


def test_a_suggestion_must_clear_the_finding(rule_folder):
    folder = rule_folder("language/bad", "bad word", more="swap: {worse word: bad word}")
    path = folder / "language" / "bad.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("[|bad word|]", "[|worse word|]"), encoding="utf-8")
    assert "still leaves a finding" in failures(folder)[0][2]


def test_only_the_named_rules(rule_folder):
    rule_folder("language/bad", "bad word")
    folder = rule_folder("language/other", "other word")
    assert list(examples.run(ruleset.load([folder]), load_pipeline, ["language/other"])) == []


def test_a_swap_that_is_taken_is_checked_with_its_inflection(rule_folder):
    folder = rule_folder("language/bad", "bad word", more="swap: {awful: ~bad word}")
    path = folder / "language" / "bad.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("[|bad word|]", "[|awful|]"), encoding="utf-8")
    assert "still leaves a finding" in failures(folder)[0][2]


def test_an_example_that_cannot_be_read_fails(rule_folder):
    folder = rule_folder("language/bad", "bad word")
    path = folder / "language" / "bad.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace('"Here is nothing."', '"---\\ntitle: [x\\n---\\nText."'), encoding="utf-8")
    assert failures(folder)[0][:2] == ("pass", 1)


@pytest.mark.parametrize("family", ["claims", "content", "readability"])
def test_the_examples_of_rules_that_ship_hold(family):
    """Those of the other families are run in their own test files."""
    rules = ruleset.load([rules_dir()])
    only = [rule.id for rule in rules.rules if rule.family == family]
    assert only and [(f.rule, f.group, f.number, f.reason) for f in examples.run(rules, load_pipeline, only)] == []

from typing import Any

import pytest
from pydantic import ValidationError

from copycheck.article import parse
from copycheck.checks import Result, Site
from copycheck.checks.metric import MetricCheck
from copycheck.findings import Finding, Profile, Section, Severity
from copycheck.readers import read
from copycheck.ruleset.models import Metric
from copycheck.source import Source, Span
from tests import rulekit

HARD = (
    "Comprehensive multidisciplinary rehabilitation incorporates individualized pharmacological interventions and continuous supervision. "
)
EASY = "A nurse will meet you at the door and show you to your own room. "


def rule(**values: Any) -> Metric:
    base: dict[str, Any] = {
        "id": "readability/test", "path": "test.yaml", "kind": "metric", "severity": "info", "confidence": "high", "title": "t", "why": "w",
        "message": "{range} on {sentences}, {value}, {limit}. {drivers}{cut}", "metric": "flesch_kincaid_grade", "limits": {"blog": 8},
        "examples": {"flag": ["x"], "pass": ["y"]},
    }  # fmt: skip
    return Metric(**(base | values))


def check(text: str, *rules: Metric, audience: str = "blog") -> Result:
    return MetricCheck(rules, {}).check(rulekit.article(text, profile=Profile(audience=audience)), Site())


def parsed(text: str, *rules: Metric) -> list[Finding]:
    """The findings where the model's parser has read the text too."""
    (made,) = parse([read(Source("page.md", text), "markdown")], rulekit.load_pipeline(("parser",)))
    made.profile = Profile(audience="blog")
    return MetricCheck(rules, {}).check(made, Site()).findings


def test_metrics_of_a_page() -> None:
    metrics = check(EASY * 12).metrics
    assert metrics["words"] == 180 and metrics["sentences"] == 12 and metrics["words_per_sentence"] == 15.0
    assert set(metrics) == {
        "words", "sentences", "words_per_sentence", "flesch_kincaid_grade", "smog_index", "flesch_reading_ease", "dale_chall_grade", "jargon_load",
    }  # fmt: skip
    assert all(value == round(value, 1) for value in metrics.values())
    assert check(HARD * 12).metrics["flesch_kincaid_grade"] > 20


def test_no_grade_under_ten_sentences() -> None:
    result = check(HARD * 9, rule())
    assert not result.findings
    assert set(result.metrics) == {"words", "sentences"}


def test_a_page_without_prose() -> None:
    assert check("# Menu\n\n- One\n- Two\n", rule()).metrics == {"words": 0, "sentences": 0}


def test_a_hard_page_is_told_once_with_what_drives_it() -> None:
    text = EASY * 8 + HARD * 12
    (finding,) = check(text, rule()).findings
    assert finding.span == Span(0, 0) and finding.severity is Severity.info
    assert finding.message.startswith("about ") and "on 20" in finding.message
    assert "(10 words; plainer words gain 1." in finding.message
    assert "“multidisciplinary” ×12" in finding.message
    assert len(finding.related) == 3 and text[slice(*finding.related[0])] == HARD.strip()


def test_long_sentences_are_told_with_what_cutting_gains() -> None:
    long = "When you come to see us, a nurse will sit down with you and talk about your medication and your insurance and your family. "
    (finding,) = check(EASY * 40 + long * 20, rule(limits={"blog": 1})).findings
    assert "(24 words; cutting it in two gains 0." in finding.message


def test_words_that_the_audience_needs_are_not_named() -> None:
    (finding,) = check(HARD * 12, rule(allow=["multidisciplinary", "intervention"])).findings
    assert (
        "multidisciplinary" not in finding.message.split("Long words")[1] and "interventions" not in finding.message.split("Long words")[1]
    )


def test_over_the_second_line_it_is_a_warning() -> None:
    (finding,) = check(HARD * 12, rule(warn={"blog": 10})).findings
    assert finding.severity is Severity.warning


def test_by_audience() -> None:
    assert not check(HARD * 12, rule(), audience="professional").findings
    assert check(HARD * 12, rule(limits={"patient": 6}), audience="patient").findings


def test_a_short_text_is_over_only_where_its_range_is() -> None:
    text = "Many people feel sore and tense for months after detox, but they do not know why they feel the way they do. " * 10
    grade = check(text).metrics["flesch_kincaid_grade"]
    assert 6.0 < grade < 9.0
    assert not check(text, rule(limits={"blog": grade - 1})).findings
    assert check(text * 30, rule(limits={"blog": grade - 1})).findings


def test_reading_ease_is_over_where_it_is_low() -> None:
    ease = rule(metric="flesch_reading_ease", limits={"blog": 60})
    assert check(HARD * 12, ease).findings and not check(EASY * 12, ease).findings


def test_a_hard_section_stands_out() -> None:
    text = f"## One\n\n{EASY * 30}\n\n## Two\n\n{HARD * 12}{EASY * 2}\n"
    (finding,) = check(text, rule(level="section")).findings
    assert finding.excerpt == "Two" and text[slice(*finding.span)] == "Two"
    assert finding.related


def test_sections_of_a_page_that_is_hard_throughout_are_not_told_again() -> None:
    text = f"## One\n\n{HARD * 12}\n\n## Two\n\n{HARD * 12}\n"
    assert not check(text, rule(level="section")).findings
    assert not check(HARD * 12, rule(level="section")).findings  # under no heading


def test_a_dense_paragraph() -> None:
    text = f"Short one here.\n\n{EASY * 8}\n\nThe end is near."
    (finding,) = check(text, rule(level="paragraph", metric="words", limits={"blog": 100})).findings
    assert text[slice(*finding.span)] == (EASY * 8).strip() == finding.excerpt
    assert "120 on 8" in finding.message


def test_a_long_sentence_and_where_to_cut_it() -> None:
    words = rule(level="sentence", metric="words", limits={"blog": 25}, warn={"blog": 35})
    text = (
        "When you come to see us for the first time, a nurse will sit down with you and talk about your health, and then a doctor "
        "will look at what you need and plan your care with you."
    )
    (finding,) = parsed(text + " Keep it short.", words)
    assert text[slice(*finding.span)] == text
    assert "before “and then a doctor …”" in finding.message and finding.severity is Severity.warning
    run_on = " ".join(["rest"] * 30) + "."
    (finding,) = check(run_on, words).findings
    assert "before" not in finding.message and finding.severity is Severity.info


def test_no_cut_inside_a_noun_phrase() -> None:
    words = rule(level="sentence", metric="words", limits={"blog": 25})
    trial = (
        "The pill that the Food and Drug Administration approved last spring for adults with high blood pressure and a family history "
        "of stroke was studied in three large trials, and the doctors who ran them saw fewer strokes."
    )
    program = (
        "Our program of group therapy and family counseling and art and music and long walks by the lake and quiet evenings is open to "
        "adults of all ages from the town and the hills around it."
    )
    one, other = parsed(f"{trial}\n\n{program}", words)
    assert "before “and the doctors who …”" in one.message and "before" not in other.message


def test_sections_are_told_with_a_grade_where_there_is_enough_to_tell() -> None:
    text = f"{EASY * 2}\n\n# Your room &amp; you\n\n{EASY * 12}\n\n## Care\n\n{HARD * 10}\n\n## Empty\n"
    above, room, care = check(text, rule()).sections
    assert above == Section("", Span(0, 0), 2, 30) and (room.heading, room.sentences, room.words) == ("Your room & you", 12, 180)
    assert text[slice(*room.span)] == "Your room &amp; you"
    assert room.grades and care.grades and 1 <= room.grades[0] < room.grades[1] < care.grades[0]


def test_the_model_refuses_unknown_metrics() -> None:
    with pytest.raises(ValidationError):
        rule(metric="fog_index")

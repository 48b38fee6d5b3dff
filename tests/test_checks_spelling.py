"""The spelling check: scope, regions, spans, severity, suggestions, vocabulary, unknown words."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from copycheck.checks import Site
from copycheck.checks.spelling import SpellingCheck, unknown_words
from copycheck.document import PLACEHOLDER, Block, Document, Link, Segment
from copycheck.findings import Finding, Severity
from copycheck.readers import read
from copycheck.ruleset.models import Examples, Spelling
from copycheck.source import Source
from tests.rulekit import article_of

EXAMPLES = Examples.model_validate({"flag": ["[|x|]"], "pass": ["y"]})


def rule(check: str, severity: str = "warning", **data: Any) -> Spelling:
    given = {
        "kind": "spelling",
        "check": check,
        "severity": severity,
        "confidence": "high",
        "title": "T",
        "message": "“{match}”",
        "why": "W",
    }
    return Spelling.model_validate({**given, "id": f"typos/{check}", "path": "x.yaml", "examples": EXAMPLES, **data})


def document(*texts: str, region: str = "main", scope: str = "body", links: tuple[Link, ...] = ()) -> Document:
    source, blocks, at = "", [], 0
    for text in texts:
        blocks.append(Block(scope, text, (Segment(0, at, len(text), len(text)),), region=region, links=links))
        source += text + "\n\n"
        at = len(source)
    return Document(Source("a.md", source), "markdown", tuple(blocks))


def found(doc: Document, *rules: Spelling, site: Site | None = None) -> list[Finding]:
    site = site or Site()
    check = SpellingCheck(rules or [rule("misspelling")], {})
    result = check.check(article_of(doc), site).findings
    for finding in result:
        assert doc.source.text[finding.span.start : finding.span.end] == finding.excerpt
    return result


def excerpts(*args: Any, **named: Any) -> list[str]:
    return [finding.excerpt for finding in found(*args, **named)]


def test_a_misspelling_has_its_span_message_and_correction() -> None:
    (finding,) = found(document("Rest first. The medicatoin helps."))
    assert (finding.excerpt, finding.suggestions[0], finding.severity) == ("medicatoin", "medication", Severity.warning)
    assert finding.message == "“medicatoin” Write “medication”."
    assert finding.context == "The medicatoin helps."


def test_readers_comments_are_notes_and_furniture_is_not_read() -> None:
    doc = document("Ask for an medicatoin.", region="comments")
    findings = found(doc, rule("misspelling"), rule("article"))
    assert [(finding.excerpt, finding.severity) for finding in findings] == [
        ("medicatoin", Severity.info),
        ("an medicatoin", Severity.info),
    ]
    assert found(document("Ask for an medicatoin.", region="references"), rule("misspelling"), rule("article")) == []


def test_menus_and_their_like_are_read_for_misspellings_alone() -> None:
    for region in ("nav", "header", "footer", "aside", "form"):
        findings = found(document("Ask for an medicatoin.", region=region), rule("misspelling"), rule("article"))
        assert [(finding.excerpt, finding.severity) for finding in findings] == [("medicatoin", Severity.warning)]


def test_the_source_of_a_component_is_no_copy() -> None:
    code = "export const medicatoins = { label: recvoery };"
    assert excerpts(document(code, "const [isOpn, setOpn] = useState(false);", "import Recvoery from './recvoery'")) == []
    assert excerpts(document("Let us (the team) plan your recvoery; a letter (of aid) says how joints function (well), then return.")) == [
        "recvoery"
    ]


def test_bare_addresses_and_placeholders_are_not_judged() -> None:
    text = "Go to wellnessrecvoery now."
    assert excerpts(document(text)) == ["wellnessrecvoery"] or excerpts(document(text)) == []
    assert excerpts(document("The recvoery page", links=(Link(4, 12, "https://x.example", "bare"),))) == []
    assert excerpts(document(f"The {PLACEHOLDER}recvoery and recvoery{PLACEHOLDER} plan of {PLACEHOLDER}.")) == []
    assert excerpts(document(f"Is {PLACEHOLDER} {PLACEHOLDER} (open."), rule("unbalanced")) == []


def test_never_across_blocks() -> None:
    assert found(document("Call the", "the clinic. (Or", "mail us.)"), rule("doubled"), rule("article")) == []
    assert excerpts(document("Ask the the nurse"), rule("doubled")) == ["the the"]


def test_a_slip_between_two_sentences() -> None:
    (finding,) = found(document("It helps you relax.Then you rest."), rule("missing-space"))
    assert (finding.excerpt, finding.message, finding.suggestions) == ("relax.Then", "“relax.Then” Write “relax. Then”.", ("relax. Then",))


def test_suggestions_follow_the_site_and_the_text() -> None:
    doc = document("The behavoural plan.")
    assert found(doc)[0].suggestions[0] == "behavioral"
    assert found(doc, site=Site(spelling="uk"))[0].suggestions[0] == "behavioural"


def test_suggestions_are_withheld_where_mark_up_lies_between() -> None:
    doc = read(Source("a.md", "We see the **[the](https://example.org/a/long/address)** clinic."))
    check = SpellingCheck([rule("doubled")], {})
    (finding,) = check.check(article_of(doc), Site()).findings
    assert finding.suggestions == ()


def test_a_quotation_may_run_over_paragraphs() -> None:
    check = rule("unbalanced")
    assert excerpts(document("She said: “It began early.", "“Then it eased.", "“Now I sleep.”"), check) == []
    assert excerpts(document("She said: “It began early.", "Now I sleep.”", 'A “11” is not open, nor is 5" wide.'), check) == []
    assert excerpts(document("She said: “It began early.", "Now I sleep."), check) == ["“"]


def test_an_unsure_slip_is_a_note() -> None:
    (finding,) = found(document("Call now!!"), rule("repeated-marks"))
    assert (finding.severity, finding.confidence) == (Severity.info, "medium")


def test_vocabulary_and_the_rules_own_list_are_accepted() -> None:
    doc = document("The medicatoin helps.")
    assert found(doc, site=Site(vocabulary=frozenset({"medicatoin"}))) == []
    assert found(doc, rule("misspelling", allow=["medicatoin"])) == []


def test_mixed_spelling_is_told_once() -> None:
    doc = document("The colour of the behaviour was a favorite.", "Humor, a colour and an organisation.")
    assert excerpts(doc, rule("mixed")) == ["colour"]
    assert excerpts(doc, rule("mixed"), site=Site(spelling="uk")) == ["favorite"]


def test_unknown_words_are_counted_for_the_project() -> None:
    doc = document("Zzyzxmed and zzyzxmed help.", "Qelbexa too.")
    aside = replace(doc.blocks[0], region="nav")
    doc = replace(doc, blocks=(*doc.blocks, aside))
    article = article_of(doc)
    assert unknown_words(article, Site()) == {"Zzyzxmed": 2, "Qelbexa": 1}
    assert unknown_words(article, Site(vocabulary=frozenset({"qelbexa"}))) == {"Zzyzxmed": 2}


def test_an_unknown_check_is_refused_when_loaded() -> None:
    with pytest.raises(ValueError, match="check"):
        rule("grammar")

"""Reports built by hand, and arbitrary ones for property tests."""

from __future__ import annotations

import re

from hypothesis import strategies as st

from copycheck.findings import Claim, Finding, Profile, Report, Section, Severity, Suppressed
from copycheck.ruleset.authorities import Authority, Cited
from copycheck.ruleset.models import Claim as Claims
from copycheck.ruleset.models import Pattern, Rule, Spelling
from copycheck.source import Notice, Span

CLINIC = Profile(
    vertical="addiction",
    stance="promotional",
    signals=("phone number", "“detox”", "“call today”"),
    guessed=frozenset({"vertical", "promotional"}),
)

ARTICLE = """# Massage in recovery

Massage therapy is clinically proven to remove metabolic waste and reduces relapse by 40%, which is why our detox team \
offers it to every guest who walks in through our doors on the first day. Call today.

Benefits include:

- It reduces anxiety.
- Better sleep 😴 for 你好世界 addicts.

An addict may call.
"""


def find(text: str, rule: str, severity: str, words: str, message: str, nth: int = 0, **fields: object) -> Finding:
    """A finding on the nth occurrence of `words`, with the sentence it stands in."""
    start = [match.start() for match in re.finditer(re.escape(words), text)][nth]
    before = max(text.rfind("\n", 0, start) + 1, text.rfind(". ", 0, start) + 2 if ". " in text[:start] else 0)
    ends = [at for at in (text.find(". ", start) + 1, text.find("\n", start)) if at > 0]
    sentence = Span(before, min(ends, default=len(text)))
    return Finding(
        rule,
        Severity[severity],
        Span(start, start + len(words)),
        message,
        sentence=sentence,
        excerpt=words,
        context=text[slice(*sentence)],
        **fields,  # type: ignore[arg-type]
    )


def missing(rule: str, severity: str = "error", message: str = "Nothing on the page says that it is no medical advice.") -> Finding:
    return Finding(rule, Severity[severity], Span(0, 0), message, ("This page is general information. Ask a clinician who knows you.",))


def article() -> Report:
    addict = "“addict” names a person by a condition."
    benefits = ARTICLE.index("It reduces anxiety")
    findings = (
        missing("disclaimers/missing-advice"),
        find(ARTICLE, "language/addict", "warning", "addict", addict, nth=1),
        find(ARTICLE, "language/addict", "warning", "addict", addict, suggestions=("person with addiction", "person who uses drugs")),
        find(
            ARTICLE,
            "claims/unsourced-efficacy",
            "error",
            "clinically proven",
            "“clinically proven” needs a study that a reader can check. Link the study, or say what the service does.",
            help="https://example.org/guidance",
        ),
        find(
            ARTICLE,
            "compliance/toxin-removal",
            "warning",
            "remove metabolic waste",
            "“remove metabolic waste” says the service removes toxins or waste. Cite clinical evidence or cut it.",
        ),
        find(ARTICLE, "claims/unsourced-statistic", "error", "reduces relapse by 40%", "“40%” is a figure without a source."),
        find(ARTICLE, "compliance/urgency", "info", "Call today", "“Call today” presses the reader."),
        find(
            ARTICLE,
            "claims/list",
            "warning",
            "Benefits include:",
            "The list makes claims without a source.",
            related=(Span(benefits, benefits + len("It reduces anxiety.")),),
        ),
    )
    quiet = find(ARTICLE, "claims/unsourced-efficacy", "error", "reduces anxiety", "“reduces anxiety” needs a source.")
    claim = Claim("statistic", "causal", findings[5].span, "reduces relapse by 40%", "unsourced")
    return Report(
        "pages/article.md",
        CLINIC,
        findings,
        (Suppressed(quiet, "confirmed by the medical reviewer"),),
        (claim,),
        {"words": 51, "flesch_kincaid_grade": 9.75},
        (
            Notice("copycheck/encoding", "Read as Windows-1252."),
            Notice("copycheck/off", "Off because the profile was set (vertical): claims/gummies."),
        ),
        text=ARTICLE,
        sections=(Section("", Span(0, 0), 1, 9), Section("Massage in recovery", Span(2, 21), 12, 42, (8.5, 11.0))),
    )


def _rule(name: str, kind: type[Rule], **more: object) -> Rule:
    given = {"kind": kind.__name__.lower(), "severity": "warning", "confidence": "high", "title": f"Title of {name}", "why": f"Why {name}."}
    examples = {"flag": ["x"], "pass": ["y"]}
    return kind.model_validate({"id": name, "path": name, "message": "No.", "examples": examples, **given, **more})


LAW = Authority.model_validate(
    {"name": "The Act", "citation": "1 U.S.C. 1", "url": "https://example.org/act", "binds": "all", "status": "statute", "says": "No.",
     "checked": "2026-01-01", "how": "read"}
)  # fmt: skip
RULES = {
    rule.id: rule
    for rule in (
        _rule("language/addict", Pattern, patterns=["addict"], cited=(Cited("act", LAW),), fix="Name *the* person.", tags=["stigma"]),
        _rule("claims/unsourced-efficacy", Claims, claim="efficacy", severity="info", confidence="low"),
        _rule("typos/misspelling", Spelling, check="misspelling"),
    )
}
"""Some rules by their ids, for the formats that describe rules."""

HOSTILE = (
    "=cmd|' /C calc'!A0\n::set-output name=x::y\r\n##[error]z %0A%25 ]]> <script>alert(1)</script> -- --> | ` `` ![i](http://e.org) [l](j:x)"
    " @team #12 \x1b[31m\u202e\u2028\x00\ufffe\ud800 {0} “”"
)


def hostile() -> Report:
    """Everything that an article, a path, a rule of one's own or a directive can say, said with what some format acts on."""
    finding = Finding(
        HOSTILE, Severity.error, Span(0, 9), HOSTILE, (HOSTILE,), (Span(3, 5),), excerpt=HOSTILE, context=HOSTILE, help=HOSTILE
    )
    again = finding._replace(severity=Severity.info, span=Span(1, 30))
    return Report(
        HOSTILE, Profile(signals=(HOSTILE,)), (finding, again), (Suppressed(finding, HOSTILE),), error=HOSTILE, text=HOSTILE,
        notices=(Notice(HOSTILE, HOSTILE),),
    )  # fmt: skip


texts = st.text(st.characters(), max_size=120) | st.text("\x1b\u202e\u2066\x85\r\n\t :#[]e\u0301👩\u200d⚕\ufe0f漢。\u00a0«»", max_size=120)


@st.composite
def spans(draw: st.DrawFn, length: int) -> Span:
    first, second = draw(st.integers(0, length)), draw(st.integers(0, length))
    return Span(min(first, second), max(first, second))


@st.composite
def findings(draw: st.DrawFn, length: int) -> Finding:
    return Finding(
        draw(texts.filter(bool)),
        draw(st.sampled_from(Severity)),
        draw(spans(length)),
        draw(texts),
        tuple(draw(st.lists(texts, max_size=2))),
        tuple(draw(st.lists(spans(length), max_size=2))),
        draw(st.sampled_from(["high", "medium", "low"])),
        draw(spans(length)),
        draw(texts),
        draw(texts),
        draw(texts),
    )


@st.composite
def reports(draw: st.DrawFn) -> Report:
    text = draw(texts)
    found = tuple(draw(st.lists(findings(len(text)), max_size=5)))
    return Report(
        draw(texts),
        Profile(stance=draw(st.sampled_from(["promotional", "editorial", "unclear"])), signals=tuple(draw(st.lists(texts, max_size=6)))),
        found,
        tuple(Suppressed(finding, draw(texts)) for finding in draw(st.lists(findings(len(text)), max_size=2))),
        tuple(
            draw(
                st.lists(
                    st.builds(Claim, st.just("efficacy"), st.just("causal"), spans(len(text)), texts, st.just("named"), texts), max_size=2
                )
            )
        ),
        draw(st.none() | st.dictionaries(texts, st.floats(), max_size=3)),
        tuple(draw(st.lists(st.builds(Notice, texts.filter(bool), texts), max_size=2))),
        draw(st.none() | texts),
        text,
    )

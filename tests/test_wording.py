"""Wording: the tool never gives a verdict in law or on safety. Searched: all rule files, all text of the program, its reports.

What may use such words: quoted copy (in “…”, "…", ‘…’ or `…`), names of options, of a rule's authorities, and the two fixed notices.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from report_readers import ALL_FORMATS, whole
from report_samples import article

from copycheck.findings import Profile, Report
from copycheck.reports import Options
from copycheck.reports.wording import CLEAN, GUIDANCE

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "copycheck"

VERDICTS = re.compile(
    r"\b(?:(?:non-?)?complian(?:t|tly)|(?:un)?safe(?:ly|r|st)?(?!-)|pass(?:ed|es)|(?:il)?legal(?:ly|ity)?|(?:un)?lawful(?:ly)?|violat\w+"
    r"|infring\w+|(?:against|break(?:s|ing)?|within) the law)\b",
    re.I,
)
QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|‘[^’]*’|`[^`]*`")
OPTION = re.compile(r"(?<!\S)--[a-z-]+")
NOTICES = re.compile("|".join(map(re.escape, (GUIDANCE, CLEAN))))

SAID_BY_RULES = ("title", "message", "why", "fix", "offer")
PATTERN_CALLS = frozenset({"compile", "search", "match", "fullmatch", "sub", "findall", "finditer", "split"})
LOOKS_LIKE_PATTERN = re.compile(r"\\[bsdw]|\(\?|\|")
SPEAKING = ("cli", "reference.py", "proposal.py", "examples.py", "suppress.py", "reports")  # here single words reach people too
SENTENCE_WORDS = 3


def verdicts(text: str, names: tuple[str, ...] = ()) -> list[str]:
    """The words in `text` that are the tool's own verdict."""
    text = NOTICES.sub(" ", text)
    text = OPTION.sub(" ", text)
    for name in sorted(names, key=len, reverse=True):
        text = re.sub(re.escape(name), " ", text, flags=re.I)
    return VERDICTS.findall(QUOTED.sub(" ", text))


def texts_of_rule(rule: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What a rule says to people: its sentences, and the wording that it offers."""
    for key in SAID_BY_RULES:
        yield key, " ".join(str(rule.get(key) or "").split())
    for offer in (rule.get("swap") or {}).values():
        for text in offer if isinstance(offer, list) else [offer]:
            yield "offered wording", str(text)


def names_of(rule: dict[str, Any], authorities: dict[str, Any]) -> tuple[str, ...]:
    """The names of what a rule cites, which are not the tool's own words."""
    cited = [authorities.get(entry.partition("#")[0], {}) for entry in rule.get("authority") or [] if isinstance(entry, str)]
    return tuple(part for entry in cited for part in (entry.get("name"), entry.get("citation")) if part)


def verdicts_of_rule(rule: dict[str, Any], authorities: dict[str, Any] | None = None) -> list[str]:
    names = names_of(rule, authorities or {})
    return [f"{key} says “{word}”" for key, text in texts_of_rule(rule) for word in verdicts(text, names)]


def literals(tree: ast.Module, short: bool) -> Iterator[tuple[int, str]]:
    """Line and text of each string that people may read: no docstring but of a command, no pattern, no list of cues.

    The parts of an f-string are one text. Strings of few words only if `short`.
    """
    hidden: set[int] = set()
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list) and body and isinstance(body[0], ast.Expr) and not _is_command(node):
            hidden.add(id(body[0].value))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in PATTERN_CALLS:
            hidden |= {id(inner) for inner in ast.walk(node)}
        if isinstance(node, ast.JoinedStr) and id(node) not in hidden:
            hidden |= {id(part) for part in node.values}
    for node in ast.walk(tree):
        if id(node) in hidden:
            continue
        if isinstance(node, ast.JoinedStr):
            text = "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value
        else:
            continue
        if (short or len(text.split()) >= SENTENCE_WORDS) and not LOOKS_LIKE_PATTERN.search(text):
            yield node.lineno, text


def _is_command(node: ast.AST) -> bool:
    """A function whose docstring is the help of a command."""
    return isinstance(node, ast.FunctionDef) and any(
        re.search(r"\b(?:command|group)\b", ast.unparse(decorator)) for decorator in node.decorator_list
    )


def test_no_rule_gives_a_verdict() -> None:
    offences = []
    authorities = yaml.load((ROOT / "rules" / "authorities.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)
    for path in sorted((ROOT / "rules").glob("*/*.yaml")):
        try:
            said = verdicts_of_rule(yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader), authorities)
        except yaml.YAMLError as error:
            said = [f"cannot be read: {error}"]
        offences += [f"{path.relative_to(ROOT)}: {offence}" for offence in said]
    assert not offences, "\n".join(offences)


def test_no_text_of_the_program_gives_a_verdict() -> None:
    offences = []
    for path in sorted(PACKAGE.rglob("*.py")):
        inner = path.relative_to(PACKAGE)
        for line, text in literals(ast.parse(path.read_text(encoding="utf-8")), inner.parts[0] in SPEAKING):
            offences += [f"{path.relative_to(ROOT)}:{line}: “{word}” in {text!r}" for word in verdicts(text)]
    assert not offences, "\n".join(offences)


@pytest.mark.parametrize("format_", ALL_FORMATS)
@pytest.mark.parametrize(
    "options",
    [Options(), Options(notes=True, verbose=True), Options(quiet=True), Options(grouped=False, verbose=True), Options(width=30)],
)
def test_no_report_gives_a_verdict(format_: str, options: Options) -> None:
    clean = Report("clean.md", Profile())
    failed = Report("failed.md", Profile(), error="it is a binary file")
    for run in ([], [clean], [failed], [article()], [clean, failed, article()]):
        assert not verdicts(" ".join(whole(run, format_, options).decode("utf-8").split()))


@pytest.mark.parametrize(
    "text",
    [
        "This page is compliant.",
        "A non-compliant page.",
        "HIPAA-compliant wording.",
        "The treatment is safe.",
        "Not a safer choice",
        "All checks passed",
        "This is illegal to say.",
        "It is legally required.",
        "That violates the rule.",
        "A violation of the Act.",
        "Unlawful copy",
        "This is not legal advice, and it is safe.",
        "“{match}” is illegal.",
    ],
)
def test_a_verdict_is_found(text: str) -> None:
    assert verdicts(text)


@pytest.mark.parametrize(
    "text",
    [
        "“100% safe” promises what no treatment keeps.",
        "Say “safe” only with a source.",
        'The wording "clinically safe" needs a source.',
        "Guidance, not legal advice.",
        "no findings in the checks that ran; not legal clearance",
        "Passages that repeat, compliance/urgency, safety data, a passing remark.",
        "Safe-messaging guides ask for neutral words.",
    ],
)
def test_quoted_copy_and_the_fixed_notices_are_none(text: str) -> None:
    assert not verdicts(text)


def test_names_of_authorities_are_none() -> None:
    rule = {"why": "The Safe Medicines Act asks for it.", "authority": ["act#3"]}
    assert verdicts_of_rule(rule, {"act": {"name": "Safe Medicines Act"}}) == []
    assert verdicts_of_rule({**rule, "authority": []}) == ["why says “Safe”"]


def test_every_text_of_a_rule_is_read() -> None:
    rule: dict[str, Any] = dict.fromkeys(SAID_BY_RULES, "It is legal.")
    rule |= {"swap": {"a": "a safe place", "b": ["fine", "a lawful one"]}}
    assert len(verdicts_of_rule(rule)) == len(SAID_BY_RULES) + 2


def test_strings_for_people_are_told_from_patterns_and_docstrings() -> None:
    code = '''
"""This docstring is legal."""
CUES = re.compile("a legal and safe thing")
WORDS = "legal safe compliant lawful".split()
def f(x):
    """Another legal docstring."""
    return f"The page {x} is legal."
@main.command()
def g():
    """Says whether it is legal."""
    return "legal"
'''
    assert [line for line, text in literals(ast.parse(code), short=False) if verdicts(text)] == [7, 10]
    assert [line for line, text in literals(ast.parse(code), short=True) if verdicts(text)] == [7, 10, 11]

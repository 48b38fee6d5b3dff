"""Targets: functions of bytes, each of which raises where a promise of SECURITY.md does not hold."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from copycheck import baseline, config, ruleset, source, stricttoml, strictyaml
from copycheck import suppress as directives
from copycheck.claims import approved
from copycheck.document import Document
from copycheck.engine import Engine
from copycheck.findings import Finding, Severity
from copycheck.readers import FORMATS, read
from copycheck.reports import FORMATS as REPORTS
from copycheck.reports import Options, render
from copycheck.ruleset import language, reading
from copycheck.ruleset.expressions import SlowExpression, find_all, refuse
from copycheck.ruleset.location import rules_dir
from copycheck.ruleset.pattern import BadPattern, compile_pattern
from copycheck.settings import Item, Settings
from copycheck.source import Source, Span, Unreadable
from tests.reading import check_places
from tests.test_readers_linear import PATHS, PIECES, assert_linear

FOLDER = Path(tempfile.mkdtemp(prefix="fuzz-"))  # of its own: a configuration holds for every folder below it


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _read(path: str, data: bytes) -> Document | None:
    text = _text(data)
    try:
        document = read(Source(path, text))
    except Unreadable as error:
        assert str(error) and "\n" not in str(error)
        return None
    assert document.format in FORMATS
    for block in document.blocks:
        check_places(block, text)
        assert all(index is None or 0 <= index < len(document.blocks) for index in (block.heading, block.lead_in, *block.labels))
    assert all(0 <= span.start <= span.end <= len(text) for span, _ in document.comments)
    return document


def _reader(path: str) -> Callable[[bytes], None]:
    def target(data: bytes) -> None:
        _read(path, data)

    return target


def linear(data: bytes) -> None:
    """Any reader on a text that repeats a few pieces of mark-up, which the bytes choose."""
    if len(data) > 1:
        pieces = [PIECES[byte % len(PIECES)] for byte in data[1:8]]
        assert_linear(PATHS[data[0] % len(PATHS)], "".join(pieces[:-1]) or pieces[0], last=pieces[-1] if data[0] >= 128 else "")


def decoding(data: bytes) -> None:
    try:
        made = source.decode(data, "a.md")
    except Unreadable:
        return
    for offset in {0, len(made.text) // 2, len(made.text)}:
        line, column = made.location(offset)
        assert made.line_span(line).start + column - 1 == offset
    if not made.notices:  # Windows-1252 lacks some bytes
        assert source.encoded(made.text, data) == data


def yaml(data: bytes) -> None:
    with suppress(strictyaml.BadYaml):
        loaded = strictyaml.load(_text(data), aliases=True)
        assert not stricttoml.is_deeper(loaded.data, strictyaml.MAX_DEPTH)


def toml(data: bytes) -> None:
    with suppress(stricttoml.BadToml):
        assert not stricttoml.is_deeper(stricttoml.load(_text(data)), stricttoml.MAX_DEPTH)


@cache
def _lists() -> Any:
    return language.load(()).terms.lists


@cache
def _vocab() -> Any:
    import spacy

    return spacy.blank("en")


def pattern(data: bytes) -> None:
    """A line of the pattern language, or a list of token dicts: refused, or taken by spaCy's Matcher and run."""
    from copycheck.nlp.matcher import RuleMatcher

    line: Any = _text(data)
    if line.startswith("["):
        with suppress(strictyaml.BadYaml):
            line = strictyaml.load(line).data
    try:
        compiled = compile_pattern(line, _lists())
    except BadPattern as error:
        assert str(error)
        return
    nlp = _vocab()
    words = " ".join([*sorted(compiled.words)[:20], *_text(data).split()[:20]])
    list(RuleMatcher(nlp.vocab, [compiled])(nlp.make_doc(words)))


def rule(data: bytes) -> None:
    """A rule file: told to be wrong, by file, line and key, or taken."""
    problems: list[str] = []
    rules = reading.read({Path("own"): {"language/own.yaml": data}}, _lists(), problems)
    assert bool(rules) != bool(problems)
    assert all(problem.startswith("own/language/own.yaml:") for problem in problems)


def expression(data: bytes) -> None:
    """A regular expression of a rule: refused, or run within its time."""
    line, _, text = _text(data).partition("\n")
    if refuse(line) is None:
        with suppress(SlowExpression):
            assert all(0 <= start < end <= len(text) for start, end in find_all(line, text[:2_000], "content/own"))


def suppressing(data: bytes) -> None:
    """Directives on a page: no finding is lost, and no error is silenced without a reason."""
    document = _read("a.md", data)
    if not document:
        return
    spans = [Span(0, 0), *(block.span() for block in document.blocks[:20])]
    found = [
        Finding(name, severity, span, "A message.")
        for span in spans
        for name, severity in (("claims/a", Severity.error), ("language/b", Severity.warning))
    ]
    outcome = directives.apply(document, found, ["claims/a", "language/b"], Settings())
    assert len(outcome.findings) + len(outcome.suppressed) == len(found)
    assert all(one.reason for one in outcome.suppressed if one.finding.severity is Severity.error)


def _written(name: str, data: bytes) -> Path:
    path = FOLDER / name
    path.write_bytes(data)
    return path


def configuration(data: bytes) -> None:
    for name in (".copycheck.yaml", "pyproject.toml"):
        path = _written(name, data)
        try:
            loaded = config.load(path)
            loaded.for_path(FOLDER / "content/a.md")
        except config.BadConfig as error:
            assert error.problems and all(problem.startswith(f"{path}:") for problem in error.problems)


def approvals(data: bytes) -> None:
    with suppress(approved.BadApproved):
        approved.load(_written("approved.yaml", data)).judge("Massage may ease back pain for a short time.", lambda: None)


def baselines(data: bytes) -> None:
    with suppress(baseline.BadBaseline):
        loaded = baseline.load(_written(baseline.NAME, data))
        assert baseline.load(_written(baseline.NAME, loaded.render())).render() == loaded.render()


@cache
def _engine() -> Engine:
    from copycheck.nlp import pipeline

    def load_pipeline(components: Any = ()) -> Any:
        return pipeline.load(components=components)

    return Engine(ruleset.load([rules_dir()]), load_pipeline)


def checks(data: bytes) -> None:
    """The whole way of a page from its text to every report."""
    path, text = PATHS[len(data) % len(PATHS)], _text(data)
    (report,) = _engine().run([Item(path, Source(path, text), Settings())])
    assert "internal error" not in (report.error or ""), report.error
    for finding in report.findings:
        assert 0 <= finding.span.start <= finding.span.end <= len(text)
    for name in REPORTS:
        shown = render([report], name, Options(notes=True, verbose=True)).decode("utf-8")
        assert name in ("json", "sarif", "gitlab", "rdjsonl", "csv") or "\x1b" not in shown


TARGETS: dict[str, Callable[[bytes], None]] = {
    **{path: _reader(path) for path in PATHS},
    "linear": linear,
    "decoding": decoding,
    "yaml": yaml,
    "toml": toml,
    "pattern": pattern,
    "rule": rule,
    "expression": expression,
    "directives": suppressing,
    "configuration": configuration,
    "approvals": approvals,
    "baseline": baselines,
    "checks": checks,
}
CORPORA = {**dict.fromkeys(PATHS, "pages"), "directives": "pages", "checks": "pages", "linear": "bytes", "decoding": "bytes"}

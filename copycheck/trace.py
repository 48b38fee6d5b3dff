"""Trace: what each line of a rule made of a sentence: tokens, tags, terms, marks, what matched and what did not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from copycheck.ruleset.models import Rule
from copycheck.ruleset.pattern import compile_pattern, places
from copycheck.ruleset.reading import lines_of


def trace(rule: Rule, text: str, nlp: Any, lists: Mapping[str, frozenset[str]]) -> str:
    """A page of text: the sentence's tokens in a table, then each line of the rule with what it matched, or its first empty place."""
    doc = nlp(text)
    rows = [("token", "norm", "tag", "term", "marks")]
    for token in doc:
        marks = ", ".join(sorted(doc[token.i : token.i + 1]._.marks))
        rows.append((token.text, token.norm_ if token.norm_ != token.lower_ else "", token.tag_, token.ent_type_.lower(), marks))
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    table = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join([*table, "", *_lines(rule, doc, lists)]) + "\n"


def _lines(rule: Rule, doc: Any, lists: Mapping[str, frozenset[str]]) -> Iterator[str]:
    from copycheck.nlp.context import marks
    from copycheck.nlp.matcher import RuleMatcher

    unless = frozenset(getattr(rule, "unless", ()))
    for where, line in lines_of(rule):
        pattern = compile_pattern(line, lists)
        matches = list(RuleMatcher(doc.vocab, [pattern])(doc))
        shown = line if isinstance(line, str) else pattern.source
        yield f"{'.'.join(str(part) for part in where if part != line)}: {shown}"
        for match in matches:
            cleared = marks(doc[match.start : match.end], pattern.words) & unless
            note = f", cleared: {', '.join(sorted(cleared))}" if cleared and where[0] in ("patterns", "swap") else ""
            yield f"    matches “{doc[match.first : match.last].text}”{note}"
        if not matches:
            yield f"    no match: {_missing(line, lists, doc)}"


def _missing(line: Any, lists: Mapping[str, frozenset[str]], doc: Any) -> str:
    """What no token of the sentence fits, or that the order is another one."""
    from spacy.matcher import Matcher

    absent = []
    for piece, token in places(line, lists):
        bare = {key: value for key, value in token.items() if key != "OP"}
        if bare and token.get("OP") not in ("?", "*", "!"):
            matcher = Matcher(doc.vocab)
            matcher.add("token", [[bare]])
            if not matcher(doc):
                absent.append(piece)
    return "nothing fits " + "; ".join(absent) if absent else "all words are there, but not in this order or so near"

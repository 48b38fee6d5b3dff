"""Report: the words of a run that the lexicon lacks, as text to read, as a vocabulary file to edit, or as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, Literal, NamedTuple

from copycheck.spelling.lexicon import Lexicon
from copycheck.spelling.suggest import credibility

WordsFormat = Literal["text", "vocabulary", "json"]
_NONE = "No unknown words: the lexicon and the vocabulary list all that the pages use.\n"
_HEAD = (
    "{words}, most frequent first. What is right for your site goes into its vocabulary\n"
    "(`vocabulary` or `vocabulary_files` in .copycheck.yaml); `--format vocabulary` writes such a file.\n"
)


class Unknown(NamedTuple):
    """A word as first written, how often it occurs, on how many pages, the first of them, and its correction if it looks like a slip."""

    word: str
    times: int
    pages: int
    first: str
    correction: str | None


def collect(pages: Iterable[tuple[str, Mapping[str, int]]], lexicon: Lexicon) -> list[Unknown]:
    """The words of all pages (path, word -> count) in one list, most frequent first; words that differ in case only are one."""
    found: dict[str, Unknown] = {}
    for path, counts in pages:
        for word, count in counts.items():
            lower = word.lower().replace("’", "'")
            one = found.get(lower)
            if one is None:
                found[lower] = Unknown(word, count, 1, path, _correction(word, lower, lexicon))
            else:
                found[lower] = one._replace(times=one.times + count, pages=one.pages + 1)
    return sorted(found.values(), key=lambda one: (-one.times, -one.pages, one.word.lower(), one.word))


def words_report(pages: Iterable[tuple[str, Mapping[str, int]]], lexicon: Lexicon, form: WordsFormat = "text") -> str:
    """What `copycheck words` prints: every unknown word of the pages (path, word -> count).

    `vocabulary` gives a file of one word a line that `vocabulary_files` reads; what looks like a slip stands there as a comment.
    """
    found = collect(pages, lexicon)
    if form == "json":
        return json.dumps({"words": [_entry(one) for one in found]}, ensure_ascii=False, indent=2) + "\n"
    if form == "vocabulary":
        return "".join(f"# {one.word}  looks like a slip of {one.correction}\n" if one.correction else f"{one.word}\n" for one in found)
    if not found:
        return _NONE
    width = min(max(len(one.word) for one in found), 40)
    digits = len(str(found[0].times))
    lines = [_HEAD.format(words="1 unknown word" if len(found) == 1 else f"{len(found)} unknown words")]
    lines += [f"{one.times:>{digits}}  {one.word:<{width}}  {_where(one)}".rstrip() + "\n" for one in found]
    return "".join(lines)


def _entry(one: Unknown) -> dict[str, Any]:
    return {"word": one.word, "count": one.times, "pages": one.pages, "first": one.first, "correction": one.correction}


def _where(one: Unknown) -> str:
    place = one.first if one.pages == 1 else f"{one.first} and {one.pages - 1} more"
    return f"{place}  (looks like a slip of “{one.correction}”)" if one.correction else place


def _correction(word: str, lower: str, lexicon: Lexicon) -> str | None:
    """The credible correction of a word; None where it is more likely right than misspelt."""
    known = lexicon.typos.get(lower)
    if known:
        return known[0]
    best = lexicon.suggest(lower.partition("'")[0])[:1]
    return best[0].word if best and credibility(lower, best[0], strict=word[0].isupper()) else None

"""Rows: labelled sentences as the judge reads them, from real pages, excerpts of real pages, and copy written for this project.

A row is a dict: `text` and `setting` (see `copycheck.verdicts.passage`), `site`, `need` (0, 1, 2 or None), `kind` (a letter or None),
`source`, `flags`, and `known`, the flags of which it is known whether they hold.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import copycheck
from copycheck.article import Article, parse
from copycheck.engine import profile_of
from copycheck.profile import detect
from copycheck.quotation import fold
from copycheck.readers import read
from copycheck.settings import Settings
from copycheck.source import Source, decode
from copycheck.verdicts import BEFORE, HEADING, LONGEST, first, is_judged, last, passage
from training.labels import LABELS

HERE = Path(__file__).parent

OWN = "own"
"""The site of sentences that no page holds."""

Row = dict[str, Any]


def labelled(folder: Path) -> list[Row]:
    """The sentences of a folder's articles: each takes the labels of the labelled sentence that it shares most characters with.

    `sure`: the two are about the same stretch of text. What was split or joined otherwise is learned from, and no figure counts it.
    """
    nlp = copycheck.load()
    site = dict(line.split("\t")[:2] for line in (folder / "sites.tsv").read_text(encoding="utf-8").splitlines()[1:])
    found = []
    for path in sorted((folder / "labels").glob("*.tsv")):
        header, labels = _labels(path)
        document = next((folder / "docs").glob(path.stem + ".*"))
        article = _article(decode(document.read_bytes(), document.name), Settings(), nlp)
        known = list(LABELS) if "flags" in header.get("labelled", {"flags"}) else []
        for sentence, best in _matched(article, labels):
            found.append(_row(article, sentence, site[path.stem], best, known) | {"doc": path.stem, "sure": best["sure"]})
    return found


def excerpts(sentences: Path) -> list[Row]:
    """Sentences of further sites, a gzipped table of `site` and `sentence`, with the labels that `excerpts.tsv` gives to its lines.

    That table holds no text: the number of the line (1 is the first sentence), what the page is, and the labels. What stands before a
    sentence is the line before, where that is of the same site.
    """
    with gzip.open(sentences, "rt", encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [_excerpt(lines, label) for label in _table("excerpts.tsv")]


def own() -> list[Row]:
    """The project's own copy: whole pages, and sentences labelled for one flag each."""
    return [*pages((HERE / "pages.tsv").read_text(encoding="utf-8")), *_sentences()]


def pages(text: str) -> Iterator[Row]:
    """Pages with all labels, a line a sentence.

    A page begins with `#`, vertical, stance and what page it is. The fields of a sentence: its role (h heading, p first of a paragraph,
    + next of the same, - list item, q quotation, b button or caption), kind, need, source, flags, and the sentence.
    """
    page = title = heading = before = lead_in = ""
    for line in text.splitlines():
        if line.startswith("#\t"):
            page, title, heading, before, lead_in = " ".join(line.split("\t")[1:3]), "", "", "", ""
            continue
        role, kind, need, source, flags, sentence = line.split("\t")
        sentence = fold(sentence)
        above = title if role == "h" else heading
        beside = {"+": before, "-": lead_in}.get(role, "")
        label = {"kind": kind, "need": need, "source": source, "flags": flags}
        yield _told(OWN, sentence, (page, first(above, HEADING), last(beside, BEFORE)), label)
        if role == "h":
            title, heading = title or sentence, sentence
        if role != "-":
            before, lead_in = sentence, sentence if sentence.endswith(":") else ""


def bare(rows: Sequence[Row]) -> list[Row]:
    """Rows as they would stand on a page that holds nothing else: so the judge meets real sentences without a setting too."""
    return [row | {"setting": row["setting"].split(" | ")[0]} for row in rows]


def fingerprint(rows: Sequence[Row]) -> str:
    """A name for what was learned from."""
    told = [[row[key] for key in ("site", "text", "setting", "need", "kind", "flags", "known")] for row in rows]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()[:32]


def _labels(path: Path) -> tuple[dict[str, set[str]], list[Row]]:
    header: dict[str, set[str]] = {}
    labels = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#doc"):
            header = {name: set(value.split(",")) for name, _, value in (field.partition("=") for field in line.split("\t")[3:])}
        elif line and not line.startswith("#"):
            _, start, end, kind, need, source, flags = line.split("\t")[:7]
            codes = [flag.split(":")[0] for flag in flags.split(",")]
            labels.append({"start": int(start), "end": int(end), "kind": kind, "need": int(need), "source": source, "flags": codes})
    return header, labels


def _article(source: Source, settings: Settings, nlp: Any) -> Article:
    article = parse([read(source)], nlp)[0]
    article.profile = profile_of(settings, detect(article))
    return article


def _matched(article: Article, labels: Sequence[Row]) -> Iterator[tuple[Any, Row]]:
    for sentence in filter(is_judged, article.sentences):
        spot = sentence.span()
        shared, best = max(
            ((min(label["end"], spot.end) - max(label["start"], spot.start), label) for label in labels), key=lambda pair: pair[0]
        )
        if shared > 0:
            yield sentence, best | {"sure": 2 * shared > max(spot.end - spot.start, best["end"] - best["start"])}


def _row(article: Article, sentence: Any, site: str, label: Row, known: Sequence[str]) -> Row:
    text, setting = passage(article, sentence)
    flags = [code for code in label["flags"] if code in LABELS]
    return {"site": site, "text": text, "setting": setting, "need": label["need"], "kind": label["kind"], "source": label["source"],
            "flags": flags, "known": list(known), "flagged": bool(known)}  # fmt: skip


def _excerpt(lines: Sequence[Sequence[str]], label: dict[str, str]) -> Row:
    number = int(label["line"])
    site, text = lines[number][0], fold(lines[number][1])
    before = fold(lines[number - 1][1]) if lines[number - 1][0] == site else ""
    return _told(site, text, (f"{label['vertical']} {label['stance']}", last(before, BEFORE)), label)


def _told(site: str, sentence: str, setting: Sequence[str], label: dict[str, str]) -> Row:
    """A sentence of which all labels are known; of its setting what there is."""
    flags = [code for code in label["flags"].split(",") if code in LABELS]
    return {"site": site, "text": first(sentence, LONGEST), "setting": " | ".join(filter(None, setting)), "need": int(label["need"]),
            "kind": label["kind"], "source": label["source"], "flags": flags, "known": list(LABELS), "flagged": True}  # fmt: skip


def _sentences() -> Iterator[Row]:
    for line in _table("sentences.tsv"):
        setting = f"{line['vertical']} {line['stance']}" + (f" | {line['context']}" if line["context"] else "")
        yield {"site": OWN, "text": line["sentence"], "setting": setting, "need": None, "kind": None, "source": "-",
               "flags": [line["flag"]] if line["value"] == "1" else [], "known": [line["flag"]], "flagged": True}  # fmt: skip


def _table(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))

"""Training: the project's own copy is read as it is meant, and the same copy gives the same weights, byte for byte."""

from __future__ import annotations

import csv
from collections import Counter
from itertools import groupby
from pathlib import Path

import numpy as np
import pytest

from tests.checkout import ROOT
from tools import train_claims

PAGES = ROOT / "tools" / "claims" / "pages.tsv"


def lines() -> list[dict[str, str]]:
    with PAGES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_own_pages_are_labelled_by_the_rules():
    assert all(line["need"] in "012" and line["kind"] in "EMSRCFGHN" and (line["kind"] != "N" or line["need"] == "0") for line in lines())
    assert len({(line["page"], line["text"]) for line in lines()}) > 1000


def sample(path: Path, every: int, target: Path) -> list[dict[str, str]]:
    """Write every so many-th page, or line where there are no pages, of a table into another; its lines."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    names = list(dict.fromkeys(row.get("page") or row["id"] for row in rows))[::every]
    kept = [row for row in rows if (row.get("page") or row["id"]) in set(names)]
    target.write_text("\n".join(["\t".join(rows[0]), *("\t".join(row.values()) for row in kept)]) + "\n", encoding="utf-8")
    return kept


def test_nearly_every_own_sentence_is_a_unit_with_its_own_label(tmp_path):
    kept = sample(PAGES, 5, tmp_path / "pages.tsv")
    rows = [row for row in train_claims.read_pages(tmp_path / "pages.tsv") if row.part == "own" and row.label]
    assert len(kept) > 500 and len(rows) >= 0.97 * len(kept)
    assert Counter(row.label.need for row in rows)[2] >= 0.95 * sum(line["need"] == "2" for line in kept)


def test_vector_knows_only_named_features():
    assert train_claims.vector({"a": 0, "b": 1}, {"b": 2.0, "c": 1.0}) == [(1, 2.0)]


@pytest.mark.slow
def test_training_is_deterministic(tmp_path, monkeypatch):
    """A folder of articles with labels, in the form that the tool takes, made of some own pages; twice the same weights."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "labels").mkdir()
    for name, members in _some():
        text, labels = "", []
        for number, line in enumerate(members):
            text += "\n\n" if text else ""
            span = len(text), len(text) + len(line["text"])
            labels.append("\t".join(map(str, (number, *span, line["kind"], line["need"], "-", "-"))))
            text += line["text"]
        (tmp_path / "docs" / f"{name}.md").write_text(text + "\n", encoding="utf-8")
        (tmp_path / "labels" / f"{name}.tsv").write_text("#doc\tother\tmarketing\n" + "\n".join(labels) + "\n", encoding="utf-8")
    sample(PAGES, 24, tmp_path / "pages.tsv")
    sample(train_claims.OWN, 24, tmp_path / "own.tsv")
    for name, value in (("FOLDS", 3), ("PAGES", tmp_path / "pages.tsv"), ("OWN", tmp_path / "own.tsv")):
        monkeypatch.setattr(train_claims, name, value)
    monkeypatch.setattr(train_claims, "KIND_BITS", 8)  # the size of the tables is most of the work
    monkeypatch.setattr(train_claims.features, "HASH_BITS", 12)
    monkeypatch.setattr(train_claims.features, "_MASK", (1 << 12) - 1)
    one, about = train_claims.train(tmp_path)
    two, again = train_claims.train(tmp_path)
    assert about == again and about["trained_on"]["articles"] == 6
    assert one.keys() == two.keys() and all(np.array_equal(one[name], two[name]) for name in one)


def _some() -> list[tuple[str, list[dict[str, str]]]]:
    pages = [(name, list(members)) for name, members in groupby(lines(), key=lambda line: line["page"])]
    return pages[::12][:6]

"""Training: the project's own copy is read as it is meant, and the same copy gives the same weights, byte for byte."""

from __future__ import annotations

import csv
from collections import Counter
from itertools import groupby

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


def test_nearly_every_own_sentence_is_a_unit_with_its_own_label():
    rows = [row for row in train_claims.read_pages(PAGES) if row.part == "own" and row.label]
    assert len(rows) >= 0.97 * len(lines())
    assert Counter(row.label.need for row in rows)[2] >= 0.95 * sum(line["need"] == "2" for line in lines())


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
    monkeypatch.setattr(train_claims, "FOLDS", 3)
    one, about = train_claims.train(tmp_path)
    two, again = train_claims.train(tmp_path)
    assert about == again and about["trained_on"]["articles"] == 6
    assert one.keys() == two.keys() and all(np.array_equal(one[name], two[name]) for name in one)


def _some() -> list[tuple[str, list[dict[str, str]]]]:
    pages = [(name, list(members)) for name, members in groupby(lines(), key=lambda line: line["page"])]
    return pages[::12][:6]

"""What the judge learns from, and how its chances and bars come about."""

from __future__ import annotations

import gzip

import numpy as np
import pytest

from training import calibrate, rows
from training.labels import KINDS, LABELS


def test_own_sentences_are_well_formed():
    table = rows._table("sentences.tsv")
    assert {line["flag"] for line in table} == set(LABELS) and {line["value"] for line in table} == {"0", "1"}
    assert {line["stance"] for line in table} <= {"promotional", "editorial", "unclear"}
    assert all(line["sentence"].strip() and None not in line.values() for line in table)
    assert len({line["sentence"].lower() for line in table}) == len(table)


def test_an_own_sentence_tells_of_one_label_only():
    row = next(row for row in rows.own() if row["text"] == "Double the dose on bad days.")
    assert (row["flags"], row["known"], row["need"], row["site"]) == (["adv"], ["adv"], None, rows.OWN)


def test_bare_rows_keep_what_the_page_sells_only():
    (row,) = rows.bare([{"text": "It works.", "setting": "dental promotional | Veneers | They are thin.", "need": 2}])
    assert row == {"text": "It works.", "setting": "dental promotional", "need": 2}


def test_a_folder_of_labelled_articles(tmp_path):
    for name in ("docs", "labels"):
        tmp_path.joinpath(name).mkdir()
    text = "Our tea cures gout. We are open daily.\n"
    tmp_path.joinpath("docs", "a.md").write_text(text, encoding="utf-8")
    labels = "#doc\tsupplement\tmarketing\tpresent=-\n1\t0\t19\tG\t2\t-\tabs,fda\n2\t20\t38\tN\t0\t-\t-\n"
    tmp_path.joinpath("labels", "a.tsv").write_text(labels, encoding="utf-8")
    tmp_path.joinpath("sites.tsv").write_text("doc\tsite\na\ts1\n", encoding="utf-8")
    one, two = rows.labelled(tmp_path)
    assert (one["text"], one["need"], one["kind"], one["flags"], one["site"]) == ("Our tea cures gout.", 2, "G", ["abs", "fda"], "s1")
    assert (two["need"], two["flags"], two["known"]) == (0, [], list(LABELS))
    assert rows.fingerprint([one, two]) == rows.fingerprint(rows.labelled(tmp_path)) != rows.fingerprint([one])


def test_a_curve_gives_back_the_chances_that_made_the_truth():
    logits = np.linspace(-4, 4, 4001)
    chances = 1 / (1 + np.exp(-(0.5 * logits - 1)))
    truth = np.random.default_rng(1).random(len(logits)) < chances
    slope, intercept = calibrate.platt(logits, truth)
    assert slope == pytest.approx(0.5, abs=0.06) and intercept == pytest.approx(-1, abs=0.12)


def test_a_bar_is_the_lowest_that_reaches_the_precision():
    chances = np.linspace(1, 0, 100)
    truth = np.array([at < 20 or at % 2 == 0 for at in range(100)])
    none = np.zeros(100, dtype=bool)
    least = calibrate.bar(chances, truth, none, 0.8)
    on = chances >= least - 1e-4
    assert truth[on].mean() >= 0.8 > truth[: on.sum() + 4].mean() - 0.02
    assert calibrate.bar(chances, ~truth & none, none, 0.8) == 1.01


def test_excerpts_take_their_text_from_the_lines_that_the_table_names(tmp_path, monkeypatch):
    lines = ["site\tsentence", "s1\tA new  clinic’s page.", "s1\tOur tea cures gout.", "s2\tWe are open daily."]
    with gzip.open(tmp_path / "sentences.tsv.gz", "wt", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    table = "line\tvertical\tstance\tkind\tneed\tsource\tflags\n2\tsupplement\tpromotional\tG\t2\t-\tabs,fda\n3\tdental\teditorial\tN\t0\t-\t-\n"
    tmp_path.joinpath("excerpts.tsv").write_text(table, encoding="utf-8")
    monkeypatch.setattr(rows, "HERE", tmp_path)
    one, two = rows.excerpts(tmp_path / "sentences.tsv.gz")
    assert (one["text"], one["setting"]) == ("Our tea cures gout.", "supplement promotional | A new clinic's page.")
    assert (one["need"], one["kind"], one["flags"], one["site"], one["known"]) == (2, "G", ["abs", "fda"], "s1", list(LABELS))
    assert (two["text"], two["setting"], two["flags"]) == ("We are open daily.", "dental editorial", [])


def test_the_labels_of_excerpts_are_well_formed():
    table = rows._table("excerpts.tsv")
    numbers = [int(line["line"]) for line in table]
    assert numbers == sorted(set(numbers)) and {line["need"] for line in table} == {"0", "1", "2"}
    assert {line["kind"] for line in table} <= set(KINDS) and {line["stance"] for line in table} == {"promotional", "editorial"}
    assert {flag for line in table for flag in line["flags"].split(",")} == {"-", *LABELS}

"""What the judge learns from, and how its chances and bars come about."""

from __future__ import annotations

import gzip
from pathlib import Path

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


def test_own_pages_tell_of_all_labels_and_of_what_a_sentence_stands_in():
    page = "\n".join(
        (
            "#\tsupplement\tpromotional\tproduct page",
            "h\tN\t0\t-\t-\tLarch Drops",
            "h\tH\t1\t-\t-\tSore knees",
            "p\tN\t0\t-\t-\tWe make it here.",
            "+\tE\t2\tv\tabs,fda\tIt ends gout.",
            "p\tN\t0\t-\t-\tIt helps with:",
            "-\tE\t2\t-\tfda\tGout",
            "b\tN\t0\t-\tpress\tHalf price today",
        )
    )
    *_, title, heading, first, second, lead_in, item, button = rows.pages(page)
    assert [row["setting"] for row in (title, heading, first)] == [
        "supplement promotional",
        "supplement promotional | Larch Drops",
        "supplement promotional | Sore knees",
    ]
    assert second["setting"] == "supplement promotional | Sore knees | We make it here."
    assert item["setting"] == "supplement promotional | Sore knees | It helps with:"
    assert (second["text"], second["kind"], second["need"], second["source"], second["flags"]) == (
        "It ends gout.",
        "E",
        2,
        "v",
        ["abs", "fda"],
    )
    assert button["known"] == list(LABELS) and button["site"] == rows.OWN and lead_in["setting"] == first["setting"]


def test_own_pages_are_well_formed():
    lines = [line.split("\t") for line in (rows.HERE / "pages.tsv").read_text(encoding="utf-8").splitlines()]
    heads, sentences = [line for line in lines if line[0] == "#"], [line for line in lines if line[0] != "#"]
    assert lines[0][0] == "#" and all(len(line) == 4 and line[2] in ("promotional", "editorial") for line in heads)
    assert all(
        len(line) == 6 and line[0] in set("hp+-qb") and line[2] in set("012") and line[3] in set("-vncx") and line[5].strip()
        for line in sentences
    )
    assert {line[1] for line in sentences} == set(KINDS)
    assert {flag for line in sentences for flag in line[4].split(",")} == {*LABELS, "-"}


def test_bare_rows_keep_what_the_page_sells_only():
    (row,) = rows.bare([{"text": "It works.", "setting": "dental promotional | Veneers | They are thin.", "need": 2}])
    assert row == {"text": "It works.", "setting": "dental promotional", "need": 2}


def folder(path: Path, text: str, *labels: str) -> Path:
    """A folder with one labelled article; `labels`: start, end, kind, need, source and flags of its sentences, between blanks."""
    for name in ("docs", "labels"):
        path.joinpath(name).mkdir()
    path.joinpath("docs", "a.md").write_text(text, encoding="utf-8")
    lines = ["\t".join([str(number), *label.split()]) for number, label in enumerate(labels, 1)]
    path.joinpath("labels", "a.tsv").write_text("\n".join(["#doc\tsupplement\tmarketing\tpresent=-", *lines, ""]), encoding="utf-8")
    path.joinpath("sites.tsv").write_text("doc\tsite\na\ts1\n", encoding="utf-8")
    return path


def test_a_folder_of_labelled_articles(tmp_path):
    folder(tmp_path, "Our tea cures gout. We are open daily.\n", "0 19 G 2 - abs,fda", "20 38 N 0 - -")
    one, two = rows.labelled(tmp_path)
    assert (one["text"], one["need"], one["kind"], one["flags"], one["site"]) == ("Our tea cures gout.", 2, "G", ["abs", "fda"], "s1")
    assert (two["need"], two["flags"], two["known"]) == (0, [], list(LABELS))
    assert rows.fingerprint([one, two]) == rows.fingerprint(rows.labelled(tmp_path)) != rows.fingerprint([one])


def test_a_sentence_cut_otherwise_than_its_label_is_not_sure(tmp_path):
    folder(tmp_path, "Our tea cures gout. We are open daily. Ask us for a cup at the desk.\n", "0 38 G 2 - abs,fda", "39 68 N 0 - -")
    assert [(row["text"], row["sure"]) for row in rows.labelled(tmp_path)] == [
        ("Our tea cures gout.", False),
        ("We are open daily.", False),
        ("Ask us for a cup at the desk.", True),
    ]


def test_a_curve_through_rare_and_far_logits_is_no_step():
    rng = np.random.default_rng(2)
    logits = np.concatenate([rng.normal(-12, 2, 10_000), rng.normal(-6, 3, 100)])
    slope, intercept = calibrate.platt(logits, np.arange(len(logits)) >= 10_000)
    assert 0.5 < slope < 2 and 0 < intercept < 10


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

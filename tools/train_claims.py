"""Train the claim scorer: learn its weights from a folder of labelled articles and write the one file that ships.

usage: python tools/train_claims.py FOLDER [--output FILE]

FOLDER holds docs/<id>.<ext> and labels/<id>.tsv (a line a sentence: n, start, end, kind, need, source, flags). Training is
deterministic: the same folder gives the same file, byte for byte. Needs scikit-learn; the linter does not.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import re
import sys
from collections import Counter
from functools import cache
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from copycheck.article import Sentence, parse
from copycheck.claims import features, scorer
from copycheck.document import Document
from copycheck.readers import read
from copycheck.source import Source, decode

LETTERS = dict(
    zip("EMSRCFGH", ("efficacy", "mechanism", "statistic", "research", "comparative", "safety", "guarantee", "condition"), strict=True)
)
SUPPORTED = "c"  # the code of a sentence that cites a source
SEEN_AT_LEAST = 15  # sentences a named feature must occur in
FOLDS = 10
STRENGTH = 3.0  # inverse of the penalty on weights
KIND_BITS = 14
THRESHOLDS = (0.3, 0.4, 0.45, 0.48, 0.5, 0.6, 0.7, 0.8, 0.9)  # whose figures the file carries
OWN = Path(__file__).parent / "claims" / "sentences.tsv"
OWN_KINDS = {letter: letter for letter in "EMSRCFGH"} | {"K": "H", "P": "S"}
PAGES = Path(__file__).parent / "claims" / "pages.tsv"
WEIGHTS = {"page": 1.0, "block": 0.4, "own": 0.3, "own block": 0.3}
OUTPUT = Path(__file__).parent.parent / "copycheck" / "data" / "claims" / "weights.bin"


class Label(NamedTuple):
    start: int
    end: int
    kind: str
    need: int
    source: str


class Row(NamedTuple):
    """A sentence of an article with the label of the sentence that it mostly is.

    `part`: `page` (as it stands in its article) or `block` (its paragraph read as a page of its own: pages may be short); `own` and
    `own block` for what was written for this project.
    """

    article: str
    index: int  # place among the sentences of its article
    named: dict[str, float]
    words: frozenset[int]
    letters: frozenset[int]
    label: Label | None
    part: str = "page"


def read_labels(path: Path) -> list[Label]:
    labels = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            _, start, end, kind, need, source, *_ = line.split("\t")
            labels.append(Label(int(start), int(end), kind, int(need), source))
    return labels


def read_rows(folder: Path) -> tuple[list[Row], dict[str, str]]:
    """All sentences of the articles' main copy, in their page and in their block alone, and each article's text."""
    rows: list[Row] = []
    texts: dict[str, str] = {}
    for labelled in sorted((folder / "labels").glob("*.tsv")):
        path = next((folder / "docs").glob(labelled.stem + ".*"))
        document = read(decode(path.read_bytes(), path.name))
        texts[labelled.stem] = document.source.text
        labels = read_labels(labelled)
        sentences = sentences_of(document)
        rows += rows_of(labelled.stem, sentences, labels, "page")
        for _, members in groupby(sentences, key=lambda sentence: sentence.block_index):
            rows += rows_of(labelled.stem, tuple(members), labels, "block")
    return rows, texts


@cache
def pipeline() -> Any:
    """The pipeline that articles are read with."""
    from copycheck.nlp.pipeline import load

    return load()


def sentences_of(document: Document) -> tuple[Sentence, ...]:
    """The sentences of a document as a run reads them."""
    return parse([document], pipeline())[0].sentences


def rows_of(article: str, sentences: tuple[Sentence, ...], labels: list[Label], part: str) -> list[Row]:
    page = features.page_of(sentences)
    rows = []
    for index, sentence in enumerate(page.sentences):
        if sentence.block.region == "main":
            words, letters = features.grams(page.evidence[index])
            named = features.describe(page, index)
            rows.append(Row(article, index, named, frozenset(words), frozenset(letters), label_of(sentence.span(), labels), part))
    return rows


def read_own(path: Path) -> list[Row]:
    """The sentences that were written for this project, each read alone or after the sentence that it refers to."""
    rows: list[Row] = []
    with path.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            before = line["context"] + "\n\n" if line["context"] else ""
            document = read(Source("own.md", before + line["text"]), "markdown")
            labelled = Label(len(before), len(before) + len(line["text"]), OWN_KINDS.get(line["kind"], "N"), 2 * int(line["label"]), "-")
            rows += [row for row in rows_of(line["id"], sentences_of(document), [labelled], "own") if row.label]
    return rows


def read_pages(path: Path) -> list[Row]:
    """The pages that were written for this project: a line a sentence, sentences of one block in one paragraph."""
    rows: list[Row] = []
    with path.open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    for name, members in groupby(lines, key=lambda line: line["page"]):
        text, labels = "", []
        for _, sentences in groupby(members, key=lambda line: line["block"]):
            text += "\n\n" if text else ""
            for number, line in enumerate(sentences):
                text += " " if number else ""
                labels.append(Label(len(text), len(text) + len(line["text"]), line["kind"], int(line["need"]), "-"))
                text += line["text"]
        sentences = sentences_of(read(Source("own.md", text + "\n"), "markdown"))
        rows += rows_of(name, sentences, labels, "own")
        for _, parts in groupby(sentences, key=lambda sentence: sentence.block_index):
            rows += rows_of(name, tuple(parts), labels, "own block")
    return rows


def label_of(span: tuple[int, int], labels: list[Label]) -> Label | None:
    shares = [
        (min(span[1], label.end) - max(span[0], label.start), label) for label in labels if label.start < span[1] and span[0] < label.end
    ]
    return max(shares, key=lambda share: share[0])[1] if shares else None


def sites(texts: dict[str, str]) -> dict[str, int]:
    """Articles of one site get one number: shared passages, rare hosts or the same front matter tell, generously."""
    names = sorted(texts)
    grams, hosts, keys = {}, {}, {}
    for name in names:
        words = re.findall(r"\w+", texts[name])
        grams[name] = set(zip(*(words[at:] for at in range(6)), strict=False))
        hosts[name] = set(re.findall(r"https?://(?:www\.)?([\w.-]+)", texts[name]))
        front = re.match(r"---\r?\n(.*?)\n---", texts[name], re.DOTALL)
        keys[name] = set(re.findall(r"^(\s*\w+):", front.group(1), re.MULTILINE)) if front else set()
    common = Counter(gram for name in names for gram in grams[name])
    known = Counter(host for name in names for host in hosts[name])
    everywhere = re.compile(
        r"w3\.org|google|facebook|twitter|youtube|instagram|schema|cloudflare|jquery|linkedin|fonts|\.gov|amazon|gravatar|pinterest|bootstrap"
    )
    site = {name: at for at, name in enumerate(names)}

    def join(one: str, two: str) -> None:
        old, new = site[one], site[two]
        for name in names:
            if site[name] == old:
                site[name] = new

    for at, one in enumerate(names):
        for two in names[:at]:
            shared = sum(common[gram] <= 40 for gram in grams[one] & grams[two])
            fewest = min(len(grams[one]), len(grams[two])) + 1
            rare = any(known[host] <= 20 and not everywhere.search(host) for host in hosts[one] & hosts[two])
            both, either = len(keys[one] & keys[two]), len(keys[one] | keys[two])
            if (shared >= 12 and shared / fewest > 0.02) or rare or (min(len(keys[one]), len(keys[two])) >= 5 and both / either >= 0.65):
                join(one, two)
    return site


def matrix(rows: list[frozenset[int]], size: int) -> csr_matrix:
    """Hashes as columns; each row as long as 1."""
    columns = [sorted({found % size for found in row}) for row in rows]
    values = [1 / np.sqrt(max(len(row), 1)) for row in rows for _ in {found % size for found in row}]
    bounds = np.cumsum([0, *map(len, columns)])
    return csr_matrix((values, [at for row in columns for at in row], bounds), shape=(len(rows), size))


def vector(names: dict[str, int], named: dict[str, float]) -> list[tuple[int, float]]:
    """The features that `names` knows, as (index, value)."""
    return [(names[name], value) for name, value in named.items() if name in names]


def named_matrix(rows: list[Row], names: dict[str, int]) -> csr_matrix:
    cells = [sorted(vector(names, row.named)) for row in rows]
    bounds = np.cumsum([0, *map(len, cells)])
    return csr_matrix(
        ([value for row in cells for _, value in row], [at for row in cells for at, _ in row], bounds), shape=(len(rows), len(names))
    )


def regression(strength: float, balanced: bool = True, classes: int = 2) -> LogisticRegression:
    """Logistic regression; two classes by liblinear, which is quickest on wide sparse rows."""
    return LogisticRegression(
        C=strength,
        class_weight="balanced" if balanced else None,
        solver="liblinear" if classes == 2 else "lbfgs",
        max_iter=2000,
        random_state=0,
    )


def is_claim(label: Label | None) -> bool:
    return label is not None and label.need == 2 and label.source != SUPPORTED


def figures(chances: np.ndarray, truth: np.ndarray, threshold: float) -> dict[str, float]:
    said = chances >= threshold
    right = int((said & truth).sum())
    precision, recall = right / max(int(said.sum()), 1), right / max(int(truth.sum()), 1)
    return {
        "threshold": threshold,
        "precision": round(precision, 3),
        "recall": round(recall, 3),
        "f1": round(2 * precision * recall / max(precision + recall, 1e-9), 3),
    }


def near_matrix(rows: list[Row], logits: np.ndarray) -> np.ndarray:
    """Each row's surroundings (see scorer.surroundings), page by page: a page begins where the article changes or the index restarts."""
    out = np.zeros((len(rows), 5), dtype=np.float32)
    begins = [at for at, row in enumerate(rows) if not at or row.article != rows[at - 1].article or row.index <= rows[at - 1].index]
    for begin, end in pairwise([*begins, len(rows)]):
        out[begin:end] = scorer.surroundings(logits[begin:end].tolist())
    return out


def packed(table: np.ndarray) -> tuple[np.ndarray, float]:
    """A table as 8-bit numbers and their scale."""
    scale = float(np.abs(table).max()) / 127 or 1.0
    return np.round(table / scale).astype(np.int8), float(np.float32(scale))


def train(folder: Path) -> tuple[dict[str, np.ndarray], dict[str, object]]:
    rows, texts = read_rows(folder)
    rows += read_own(OWN) + read_pages(PAGES)
    truth = np.array([is_claim(row.label) for row in rows])
    clear = np.array([row.label is not None and row.label.need != 1 for row in rows])
    paged = np.array([row.part == "page" for row in rows])
    alone = np.array([row.part == "block" for row in rows])
    worth = np.array([WEIGHTS[row.part] for row in rows])
    site = sites(texts)
    own = {name: len(site) + at for at, name in enumerate(dict.fromkeys(row.article for row in rows if row.article not in site))}
    groups = np.array([site[row.article] if row.article in site else own[row.article] for row in rows])
    seen = Counter(name for row in rows if row.part in ("page", "own") for name in row.named)
    names = {name: at for at, name in enumerate(sorted(name for name, count in seen.items() if count >= SEEN_AT_LEAST))}
    words, letters = (
        matrix([row.words for row in rows], 1 << features.HASH_BITS),
        matrix([row.letters for row in rows], 1 << features.HASH_BITS),
    )
    named = named_matrix(rows, names)
    everything = hstack([words, letters, named * scorer.NAMED_SCALE]).tocsr()

    aside = np.zeros(len(rows))  # logits of models that have not seen the site
    for learn, judge in GroupKFold(FOLDS).split(everything, truth, groups):
        learn = learn[clear[learn]]
        aside[judge] = regression(STRENGTH).fit(everything[learn], truth[learn], worth[learn]).decision_function(everything[judge])
    near = near_matrix(rows, aside)
    chances = np.zeros(len(rows))
    for learn, judge in GroupKFold(FOLDS).split(near, truth, groups):
        learn = learn[(clear & paged)[learn]]
        chances[judge] = regression(1.0, balanced=False).fit(near[learn], truth[learn]).predict_proba(near[judge])[:, 1]
    surroundings = regression(1.0, balanced=False).fit(near[clear & paged], truth[clear & paged])
    whole = regression(STRENGTH).fit(everything[clear], truth[clear], worth[clear])

    claims = np.array(
        [at for at, row in enumerate(rows) if row.part in ("page", "own") and row.label is not None and row.label.kind in LETTERS]
    )
    kinds = np.array([scorer.KINDS.index(LETTERS[rows[at].label.kind]) for at in claims])  # type: ignore[union-attr]
    for_kinds = hstack([matrix([rows[at].words for at in claims], 1 << KIND_BITS), named[claims] * scorer.NAMED_SCALE]).tocsr()
    told = np.zeros(len(claims), dtype=int)
    for learn, judge in GroupKFold(FOLDS).split(for_kinds, kinds, groups[claims]):
        told[judge] = regression(STRENGTH, classes=len(scorer.KINDS)).fit(for_kinds[learn], kinds[learn]).predict(for_kinds[judge])
    kind_model = regression(STRENGTH, classes=len(scorer.KINDS)).fit(for_kinds, kinds)
    must = np.array([is_claim(rows[at].label) for at in claims])

    size = 1 << features.HASH_BITS
    tables = {
        "words": whole.coef_[0, :size],
        "letters": whole.coef_[0, size : 2 * size],
        "kind_words": kind_model.coef_[:, : 1 << KIND_BITS],
    }
    arrays, scales = {}, {}
    for name, table in tables.items():
        arrays[name], scales[name] = packed(table)
    for name, table in {
        "named": whole.coef_[0, 2 * size :] * scorer.NAMED_SCALE,
        "kinds": kind_model.coef_[:, 1 << KIND_BITS :] * scorer.NAMED_SCALE,
        "near": surroundings.coef_[0],
    }.items():
        arrays[name] = np.round(table, 4).astype(np.float32)
    about = {
        "names": list(names),
        "scales": scales,
        "bias": round(float(whole.intercept_[0]), 4),
        "near_bias": round(float(surroundings.intercept_[0]), 4),
        "kind_bias": [round(float(bias), 4) for bias in kind_model.intercept_],
        "trained_on": {
            "articles": len(texts),
            "sites": len(set(site.values())),
            "sentences": int(paged.sum()),
            "claims": int(truth[paged].sum()),
            "own_sentences": sum(row.part == "own" for row in rows),
            "fingerprint": fingerprint(folder),
        },
        "cross_validated_by_site": [figures(chances[clear & paged], truth[clear & paged], threshold) for threshold in THRESHOLDS],
        "cross_validated_alone": [figures(chances[clear & alone], truth[clear & alone], threshold) for threshold in (0.3, 0.5, 0.7)],
        "kind_accuracy": {
            "all": round(float((told == kinds).mean()), 3),
            "must_have_a_source": round(float((told == kinds)[must].mean()), 3),
        },
    }
    return arrays, about


def fingerprint(folder: Path) -> str:
    digest = hashlib.sha256()
    for part in ("docs", "labels"):
        for path in sorted((folder / part).iterdir()):
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    digest.update(OWN.read_bytes() + PAGES.read_bytes())
    return digest.hexdigest()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--output", type=Path, default=OUTPUT)
    options = parser.parse_args()
    arrays, about = train(options.folder)
    options.output.write_bytes(scorer.write({name: table.ravel().tolist() for name, table in arrays.items()}, about))
    shown = {
        name: value
        for name, value in about.items()
        if name in ("trained_on", "cross_validated_by_site", "cross_validated_alone", "kind_accuracy")
    }
    sys.stdout.write(json.dumps(shown, indent=2) + f"\n{options.output}: {options.output.stat().st_size} bytes\n")


if __name__ == "__main__":
    main()

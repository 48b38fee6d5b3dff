"""Network: a few layers of a pretrained transformer with one head for need, kind and labels, and a vocabulary cut to health copy."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import nn
from transformers import BertConfig, BertModel

from training.labels import KINDS, LABELS

LONGEST = 96
"""Pieces of a sentence with its setting."""
_ALWAYS = ("[PAD]", "[UNK]", "[CLS]", "[SEP]")


def vocabulary(base: Path, texts: Iterable[str], least: int) -> tuple[Tokenizer, list[int]]:
    """The tokenizer of `base` with those of its pieces that occur `least` times in `texts`, and their old numbers.

    Special pieces and single letters stay, so that every word can still be spelt.
    """
    full = Tokenizer.from_file(str(base / "tokenizer.json"))
    full.no_truncation()
    full.no_padding()
    counts = Counter(piece for encoding in full.encode_batch(list(texts), add_special_tokens=False) for piece in encoding.tokens)
    data = json.loads(full.to_str())
    old = data["model"]["vocab"]
    pieces = [piece for piece in sorted(old, key=old.__getitem__) if piece in _ALWAYS or _is_letter(piece) or counts[piece] >= least]
    new = {piece: number for number, piece in enumerate(pieces)}
    data["model"]["vocab"] = new
    data["added_tokens"] = [token | {"id": new[token["content"]]} for token in data["added_tokens"] if token["content"] in new]
    for token in data["post_processor"]["special_tokens"].values():
        token["ids"] = [new[piece] for piece in token["tokens"]]
    tokenizer = Tokenizer.from_str(json.dumps(data))
    tokenizer.enable_truncation(LONGEST, strategy="longest_first")
    tokenizer.no_padding()
    return tokenizer, [old[piece] for piece in pieces]


def _is_letter(piece: str) -> bool:
    letter = piece.removeprefix("##")
    return len(letter) == 1 and letter < "ɐ"


class Network(nn.Module):
    """Logits of need, KINDS and LABELS from the first piece's vector and the mean over the sentence's own pieces."""

    def __init__(self, base: Path, layers: int, pieces: Sequence[int]) -> None:
        super().__init__()
        config = BertConfig.from_pretrained(base)
        config._attn_implementation = "eager"
        self.bert = BertModel(config, add_pooling_layer=False)
        self.bert.load_state_dict(load_file(base / "model.safetensors"), strict=False)
        self.bert.encoder.layer = self.bert.encoder.layer[:layers]
        embeddings = self.bert.embeddings
        embeddings.word_embeddings = nn.Embedding.from_pretrained(embeddings.word_embeddings.weight.data[list(pieces)])
        embeddings.position_embeddings = nn.Embedding.from_pretrained(embeddings.position_embeddings.weight.data[:LONGEST].clone())
        for parameter in embeddings.parameters():
            parameter.requires_grad_(False)
        self.drop = nn.Dropout(0.1)
        self.head = nn.Linear(2 * config.hidden_size, 1 + len(KINDS) + len(LABELS))
        nn.init.constant_(self.head.bias[1 + len(KINDS) :], -3.0)  # labels are rare

    def forward(self, ids: torch.Tensor, types: torch.Tensor, mask: torch.Tensor) -> Any:
        hidden = self.bert(input_ids=ids, token_type_ids=types, attention_mask=mask).last_hidden_state
        own = (mask * (1 - types))[..., None].to(hidden.dtype)
        return self.head(self.drop(torch.cat([hidden[:, 0], (hidden * own).sum(1) / own.sum(1)], 1)))

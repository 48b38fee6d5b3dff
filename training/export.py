"""Export: the trained network as an ONNX file with 8-bit weights, as `copycheck.nlp.judge` runs it."""

from __future__ import annotations

from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn


class Exported(nn.Module):
    """One sentence in; its logits, and what each piece of it weighed in them, out."""

    def __init__(self, net: nn.Module) -> None:
        super().__init__()
        self.net = net

    def forward(self, ids: torch.Tensor, types: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        hidden = self.net.bert(input_ids=ids, token_type_ids=types, attention_mask=torch.ones_like(ids)).last_hidden_state
        own = (1 - types)[..., None].to(hidden.dtype)
        width = hidden.shape[-1]
        first, mean = self.net.head.weight[:, :width], self.net.head.weight[:, width:]
        weights = (hidden * own) @ mean.T / own.sum(1, keepdim=True)
        return hidden[:, 0] @ first.T + weights.sum(1) + self.net.head.bias, weights


def write(net: nn.Module, path: Path) -> None:
    """Write the network to `path`."""
    net.eval()
    full = path.with_suffix(".full.onnx")
    example = (torch.tensor([[1, 2, 3, 4, 5, 6]]), torch.tensor([[0, 0, 0, 0, 1, 1]]))
    torch.onnx.export(
        Exported(net),
        example,
        str(full),
        input_names=["ids", "types"],
        output_names=["logits", "weights"],
        dynamic_axes={"ids": {1: "pieces"}, "types": {1: "pieces"}, "weights": {1: "pieces"}},
        opset_version=17,
        dynamo=False,
    )
    quantize_dynamic(
        str(full),
        str(path),
        weight_type=QuantType.QInt8,
        per_channel=True,
        reduce_range=True,
        op_types_to_quantize=["MatMul", "Gather"],
        extra_options={"MatMulConstBOnly": True},
    )
    full.unlink()

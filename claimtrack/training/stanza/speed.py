"""The same arithmetic in a third of the time: packed LSTMs and dropout on a CPU.

PyTorch runs a packed LSTM on the CPU one time step at a time and records each step. Going backward,
every slice of a step fills a zero matrix as large as the whole batch, dropout draws one number at a
time, and the tagger pads predictions that training throws away: together two thirds of a training step.
:func:`quick_training` puts a hand-written backward pass and a cheaper draw in their place while models
are trained; the models that come out are ordinary ones. ``tests/test_training_speed.py`` holds them
against PyTorch's own.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import stanza.models.pos.model as tagger_model
import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import PackedSequence


class PackedDirection(torch.autograd.Function):
    """One direction of one LSTM layer over packed rows.

    Inputs: rows (N, I), states (B, H) twice, the four parameters, how many sequences live at each time
    step, and whether to run from the end. Outputs: rows (N, H) and the last states (B, H).
    """

    @staticmethod
    def forward(ctx: Any, data: Tensor, h0: Tensor, c0: Tensor, w_ih: Tensor, w_hh: Tensor, b_ih: Tensor,
                b_hh: Tensor, sizes: list[int], reverse: bool) -> tuple[Tensor, Tensor, Tensor]:  # fmt: skip
        hidden = h0.size(1)
        gates = torch.addmm(b_ih + b_hh, data, w_ih.t())
        before_h, before_c, after_c, out = (data.new_empty(data.size(0), hidden) for _ in range(4))
        h, c, recurrent = h0.clone(), c0.clone(), w_hh.t()
        for rows, live in _steps(sizes, reverse):
            before_h[rows], before_c[rows] = h[:live], c[:live]
            step = gates[rows]
            step.addmm_(h[:live], recurrent)
            step[:, : 2 * hidden].sigmoid_()
            step[:, 2 * hidden : 3 * hidden].tanh_()
            step[:, 3 * hidden :].sigmoid_()
            i, f, g, o = (step[:, k * hidden : (k + 1) * hidden] for k in range(4))
            torch.addcmul(f * c[:live], i, g, out=c[:live])
            tanh_c = torch.tanh(c[:live])
            after_c[rows] = tanh_c
            torch.mul(o, tanh_c, out=h[:live])
            out[rows] = h[:live]
        ctx.save_for_backward(data, w_ih, w_hh, gates, before_h, before_c, after_c)
        ctx.sizes, ctx.reverse = sizes, reverse
        return out, h, c

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> tuple[Tensor | None, ...]:
        data, w_ih, w_hh, gates, before_h, before_c, tanh_c = ctx.saved_tensors
        grad_out, grad_h, grad_c = grads[0], grads[1].clone(), grads[2].clone()
        hidden = grad_h.size(1)
        delta = torch.empty_like(gates)
        # The parts that need no recurrence, for all rows at once.
        i, f, g, o = (gates[:, k * hidden : (k + 1) * hidden] for k in range(4))
        through_c = o * (1 - tanh_c * tanh_c)
        to_i, to_f = g * i * (1 - i), before_c * f * (1 - f)
        to_g, to_o = i * (1 - g * g), tanh_c * o * (1 - o)
        for rows, live in reversed(_steps(ctx.sizes, ctx.reverse)):
            dh = grad_h[:live] + grad_out[rows]
            dc = torch.addcmul(grad_c[:live], dh, through_c[rows])
            step = delta[rows]
            torch.mul(dc, to_i[rows], out=step[:, :hidden])
            torch.mul(dc, to_f[rows], out=step[:, hidden : 2 * hidden])
            torch.mul(dc, to_g[rows], out=step[:, 2 * hidden : 3 * hidden])
            torch.mul(dh, to_o[rows], out=step[:, 3 * hidden :])
            torch.mul(dc, f[rows], out=grad_c[:live])
            torch.mm(step, w_hh, out=grad_h[:live])
        bias = delta.sum(0)
        return delta @ w_ih, grad_h, grad_c, delta.t() @ data, delta.t() @ before_h, bias, bias, None, None


def _steps(sizes: list[int], reverse: bool) -> list[tuple[slice, int]]:
    """Return the rows of each time step and how many sequences live in it, in the order of the run."""
    steps, start = [], 0
    for live in sizes:
        steps.append((slice(start, start + live), live))
        start += live
    return steps[::-1] if reverse else steps


def packed_lstm(lstm: nn.LSTM, packed: PackedSequence, hx: tuple[Tensor, Tensor] | None) -> Any:
    """Do what ``lstm(packed, hx)`` does, for one or more layers without projection."""
    directions = 2 if lstm.bidirectional else 1
    sizes = packed.batch_sizes.tolist()
    if hx is None:
        zeros = packed.data.new_zeros(lstm.num_layers * directions, sizes[0], lstm.hidden_size)
        hx = (zeros, zeros)
    rows, last_h, last_c = packed.data, [], []
    for layer in range(lstm.num_layers):
        if layer and lstm.dropout:
            rows = nn.functional.dropout(rows, lstm.dropout, lstm.training)
        outs = []
        for direction in range(directions):
            place = layer * directions + direction
            names = (f"{kind}_l{layer}{'_reverse' if direction else ''}"
                     for kind in ("weight_ih", "weight_hh", "bias_ih", "bias_hh"))  # fmt: skip
            out, h, c = PackedDirection.apply(  # type: ignore[no-untyped-call]
                rows, hx[0][place], hx[1][place], *(getattr(lstm, name) for name in names), sizes, bool(direction)
            )
            outs.append(out)
            last_h.append(h)
            last_c.append(c)
        rows = torch.cat(outs, 1)
    return PackedSequence(rows, packed.batch_sizes), (torch.stack(last_h), torch.stack(last_c))


def quick_dropout(x: Tensor, p: float) -> Tensor:
    """Drop numbers with probability ``p`` (rounded to a 256th) and scale the rest to keep the mean."""
    cut = round(p * 256)
    words = torch.empty((x.numel() + 7) // 8, dtype=torch.int64).random_(-(2**63), None)
    kept = words.view(torch.uint8)[: x.numel()].view(x.shape) >= cut
    return x * kept.to(x.dtype).mul_(256 / (256 - cut))


@contextmanager
def quick_training() -> Iterator[None]:
    """Speed up every packed LSTM and dropout while gradients are recorded on the CPU."""
    lstm, dropout, pad = nn.LSTM.forward, nn.Dropout.forward, tagger_model.pad_packed_sequence

    def pad_unless_training(packed: PackedSequence, *args: Any, **kwargs: Any) -> Any:
        if torch.is_grad_enabled():
            return packed.data.unsqueeze(0), None
        return pad(packed, *args, **kwargs)

    def lstm_forward(self: nn.LSTM, x: Any, hx: Any = None) -> Any:
        plain = isinstance(x, PackedSequence) and x.sorted_indices is None and not self.proj_size and self.bias
        if plain and torch.is_grad_enabled() and x.data.device.type == "cpu":
            return packed_lstm(self, x, hx)
        return lstm(self, x, hx)

    def dropout_forward(self: nn.Dropout, x: Tensor) -> Tensor:
        if self.training and 0 < self.p < 1 and x.device.type == "cpu":
            return quick_dropout(x, self.p)
        return dropout(self, x)

    nn.LSTM.forward, nn.Dropout.forward = lstm_forward, dropout_forward  # type: ignore[method-assign,assignment]
    tagger_model.pad_packed_sequence = pad_unless_training
    try:
        yield
    finally:
        nn.LSTM.forward, nn.Dropout.forward = lstm, dropout  # type: ignore[method-assign]
        tagger_model.pad_packed_sequence = pad

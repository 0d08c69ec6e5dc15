"""The hand-written LSTM and dropout of the training code against PyTorch's own."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("stanza")

from torch import nn  # noqa: E402
from torch.nn.utils.rnn import pack_sequence  # noqa: E402

from claimtrack.training.stanza.speed import packed_lstm, quick_dropout, quick_training  # noqa: E402


@pytest.mark.parametrize("layers", [1, 2])
@pytest.mark.parametrize("bidirectional", [False, True])
@pytest.mark.parametrize("lengths", [[5], [7, 4, 4, 1]])
def test_packed_lstm_gives_the_values_and_gradients_of_pytorch(
    layers: int, bidirectional: bool, lengths: list[int]
) -> None:
    torch.manual_seed(1)
    lstm = nn.LSTM(6, 5, layers, batch_first=True, bidirectional=bidirectional).double()
    rows = [torch.randn(n, 6, dtype=torch.double, requires_grad=True) for n in lengths]
    states = tuple(
        torch.randn(layers * (2 if bidirectional else 1), len(lengths), 5, dtype=torch.double, requires_grad=True)
        for _ in range(2)
    )
    wanted = [*lstm.parameters(), *rows, *states]

    def run(function):  # type: ignore[no-untyped-def]
        out, (h, c) = function(pack_sequence(rows), states)
        weights = torch.linspace(-1, 1, out.data.numel(), dtype=torch.double).view_as(out.data)
        loss = (out.data * weights).sum() + (h * h).sum() + c.sum()
        return out.data, torch.autograd.grad(loss, wanted)

    expected, expected_grads = run(lstm)
    found, found_grads = run(lambda x, hx: packed_lstm(lstm, x, hx))
    torch.testing.assert_close(found, expected)
    for grad, expected_grad in zip(found_grads, expected_grads, strict=True):
        torch.testing.assert_close(grad, expected_grad)


def test_quick_dropout_drops_the_asked_share_and_keeps_the_mean() -> None:
    torch.manual_seed(1)
    dropped = quick_dropout(torch.ones(200, 999), 0.25)
    assert float((dropped == 0).float().mean()) == pytest.approx(0.25, abs=0.01)
    assert float(dropped.mean()) == pytest.approx(1.0, abs=0.01)


def test_quick_training_leaves_pytorch_as_it_found_it() -> None:
    before = nn.LSTM.forward, nn.Dropout.forward
    with quick_training():
        assert nn.LSTM.forward is not before[0]
    assert (nn.LSTM.forward, nn.Dropout.forward) == before

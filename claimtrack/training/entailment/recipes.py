"""What the entailment model is trained on, and for how long."""

from __future__ import annotations

import logging
import random
from collections.abc import Callable

import torch
from torch.nn.attention import SDPBackend, sdpa_kernel

from claimtrack.analysis.encoder import Shape, from_bert
from claimtrack.relations.entailment.network import EntailmentNetwork
from claimtrack.training.encoder import Places
from claimtrack.training.entailment.data import read_pairs
from claimtrack.training.entailment.tasks import EntailmentTask
from claimtrack.training.loop import Schedule, fit
from claimtrack.training.stanza.speed import quick_training

logger = logging.getLogger(__name__)


def fresh(places: Places) -> EntailmentNetwork:
    """Return the network over the pretrained encoder."""
    network = EntailmentNetwork()
    state = places.weights()
    network.encoder.load_state_dict(from_bert(state, Shape().layers), strict=False)  # the second segment is not in it
    segments = state["embeddings.token_type_embeddings.weight"]
    with torch.no_grad():
        table: torch.Tensor = network.encoder.features[0].weight  # type: ignore[assignment]
        table[1] = segments[1] - segments[0]
    return network


NETWORK = Schedule(steps=7000, rate=1.5e-4, warmup=300, evaluate_every=1000, checkpoint_seconds=120)
"""About three and a half passes over what :data:`~claimtrack.training.entailment.data.SHARES` takes."""


def train_network(places: Places) -> None:
    """Fine-tune the encoder on the pairs."""
    random.seed(1)
    torch.manual_seed(1)
    pieces = places.vocabulary()
    places.work.mkdir(parents=True, exist_ok=True)
    train, dev = (read_pairs(places.corpus / f"{part}.jsonl.gz", pieces) for part in ("train", "dev"))
    logger.info("%d pairs, %d pieces a pair", len(train), sum(map(len, train)) / len(train))
    with quick_training(), sdpa_kernel(SDPBackend.MATH):  # a third less time than the fused kernel's way back
        fit(EntailmentTask(fresh(places), train, dev, pieces, NETWORK.rate), NETWORK, places.work / "network.pt")


STEPS: dict[str, Callable[[Places], None]] = {"network": train_network}

"""What the entailment model is trained on, and for how long."""

from __future__ import annotations

import logging
import random
from collections.abc import Callable, Mapping

import torch
from torch.nn.attention import SDPBackend, sdpa_kernel

from claimtrack.analysis.encoder import Shape, from_bert
from claimtrack.evaluation.entailment import read_labelled, three_way
from claimtrack.relations.entailment.model import EMBEDDED, Calibration, load, save
from claimtrack.relations.entailment.network import LABELS, EntailmentNetwork
from claimtrack.training.encoder import Places
from claimtrack.training.entailment.calibrate import fitted
from claimtrack.training.entailment.data import LATE_SHARES, SHARES, read_news, read_pairs
from claimtrack.training.entailment.tasks import EntailmentTask
from claimtrack.training.loop import Schedule, fit
from claimtrack.training.stanza.speed import quick_training

logger = logging.getLogger(__name__)


NEWS_FILE = "news.jsonl.gz"
"""Articles, for pairs of sentences that are on one matter and neutral."""


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


NETWORK = Schedule(steps=7000, rate=1.5e-4, warmup=300, evaluate_every=1000, checkpoint_seconds=120, stop=4000)
"""About two passes over what :data:`~claimtrack.training.entailment.data.SHARES` takes."""

FINISH = Schedule(steps=2400, rate=6.5e-5, warmup=20, evaluate_every=600, checkpoint_seconds=120)
"""Where the first schedule stopped, down to zero, over :data:`~claimtrack.training.entailment.data.LATE_SHARES`."""


def train_network(places: Places) -> None:
    """Fine-tune the encoder on all sources."""
    _train(places, fresh(places), NETWORK, SHARES, "network")


def finish_network(places: Places) -> None:
    """Go on with the sources that are most like what people write."""
    _train(places, trained(places, "network"), FINISH, LATE_SHARES, "finish")


def _train(
    places: Places, network: EntailmentNetwork, schedule: Schedule, shares: Mapping[str, float], name: str
) -> None:
    random.seed(1)
    torch.manual_seed(1)
    pieces = places.vocabulary()
    places.work.mkdir(parents=True, exist_ok=True)
    train, dev = (read_pairs(places.corpus / f"{part}.jsonl.gz", pieces) for part in ("train", "dev"))
    news = read_news(places.corpus / NEWS_FILE)
    logger.info("%d pairs, %d pieces a pair", len(train), sum(map(len, train)) / len(train))
    with quick_training(), sdpa_kernel(SDPBackend.MATH):  # a third less time than the fused kernel's way back
        fit(
            EntailmentTask(network, train, dev, pieces, schedule.rate, news, shares),
            schedule,
            places.work / f"{name}.pt",
        )


def trained(places: Places, name: str) -> EntailmentNetwork:
    """Return the network with the weights that a step made."""
    network = EntailmentNetwork()
    network.load_state_dict(torch.load(places.work / f"{name}.pt", weights_only=True, map_location="cpu"))
    return network


def package(places: Places) -> None:
    """Write the network into the package in eight bits, its probabilities fitted on the dev part."""
    save(EMBEDDED, trained(places, "finish"), Calibration())
    load.cache_clear()
    dev = three_way(read_labelled(places.corpus / "dev.jsonl.gz"))
    # Fitted on what users will run: the eight-bit model.
    scores = torch.from_numpy(load(EMBEDDED).scores([(pair.premise, pair.hypothesis) for pair in dev]))
    calibration = fitted(scores, [LABELS.index(pair.label) for pair in dev])
    logger.info("temperature %.3f, shift %s", calibration.temperature, calibration.shift)
    save(EMBEDDED, trained(places, "finish"), calibration)
    load.cache_clear()


STEPS: dict[str, Callable[[Places], None]] = {"network": train_network, "finish": finish_network, "package": package}

"""What the entailment model is trained on, and for how long."""

from __future__ import annotations

import logging
import random
from collections.abc import Callable
from pathlib import Path

import torch
from torch.nn.attention import SDPBackend, sdpa_kernel

from claimtrack.analysis.encoder import from_mpnet
from claimtrack.attribution.tagger.storage import vocabulary
from claimtrack.evaluation.entailment import read_labelled, three_way
from claimtrack.relations.entailment.model import EMBEDDED, Calibration, load, save
from claimtrack.relations.entailment.network import LABELS, SHAPE, EntailmentNetwork
from claimtrack.training.encoder import Places
from claimtrack.training.entailment.calibrate import fitted
from claimtrack.training.entailment.data import read_news, read_pairs, read_written
from claimtrack.training.entailment.tasks import EntailmentTask
from claimtrack.training.loop import Schedule, fit
from claimtrack.training.stanza.speed import quick_training

logger = logging.getLogger(__name__)

NEWS_FILE = "news.jsonl.gz"
"""Articles, for pairs of sentences that are on one matter and neutral."""

WRITTEN = Path(__file__).resolve().parent / "written"
"""Claims about invented events, written for this."""

NETWORK = Schedule(steps=2000, rate=4e-5, warmup=150, evaluate_every=250, checkpoint_seconds=200, stop=1500)
"""About one pass."""

FINISH = Schedule(steps=250, rate=7e-6, warmup=10, evaluate_every=250, checkpoint_seconds=200)
"""From the rate where the first schedule stopped down to zero, the matrices rounded to four bits."""


def fresh(places: Places) -> EntailmentNetwork:
    """Return the network over the pretrained encoder."""
    network = EntailmentNetwork()
    network.encoder.load_state_dict(from_mpnet(places.weights(), SHAPE.layers), strict=False)  # no second sentence
    return network


def train_network(places: Places) -> None:
    """Fine-tune the encoder."""
    _train(places, fresh(places), NETWORK, "network", False)


def finish_network(places: Places) -> None:
    """Go on with matrices in four bits."""
    _train(places, trained(places, "network"), FINISH, "finish", True)


def _train(places: Places, network: EntailmentNetwork, schedule: Schedule, name: str, four_bits: bool) -> None:
    random.seed(1)
    torch.manual_seed(1)
    pieces = vocabulary()
    places.work.mkdir(parents=True, exist_ok=True)
    train, dev = (read_pairs(places.corpus / f"{part}.jsonl.gz", pieces) for part in ("train", "dev"))
    train += read_written(WRITTEN, pieces)
    news = read_news(places.corpus / NEWS_FILE)
    logger.info("%d pairs, %d pieces a pair", len(train), sum(map(len, train)) / len(train))
    task = EntailmentTask(network, train, dev, pieces, schedule.rate, news)
    if four_bits:
        task.trainer.round_weights()
    with quick_training(), sdpa_kernel(SDPBackend.MATH):  # a third less time than the fused kernel's way back
        fit(task, schedule, places.work / f"{name}.pt")


def trained(places: Places, name: str) -> EntailmentNetwork:
    """Return the network with the weights that a step made."""
    network = EntailmentNetwork()
    network.load_state_dict(torch.load(places.work / f"{name}.pt", weights_only=True, map_location="cpu"))
    return network


def package(places: Places) -> None:
    """Write the network into the package in four bits, its probabilities fitted on the dev part."""
    save(EMBEDDED, trained(places, "finish"), Calibration(), vocabulary())
    load.cache_clear()
    dev = three_way(read_labelled(places.corpus / "dev.jsonl.gz"))
    # Fitted on what users will run: the model in four bits.
    scores = torch.from_numpy(load(EMBEDDED).scores([(pair.premise, pair.hypothesis) for pair in dev]))
    calibration = fitted(scores, [LABELS.index(pair.label) for pair in dev])
    logger.info("temperature %.3f, shift %s", calibration.temperature, calibration.shift)
    save(EMBEDDED, trained(places, "finish"), calibration, vocabulary())
    load.cache_clear()


STEPS: dict[str, Callable[[Places], None]] = {"network": train_network, "finish": finish_network, "package": package}

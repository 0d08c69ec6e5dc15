"""What the entailment model is trained on, and for how long."""

from __future__ import annotations

import logging
import random
from collections.abc import Callable, Mapping
from pathlib import Path

import torch
from torch.nn.attention import SDPBackend, sdpa_kernel

from claimtrack.analysis.encoder import from_mpnet
from claimtrack.attribution.tagger.storage import vocabulary
from claimtrack.evaluation.entailment import read_labelled, three_way
from claimtrack.relations.entailment.model import EMBEDDED, Calibration, load, save, save_claims, weights_of
from claimtrack.relations.entailment.network import LABELS, SHAPE, EntailmentNetwork
from claimtrack.training.encoder import Places
from claimtrack.training.entailment.calibrate import fitted
from claimtrack.training.entailment.data import SHARES, SHARES_OF_CLAIMS, read_news, read_pairs, read_written
from claimtrack.training.entailment.judged import read_stories, write_pairs
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

CLAIMS = Schedule(steps=1000, rate=2.5e-5, warmup=40, evaluate_every=250, checkpoint_seconds=120)
"""Claims as they are read, of invented events and of news; nothing is rounded, for what is learned is kept apart."""

JUDGED_FILE = "judged.jsonl.gz"
"""Pairs of claims of judged news articles, in the folder for checkpoints: they hold words of the articles."""


def fresh(places: Places) -> EntailmentNetwork:
    """Return the network over the pretrained encoder."""
    network = EntailmentNetwork()
    network.encoder.load_state_dict(from_mpnet(places.weights(), SHAPE.layers), strict=False)  # no second sentence
    return network


def train_network(places: Places) -> None:
    """Fine-tune the encoder."""
    _train(places, fresh(places), NETWORK, "network", SHARES)


def finish_network(places: Places) -> None:
    """Go on with matrices in four bits."""
    _train(places, trained(places, "network"), FINISH, "finish", SHARES, four_bits=True)


def make_pairs(places: Places) -> None:
    """Extract the claims of the judged articles and write their pairs."""
    places.work.mkdir(parents=True, exist_ok=True)
    write_pairs(places.corpus / NEWS_FILE, read_stories(), places.work / JUDGED_FILE)


def train_on_claims(places: Places) -> None:
    """Go on with claims, from the weights in the package."""
    network = EntailmentNetwork()
    network.load_state_dict(weights_of(EMBEDDED, vocabulary())[0])
    _train(places, network, CLAIMS, "claims", SHARES_OF_CLAIMS)


def _train(
    places: Places, network: EntailmentNetwork, schedule: Schedule, name: str, shares: Mapping[str, float],
    four_bits: bool = False,
) -> None:  # fmt: skip
    random.seed(1)
    torch.manual_seed(1)
    pieces = vocabulary()
    places.work.mkdir(parents=True, exist_ok=True)
    train, dev = (read_pairs(places.corpus / f"{part}.jsonl.gz", pieces) for part in ("train", "dev"))
    train += read_written(WRITTEN, pieces)
    if shares["judged"]:
        train += read_pairs(places.work / JUDGED_FILE, pieces)
    news = read_news(places.corpus / NEWS_FILE)
    logger.info("%d pairs, %d pieces a pair", len(train), sum(map(len, train)) / len(train))
    task = EntailmentTask(network, train, dev, pieces, schedule.rate, news, shares)
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
    """Write the network into the package in four bits."""
    save(EMBEDDED, trained(places, "finish"), Calibration(), vocabulary())


def package_claims(places: Places) -> None:
    """Write what was learned from claims into the package, probabilities fitted on the dev part."""
    changed = trained(places, "claims").state_dict()
    base, _ = weights_of(EMBEDDED, vocabulary())
    save_claims(EMBEDDED, changed, base, Calibration())
    load.cache_clear()
    dev = three_way(read_labelled(places.corpus / "dev.jsonl.gz"))
    # Fitted on what users will run.
    scores = torch.from_numpy(load(EMBEDDED).scores([(pair.premise, pair.hypothesis) for pair in dev]))
    calibration = fitted(scores, [LABELS.index(pair.label) for pair in dev])
    logger.info("temperature %.3f, shift %s", calibration.temperature, calibration.shift)
    save_claims(EMBEDDED, changed, base, calibration)
    load.cache_clear()


STEPS: dict[str, Callable[[Places], None]] = {
    "network": train_network, "finish": finish_network, "package": package, "pairs": make_pairs,
    "claims": train_on_claims, "package-claims": package_claims,
}  # fmt: skip

"""What the entailment model is trained on, and for how long."""

from __future__ import annotations

import logging
import random
import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import torch
from torch.nn.attention import SDPBackend, sdpa_kernel

from claimtrack.analysis.encoder import MPNET, Shape, from_mpnet
from claimtrack.attribution.tagger.storage import vocabulary
from claimtrack.evaluation.entailment import read_labelled, three_way
from claimtrack.relations.entailment.model import CALIBRATION, EMBEDDED, Calibration, as_json, load, save
from claimtrack.relations.entailment.network import LABELS, SHAPE, EntailmentNetwork
from claimtrack.training.encoder import Places, device
from claimtrack.training.entailment.calibrate import fitted
from claimtrack.training.entailment.data import SHARES, SHARES_OF_CLAIMS, read_news, read_pairs, read_written
from claimtrack.training.entailment.judged import read_stories, write_pairs
from claimtrack.training.entailment.tasks import EntailmentTask, Lessons
from claimtrack.training.loop import Schedule, fit
from claimtrack.training.stanza.speed import quick_training

logger = logging.getLogger(__name__)

ATTENTION = (
    [SDPBackend.MATH]  # on a processor a third less time than the fused kernel's way back
    if device().type == "cpu"
    else [SDPBackend.EFFICIENT_ATTENTION, SDPBackend.MATH]
)

NEWS_FILE = "news.jsonl.gz"
"""Articles, for pairs of sentences that are on one matter and neutral."""

WRITTEN = Path(__file__).resolve().parent / "written"
"""Claims about invented events, written for this."""

PASSES = (SHARES, SHARES, SHARES_OF_CLAIMS, SHARES_OF_CLAIMS, SHARES_OF_CLAIMS)
"""Two over sentences, three over claims."""

TEACHER = Schedule(steps=1700, rate=4.5e-5, warmup=100, evaluate_every=850, checkpoint_seconds=200)
"""About the five passes, without the pairs that nobody has judged."""

NETWORK = Schedule(steps=3000, rate=5e-5, warmup=180, evaluate_every=1000, checkpoint_seconds=200, stop=1050)
"""About the five passes with them; it stops where rounding begins."""

ROUNDED = replace(NETWORK, stop=None)
"""The same schedule to its end, every matrix rounded to four bits."""

TEACHERS = (1, 2)
"""The seeds of two teachers, whose words are averaged."""

JUDGED_FILE = "judged.jsonl.gz"
"""Pairs of claims of judged news articles, in the folder for checkpoints: they hold words of the articles."""


def fresh(places: Places, shape: Shape = SHAPE) -> EntailmentNetwork:
    """Return the network over the pretrained encoder."""
    network = EntailmentNetwork(shape)
    network.encoder.load_state_dict(from_mpnet(places.weights(), shape.layers), strict=False)  # no second sentence
    return network


def train_teachers(places: Places) -> None:
    """Train the teachers, with all of the encoder's layers and nothing rounded."""
    for seed in TEACHERS:
        _train(places, fresh(places, MPNET), TEACHER, _teacher(seed), seed=seed)


def train_network(places: Places) -> None:
    """Train the network that will be packaged on labels and on what the teachers say, then go on with it rounded."""
    teachers = [trained(places, _teacher(seed), MPNET) for seed in TEACHERS]
    _train(places, fresh(places), NETWORK, "network", teachers)
    checkpoint, begun = (places.work / f"{name}.checkpoint" for name in ("rounded", "network"))
    if not checkpoint.exists():
        shutil.copy(begun, checkpoint)
    _train(places, fresh(places), ROUNDED, "rounded", teachers, four_bits=True)


def _teacher(seed: int) -> str:
    return f"teacher-{seed}"


def make_pairs(places: Places) -> None:
    """Extract the claims of the judged articles and write their pairs."""
    places.work.mkdir(parents=True, exist_ok=True)
    write_pairs(places.corpus / NEWS_FILE, read_stories(), places.work / JUDGED_FILE)


def _train(
    places: Places, network: EntailmentNetwork, schedule: Schedule, name: str,
    teachers: Sequence[EntailmentNetwork] = (), seed: int = 1, four_bits: bool = False,
) -> None:  # fmt: skip
    random.seed(seed)
    torch.manual_seed(seed)
    pieces = vocabulary()
    places.work.mkdir(parents=True, exist_ok=True)
    train, dev = (read_pairs(places.corpus / f"{part}.jsonl.gz", pieces) for part in ("train", "dev"))
    train += read_written(WRITTEN, pieces) + read_pairs(places.work / JUDGED_FILE, pieces)
    lessons = Lessons(train, dev, read_news(places.corpus / NEWS_FILE), PASSES)
    logger.info("%d pairs, %d pieces a pair", len(train), sum(map(len, train)) / len(train))
    task = EntailmentTask(network, lessons, pieces, schedule.rate, teachers)
    if four_bits:
        task.trainer.round_weights()
    with quick_training(), sdpa_kernel(ATTENTION):
        fit(task, schedule, places.work / f"{name}.pt")


def trained(places: Places, name: str, shape: Shape = SHAPE) -> EntailmentNetwork:
    """Return the network with the weights that a step made."""
    network = EntailmentNetwork(shape)
    network.load_state_dict(torch.load(places.work / f"{name}.pt", weights_only=True, map_location="cpu"))
    return network


def package(places: Places) -> None:
    """Write the network into the package in four bits, probabilities fitted on the dev part."""
    network = trained(places, "rounded")
    save(EMBEDDED, network, Calibration(), vocabulary())
    calibrate(places.corpus)


def calibrate(corpus: Path) -> None:
    """Fit the packaged model's probabilities on the dev part: on what users will run.

    Args:
        corpus: folder with ``dev.jsonl.gz``.
    """
    (EMBEDDED / CALIBRATION).write_text(as_json(Calibration()), encoding="utf-8")
    load.cache_clear()
    dev = three_way(read_labelled(corpus / "dev.jsonl.gz"))
    scores = torch.from_numpy(load(EMBEDDED).scores([(pair.premise, pair.hypothesis) for pair in dev]))
    calibration = fitted(scores, [LABELS.index(pair.label) for pair in dev])
    logger.info("temperature %.3f, shift %s", calibration.temperature, calibration.shift)
    (EMBEDDED / CALIBRATION).write_text(as_json(calibration), encoding="utf-8")
    load.cache_clear()


STEPS: dict[str, Callable[[Places], None]] = {
    "pairs": make_pairs, "teachers": train_teachers, "network": train_network, "package": package,
}  # fmt: skip

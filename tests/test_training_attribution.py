"""What the taggers are shown, how their training resumes, and how their confidence is fitted."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("tokenizers")
pytest.importorskip("stanza")

from claimtrack.analysis.encoder import Shape, WordPieces  # noqa: E402
from claimtrack.attribution.tagger.network import ALL_ROLES, CUE_ROLES, Tagger  # noqa: E402
from claimtrack.training.attribution.calibrate import Sample, fitted, reliability  # noqa: E402
from claimtrack.training.attribution.data import CueData, RoleData, Text, read_texts  # noqa: E402
from claimtrack.training.attribution.tasks import TaggerTask  # noqa: E402
from claimtrack.training.loop import Schedule, fit  # noqa: E402

PIECES = WordPieces(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "the", "mayor", "said", "bridge", "is", "safe", "."])
SMALL = Shape(vocabulary=11, positions=300, width=16, inner=32, layers=1, heads=2)
TEXT = "The mayor said the bridge is safe. " * 30


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """One invented article in the layout of PolNeAR, read by two people; the second saw one attribution."""
    for name in ("text", "attributions"):
        (tmp_path / name).mkdir()
    (tmp_path / "text" / "a.txt").write_text(TEXT, encoding="utf-8")
    lines = []
    for number in range(30):
        at = 35 * number
        for offset, (role, start, end) in enumerate([("Source", 0, 9), ("Cue", 10, 14), ("Content", 15, 33)]):
            lines.append(f"T{3 * number + offset}\t{role} {at + start} {at + end}\t{TEXT[at + start : at + end]}")
        lines.append(f"E{number}\tAttribution:T{3 * number} Source:T{3 * number} Cue:T{3 * number + 1} "
                     f"Content:T{3 * number + 2}")  # fmt: skip
    (tmp_path / "attributions" / "a_one.ann").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "attributions" / "a_two.ann").write_text("\n".join(lines[:4]), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(("every", "counts"), [(False, [30]), (True, [30, 1])])
def test_each_version_of_an_article_is_a_text(corpus: Path, every: bool, counts: list[int]) -> None:
    assert [len(text.examples) for text in read_texts(corpus, PIECES, every)] == counts


def test_every_cue_is_labelled_once_an_epoch(corpus: Path) -> None:
    texts = read_texts(corpus, PIECES, every=False)
    tagger = Tagger(CUE_ROLES, SMALL)
    single = tagger.chain.labels.index("S-Cue")
    for seed in range(5):
        batches = list(CueData(texts, PIECES).epoch(tagger, 2, random.Random(seed)))
        assert sum(int((gold == single).sum()) for _, gold in batches) in (29, 30)  # a sliver at an edge is left out


@pytest.mark.parametrize("cropped", [0.0, 1.0])
def test_windows_show_the_whole_attribution(corpus: Path, cropped: float) -> None:
    texts = read_texts(corpus, PIECES, every=False)
    tagger = Tagger(ALL_ROLES, SMALL)
    data = RoleData(texts, PIECES, decoys=0.0, blur=0.0, cropped=cropped)
    widths = []
    for batch, gold in data.epoch(tagger, 4, random.Random(3)):
        for row in range(len(gold)):
            count = int(batch.words[row].sum())
            spans = tagger.spans(gold[row, :count].tolist())
            ((cue, _),) = spans["Cue"]
            assert spans == {"Cue": [(cue, cue)], "Source": [(cue - 2, cue - 1)], "Content": [(cue + 1, cue + 4)]}
            assert batch.features[3, row].sum() == 1  # the marked cue
            widths.append(count)
    assert len(widths) == 30 and (max(widths) <= 15 if cropped else max(widths) > 50)


def test_decoys_have_nothing_to_find(corpus: Path) -> None:
    (text,) = read_texts(corpus, PIECES, every=False)
    # In half of the places "said" is no cue.
    half = Text(text.words, text.examples[::2])
    data = RoleData([half], PIECES, decoys=1.0, blur=0.0)
    assert len(data) == 30
    golds = [row for _, gold in data.epoch(Tagger(ALL_ROLES, SMALL), 4, random.Random(1)) for row in gold.tolist()]
    assert sum(not any(row) for row in golds) == 15


def test_training_goes_on_where_it_stopped(corpus: Path, tmp_path: Path) -> None:
    texts = read_texts(corpus, PIECES, every=False)

    def task() -> TaggerTask:
        torch.manual_seed(1)
        return TaggerTask(Tagger(ALL_ROLES, SMALL), RoleData(texts, PIECES), texts, 1e-3, 8)

    target = tmp_path / "roles.pt"
    fit(task(), Schedule(steps=4, rate=1e-3, warmup=1, evaluate_every=2), target)
    fit(task(), Schedule(steps=6, rate=1e-3, warmup=1, evaluate_every=2), target)
    state = torch.load(target.with_suffix(".checkpoint"), weights_only=True)
    assert state["step"] == 6 and target.exists()


def test_word_vectors_stay_as_they_were(corpus: Path) -> None:
    texts = read_texts(corpus, PIECES, every=False)
    task = TaggerTask(Tagger(CUE_ROLES, SMALL), CueData(texts, PIECES), texts, 1e-3, 4)
    before = task.trainer.model.encoder.words.weight.clone()
    task.trainer.update(next(task.batches()))
    assert torch.equal(before, task.trainer.model.encoder.words.weight)


def test_confidence_comes_from_articles_that_it_was_not_fitted_on() -> None:
    pytest.importorskip("sklearn")
    chance = random.Random(5)
    found = []
    for article in range(40):
        for _ in range(20):
            sure = chance.gauss(0, 2)
            found.append(Sample([sure] + [0.0] * 8, chance.random() < 1 / (1 + 2.718 ** -(2 * sure)), article))
    calibration, crossed = fitted(found, wanted=500)
    assert calibration.weights[0] > 1 and 0 < calibration.threshold < 0.7
    table = reliability(found, crossed)
    assert sum(row[2] for row in table) == len(found)
    assert all(abs(mean - right) < 0.15 for _, _, count, mean, right in table if count > 40)

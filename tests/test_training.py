"""The training code's own logic, without a corpus: the loop, projected labels, treebank clean-up, packing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("stanza")

from claimtrack.training.loop import Schedule, fit  # noqa: E402
from claimtrack.training.stanza import evaluate, package, silver, treebanks  # noqa: E402


class LineTask:
    """Fits one number to 3; counts its steps and can be interrupted."""

    class Trainer:
        def __init__(self) -> None:
            self.model = torch.nn.Linear(1, 1, bias=False)
            torch.nn.init.zeros_(self.model.weight)
            self.optimizer_ = torch.optim.SGD(self.model.parameters(), lr=0.1)
            self.steps, self.stop_after = 0, 10**9

        def update(self, batch: Any) -> float:
            if self.steps == self.stop_after:
                raise KeyboardInterrupt
            self.steps += 1
            loss = (self.model(batch) - 3).square().mean()
            self.optimizer_.zero_grad()
            loss.backward()
            self.optimizer_.step()
            return float(loss.detach())

        def save(self, path: str) -> None:
            torch.save(self.model.state_dict(), path)

    def __init__(self) -> None:
        self.trainer = self.Trainer()

    def batches(self) -> Iterator[Any]:
        while True:
            yield torch.ones(1, 1)

    def optimizer(self) -> Any:
        return self.trainer.optimizer_

    def score(self) -> float:
        return 100 - abs(float(self.trainer.model.weight.detach()) - 3)


def test_fit_saves_the_best_model(tmp_path: Path) -> None:
    best = fit(LineTask(), Schedule(60, 0.2, 5, evaluate_every=10), tmp_path / "m.pt")
    assert best > 99.9 and (tmp_path / "m.pt").exists()


def test_fit_goes_on_from_its_checkpoint_after_an_interruption(tmp_path: Path) -> None:
    schedule = Schedule(60, 0.2, 5, evaluate_every=10, checkpoint_seconds=0)
    first, second = LineTask(), LineTask()
    first.trainer.stop_after = 25
    with pytest.raises(KeyboardInterrupt):
        fit(first, schedule, tmp_path / "m.pt", clock=iter(range(1000)).__next__)
    fit(second, schedule, tmp_path / "m.pt")
    assert second.trainer.steps == 60 - 25


def test_learning_rate_warms_up_then_falls_to_nothing() -> None:
    schedule = Schedule(steps=100, rate=1.0, warmup=10)
    rates = [schedule.rate_at(step) for step in range(101)]
    assert rates[0] == 0.1 and max(rates) == rates[10] == 1.0 and rates[100] == pytest.approx(0, abs=1e-9)
    assert rates[10:] == sorted(rates[10:], reverse=True)


TEXT = "Anna Lund's town, the U.N., fell."
TOKENS = [("Anna", 0, 4), ("Lund's", 5, 11), ("town", 12, 16), (",", 16, 17), ("the", 18, 21), ("U.N.", 22, 26)]


@pytest.mark.parametrize(
    ("entities", "tags"),
    [
        ([(0, 9, "PERSON")], ["B-PERSON", "E-PERSON", "O", "O", "O", "O"]),
        ([(0, 11, "PERSON")], ["B-PERSON", "E-PERSON", "O", "O", "O", "O"]),
        ([(18, 26, "ORG")], ["O", "O", "O", "O", "B-ORG", "E-ORG"]),
        ([(22, 26, "ORG"), (0, 4, "PERSON")], ["S-PERSON", "O", "O", "O", "O", "S-ORG"]),
        ([(1, 4, "PERSON"), (22, 25, "ORG")], ["O"] * 6),
    ],
)
def test_character_offsets_become_tags(entities: list[tuple[int, int, str]], tags: list[str]) -> None:
    assert silver.bioes(TOKENS, entities) == tags


CONLLU = """# newdoc id = d
# meta::title = left out
# text = I can't
1\tI\tI\tPRON\tPRP\tCase=Nom|Style=Arch\t2\tnsubj\t2:nsubj\tEntity=(1)|SpaceAfter=No
2-3\tcan't\t_\t_\t_\t_\t_\t_\t_\t_
2\tca\tcan\tAUX\tMD\tVerbForm=Fin\t0\troot\t0:root\t_
3\tn't\tnot\tPART\tRB\t_\t2\tadvmod\t2:advmod\t_
3.1\tgo\tgo\tVERB\tVB\t_\t_\t_\t2:conj\t_
"""


def test_clean_up_keeps_what_both_treebanks_annotate() -> None:
    lines = treebanks._clean(CONLLU.strip().split("\n"), {"Case=Nom", "VerbForm=Fin"})
    assert lines == [
        "# newdoc id = d", "# text = I can't",
        "1\tI\tI\tPRON\tPRP\tCase=Nom\t2\tnsubj\t_\tSpaceAfter=No",
        "2-3\tcan't\t_\t_\t_\t_\t_\t_\t_\t_",
        "2\tca\tcan\tAUX\tMD\tVerbForm=Fin\t0\troot\t_\t_",
        "3\tn't\tnot\tPART\tRB\t_\t2\tadvmod\t_\t_",
    ]  # fmt: skip


def test_word_list_repeats_common_words_a_few_times(tmp_path: Path) -> None:
    row = "1\tsaid\tsay\tVERB\tVBD\t_\t0\troot\t_\t_\n\n"
    (tmp_path / "in.conllu").write_text(row * 9 + row.replace("said", "says"))
    assert treebanks.word_list(tmp_path / "in.conllu", tmp_path / "out.conllu") == 4 + 1


def test_packing_halves_weights_and_drops_paths() -> None:
    halved = package.halved({"a": torch.ones(2), "b": [torch.ones(1, dtype=torch.long)], "c": "x"})
    assert halved["a"].dtype == torch.float16 and halved["b"][0].dtype == torch.int64 and halved["c"] == "x"
    assert package.portable({"train_file": "/home/me/x", "save_dir": "y", "lr": 0.1}) == {
        "train_file": None, "save_dir": None, "lr": 0.1,
    }  # fmt: skip


def test_entities_are_right_whatever_article_or_possessive_they_carry() -> None:
    gold = [("The Kremlin's view, said Lund.", {(4, 11, "LOC"), (25, 29, "PER")})]
    scores = evaluate.score(gold, lambda text: [(0, 13, "GPE"), (25, 29, "PERSON"), (14, 18, "DATE")])
    assert (scores["precision"], scores["recall"], scores["PER"]) == (100, 100, 100)


def test_uner_is_read_with_offsets(tmp_path: Path) -> None:
    (tmp_path / "a.iob2").write_text(
        "# text = In New York's park\n1\tIn\tO\n2\tNew\tB-LOC\n3\tYork\tI-LOC\n4\t's\tO\n5\tpark\tB-OTH\n"
    )
    assert evaluate.read_uner(tmp_path / "a.iob2") == [("In New York's park", {(3, 11, "LOC")})]

"""``claimtrack evaluate relations`` and ``entailment``: a small folder of marked articles, and models that are told."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy
import pytest
from click.testing import Result
from support import SayingExtractor, sayings

from claimtrack.errors import GoldError
from claimtrack.evaluation import related
from claimtrack.evaluation.corpora import read_corpus
from claimtrack.evaluation.relations import Counts, Outcome, matched, read_relations
from claimtrack.model import RELATION_KINDS, Article
from claimtrack.relations.entailment.model import Probabilities
from claimtrack.relations.prepared import Vectors
from claimtrack.relations.relate import Models
from claimtrack.relations.weighing import Switches

Cli = Callable[..., Result]

TEXTS = {
    "one.txt": "Chlorine at Halden\n\nIda Brandt said: The chlorine leak at Halden sent 14 people to hospital.\n",
    "two.txt": "Leak\n\nMoira Teale said: The chlorine leak at Halden sent 40 people to hospital.\nMoira Teale said: "
               "Wages of dockers rose.\n",
}  # fmt: skip


class Alike:
    """Finds all texts alike but those about wages."""

    def vectors(self, texts: Sequence[str]) -> Vectors:
        rows = numpy.zeros((len(texts), 2), dtype=numpy.float32)
        for row, text in enumerate(texts):
            rows[row, int("Wages" in text)] = 1
        return rows


class Told:
    """Sees a contradiction wherever the second sentence has a 40, and keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []

    def probabilities(self, pairs: Sequence[tuple[str, str]]) -> Probabilities:
        self.asked += pairs
        rows = [(0.9, 0.05, 0.05) if "40" in second else (0.1, 0.1, 0.8) for _, second in pairs]
        return numpy.array(rows, dtype=numpy.float32).reshape(-1, 3)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of two articles, marked as the extractor of tests reads them, with one relation."""
    place = tmp_path / "marked"
    (place / "gold").mkdir(parents=True)
    rows = []
    for name, text in TEXTS.items():
        (place / name).write_text(text, encoding="utf-8")
        for number, claim in enumerate(sayings(Article("a", text))):
            roles = {role: getattr(claim.attribution, role) for role in ("source", "cue", "content")}
            spans = {role: [[span.start, span.end] for span in found] for role, found in roles.items()}
            words = {role: " ".join(text[span.start : span.end] for span in found) for role, found in roles.items()}
            rows.append(
                {
                    "id": f"{name[:3]}-{number}",
                    "file": name,
                    "via": None,
                    "speaker": None,
                    "kind": "direct",
                    "text": words,
                    **spans,
                }
            )
    (place / "gold" / "attributions.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    relation = {"kind": "contradicts", "a": "one-0", "b": "two-0", "reason": "14 against 40"}
    (place / "gold" / "relations.jsonl").write_text(json.dumps(relation) + "\n")
    return place


@pytest.fixture
def using() -> Models:
    return Models(Alike(), Told())


def tracked_from(folder: Path, extractor: Any, using: Models) -> tuple[related.Tracked, dict[str, str]]:
    gold = read_corpus(folder)
    tracked = related.track(related.annotated(folder, gold), extractor, using)
    return tracked, matched(tracked.claims, gold)


def test_found_claims_are_related_and_compared_with_the_gold(folder: Path, using: Models) -> None:
    tracked, ids = tracked_from(folder, SayingExtractor(), using)
    assert sorted(ids.values()) == ["one-0", "two-0", "two-1"]
    one_story = related.in_one_story(tracked)
    counts = related.outcome(one_story, ids, read_relations(folder), using).counts
    assert counts["contradicts"] == Counts(found=1, wanted=1, right=1)
    assert [counts[kind].found for kind in ("agrees", "updates", "revises")] == [0, 0, 0]


def test_blocking_counts_what_is_left_of_the_gold_pairs(folder: Path, using: Models) -> None:
    tracked, ids = tracked_from(folder, SayingExtractor(), using)
    gold = read_relations(folder)
    left = related.blocking(related.in_one_story(tracked), ids, gold, using)
    assert (left.gold, left.found, left.stating, left.kept, left.every) == (1, 1, 1, 1, 3)
    apart = related.Tracked(tracked.claims, (), {claim.id: claim.id for claim in tracked.claims}, {})
    assert related.blocking(apart, ids, gold, using).kept == 0


def test_pairs_of_claims_that_were_not_found_are_lost_before_blocking(folder: Path, using: Models) -> None:
    tracked, ids = tracked_from(folder, related.GoldExtractor(()), using)
    assert (tracked.claims, ids) == ([], {})
    gold = read_relations(folder)
    assert related.blocking(tracked, ids, gold, using) == related.Blocking(1, 0, 0, 0, 0, 0)
    assert related.outcome(tracked, ids, gold, using).counts["contradicts"] == Counts(found=0, wanted=1, right=0)


def test_gold_claims_go_through_a_project(folder: Path, using: Models) -> None:
    articles = related.annotated(folder, read_corpus(folder))
    claims = [claim for article in articles for claim in sayings(article)]
    tracked = related.track(articles, related.GoldExtractor(claims), using)
    assert {claim.id for claim in tracked.claims} == {claim.id for claim in claims}
    assert {claim.speaker.name for claim in tracked.claims if claim.speaker} == {"Ida Brandt", "Moira Teale"}


def test_without_entailment_its_model_is_not_asked(folder: Path, using: Models) -> None:
    tracked, ids = tracked_from(folder, SayingExtractor(), using)
    related.outcome(related.in_one_story(tracked), ids, [], using, Switches(entailment=False))
    assert isinstance(using.entails, Told) and not using.entails.asked
    related.outcome(related.in_one_story(tracked), ids, [], using)
    assert using.entails.asked


def test_ablation_switches_one_part_off_in_each_row(folder: Path, using: Models) -> None:
    tracked, ids = tracked_from(folder, SayingExtractor(), using)
    rows = dict(related.ablation(tracked, ids, read_relations(folder), using))
    parts = ["blocking", "numbers", "polarity", "entailment"]
    assert list(rows) == ["all", *(f"without {part}" for part in parts), "all in one story"]


def test_article_that_cannot_be_analysed_is_told(folder: Path, using: Models) -> None:
    (article, *_) = related.annotated(folder, read_corpus(folder))

    class Failing:
        def extract_all(self, articles: Any) -> Any:
            return [(one, GoldError(f"{one.path}: cannot be analysed")) for one in articles]

    with pytest.raises(GoldError, match=r"one\.txt: cannot be analysed"):
        related.track([article], Failing(), using)


def test_figures_have_no_precision_where_nothing_was_found() -> None:
    counts: dict[str, Counts] = {kind: Counts() for kind in RELATION_KINDS}
    counts |= {"agrees": Counts(3, 4, 2), "repeats": Counts(wanted=1)}
    found = related.figures(Outcome(counts))
    assert found["agrees"] == {"found": 3, "gold": 4, "right": 2, "also": 0, "precision": 66.7, "recall": 50.0}
    assert found["repeats"]["precision"] is None and found["repeats"]["recall"] == 0.0
    assert found["updates"]["recall"] is None
    assert found["all"] == {"found": 3, "gold": 5, "right": 2, "also": 0, "precision": 66.7, "recall": 40.0}


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch, using: Models) -> list[str]:
    """Let commands use the models and the extractor of tests; what is returned are the names that were asked for."""
    names: list[str] = []

    def models(nli: str) -> Models:
        names.append(nli)
        return using

    monkeypatch.setattr("claimtrack.relations.relate.models", models)
    monkeypatch.setattr("claimtrack.claims.extractor.Extractor", SayingExtractor)
    return names


def test_relations_as_table_and_json(cli: Cli, folder: Path, told: list[str]) -> None:
    table = cli("evaluate", "relations", "--corpus", str(folder))
    assert table.exit_code == 0, table.output
    assert table.stdout.splitlines()[0].startswith("3 claims; 1 pair in the gold, of 1 both claims were found,")
    assert [line.split()[0] for line in table.stdout.splitlines()[4:]] == [*RELATION_KINDS, "all"]
    result = cli("evaluate", "relations", "--corpus", str(folder), "--ablation", "--nli", "mine", "--format", "json")
    found = json.loads(result.stdout)
    assert found["blocking"]["all_pairs"] == 3 and set(found["relations"]["all"]) == {*RELATION_KINDS, "all"}
    assert len(found["relations"]) == 6 and told == ["embedded", "mine"]


def test_relations_need_gold_and_load_no_models_without(cli: Cli, folder: Path, told: list[str]) -> None:
    (folder / "gold" / "relations.jsonl").unlink()
    result = cli("evaluate", "relations", "--corpus", str(folder))
    assert result.exit_code == 1 and "gold relations cannot be read" in result.stderr and told == []


def pairs_file(folder: Path, name: str, *rows: tuple[str, str, str]) -> None:
    with gzip.open(folder / name, "wt", encoding="utf-8") as out:
        for premise, hypothesis, label in rows:
            out.write(json.dumps({"premise": premise, "hypothesis": hypothesis, "label": label, "source": "s"}) + "\n")


ROWS = (
    ("14 were treated.", "40 were treated.", "contradiction"), ("14 were treated.", "It rained.", "neutral"),
    ("14 were treated.", "Some were treated.", "entailment"), ("It rained.", "40 cranes fell.", "neutral"),
)  # fmt: skip


def test_entailment_is_scored(cli: Cli, tmp_path: Path, told: list[str]) -> None:
    pairs_file(tmp_path, "dev.jsonl.gz", *ROWS)
    found = json.loads(cli("evaluate", "entailment", "--corpus", ".", "--format", "json").stdout)
    # Of the two with a 40, which the model takes for contradictions, one is; "Some were treated" it thinks neutral.
    assert (found["pairs"], found["accuracy"], found["by_source"]) == (4, 50.0, {"s": {"pairs": 4, "accuracy": 50.0}})
    assert [b["pairs"] for b in found["reliability_of_contradiction"]] == [0, 2, 0, 0, 2, 0]
    assert found["reliability_of_contradiction"][4]["right"] == 50.0
    assert "claimdiff" not in found


def test_entailment_of_claimdiff_where_it_is_there(cli: Cli, tmp_path: Path, told: list[str]) -> None:
    pairs_file(tmp_path, "dev.jsonl.gz", *ROWS)
    pairs_file(
        tmp_path, "claimdiff_train.jsonl.gz", ("14 people were treated.", "40 people were treated.", "weaken"),
        ("14 people were treated.", "Wages of dockers rose.", "neither"),
        ("Cranes fell on the quay.", "Two cranes fell on the quay.", "strengthen"),
    )  # fmt: skip
    result = cli("evaluate", "entailment", "--corpus", ".")
    assert result.exit_code == 0, result.output
    rows = {line.split()[0]: line.split()[1:] for line in result.stdout.splitlines() if line}
    assert rows["entailment"][0] == "100.0" and rows["chance"] == ["33.3", "33.3"]
    assert result.stdout.rstrip().endswith("of 3 pairs of ClaimDiff")


@pytest.mark.parametrize(
    ("rows", "says"),
    [((), "no pairs in it"), ((("a", "b", "entailment"),), "no source there has all three")],
)
def test_entailment_needs_pairs_with_three_labels(
    cli: Cli, tmp_path: Path, told: list[str], rows: tuple[tuple[str, str, str], ...], says: str
) -> None:
    pairs_file(tmp_path, "dev.jsonl.gz", *rows)
    result = cli("evaluate", "entailment", "--corpus", ".")
    assert result.exit_code == 1 and says in result.stderr and told == []


def test_entailment_without_its_file_says_so(cli: Cli, tmp_path: Path, told: list[str]) -> None:
    result = cli("evaluate", "entailment", "--corpus", str(tmp_path))
    assert result.exit_code == 1 and "dev.jsonl.gz: labelled pairs cannot be read" in result.stderr


@pytest.mark.models
def test_the_examples_relations_are_found_end_to_end(cli: Cli) -> None:
    examples = Path(__file__).resolve().parent.parent / "examples"
    found = json.loads(cli("evaluate", "relations", "--corpus", str(examples), "--gold", "--format", "json").stdout)
    # Every marked claim comes out of the project again, so what is missing is for relating to find.
    assert found["blocking"]["both_found"] == found["blocking"]["gold_pairs"] == 115
    assert found["relations"]["all"]["contradicts"]["right"] > 0

"""Alignment and scores, on small cases worked out by hand."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from support import SHARED

from claimtrack.errors import GoldError
from claimtrack.evaluation.alignment import Index
from claimtrack.evaluation.corpora import GoldAttribution, read_corpus
from claimtrack.evaluation.kinds import KINDS
from claimtrack.evaluation.scores import Scores, total
from claimtrack.model import Span

TEXT = "Lund said that the town fell. Berg denied it."


def mark(source: str, cue: str, content: str, id_: str = "x") -> GoldAttribution:
    def spans(words: str) -> tuple[Span, ...]:
        return (Span(TEXT.index(words), TEXT.index(words) + len(words)),) if words else ()

    return GoldAttribution(id_, spans(source), spans(cue), spans(content))


GOLD = [mark("Lund", "said", "that the town fell"), mark("Berg", "denied", "it.")]


@pytest.mark.parametrize(
    ("predicted", "exact", "iou", "overlap"),
    [
        (GOLD, 100, 100, 100),
        ([], 0, 0, 0),
        ([GOLD[1], GOLD[0]], 100, 100, 100),
        # Content too short by one of four tokens: recall loses a quarter of one role in three.
        ([mark("Lund", "said", "the town fell"), GOLD[1]], 50, 100, 97.87),
        # The right statement under the wrong speaker.
        ([mark("Berg", "said", "that the town fell"), GOLD[1]], 50, 50, 83.33),
        # One guess more than there are attributions.
        ([*GOLD, mark("", "town", "fell")], 80, 80, 80),
    ],
)
def test_scores_of_the_whole(predicted: list[GoldAttribution], exact: float, iou: float, overlap: float) -> None:
    scores = Scores()
    scores.add(TEXT, GOLD, predicted)
    found = [scores["whole", measure].f1 for measure in ("exact", "iou", "overlap")]
    assert found == pytest.approx([exact, iou, overlap], abs=0.01)


def test_one_prediction_counts_for_one_attribution_only() -> None:
    scores = Scores()
    scores.add(TEXT, GOLD, [mark("Lund", "said", TEXT)])
    assert scores["content", "overlap"].recall == 50


def test_prediction_without_any_token_is_none() -> None:
    scores = Scores()
    scores.add(TEXT, GOLD, [*GOLD, GoldAttribution("x", (), (), ())])
    assert scores["whole", "iou"].predicted == 2 and len(scores.outcomes) == 2


def test_recall_is_told_by_kind() -> None:
    scores = Scores()
    scores.add(TEXT, [*GOLD, mark("", "town", "fell")], GOLD)
    recall = {kind: scores.cells[kind, "whole", "exact"].recall for kind in ("with source", "sourceless", "direct")}
    assert recall == {"with source": 100, "sourceless": 0, "direct": 0}
    assert (scores.gold(), scores.gold("sourceless"), scores.gold("direct")) == (3, 1, 0)


def test_scores_of_articles_add_up() -> None:
    one, other, both = Scores(), Scores(), Scores()
    one.add(TEXT, GOLD, GOLD)
    other.add(TEXT, GOLD, [])
    both.add(TEXT, GOLD, GOLD)
    both.add(TEXT, GOLD, [])
    assert total([one, other]) == both and both["whole", "exact"].recall == 50


def test_index_finds_the_tokens_that_spans_touch() -> None:
    assert Index("a bc, d").tokens((Span(3, 5),)) == {1, 2}
    assert Index("a bc, d").tokens((Span(1, 2),)) == frozenset()


BRAT = (
    "T1\tSource 0 4\tLund\nT2\tCue 5 9\tsaid\nT3\tContent 10 18;19 28\tthat the town fell\n"
    "E1\tAttribution:T4 Content:T3 Cue:T2 Source:T1\nT4\tAttribution 5 9\tsaid\n"
)


def test_polnear_layout_is_read_with_the_first_annotator_as_gold(tmp_path: Path) -> None:
    for folder in ("text", "attributions"):
        (tmp_path / folder).mkdir()
    (tmp_path / "text" / "x.txt").write_text(TEXT)
    (tmp_path / "attributions" / "x_b.ann").write_text("")
    (tmp_path / "attributions" / "x_a.ann").write_text(BRAT)
    (gold,) = read_corpus(tmp_path)
    (attribution,) = gold.attributions
    assert (attribution.source, attribution.cue) == ((Span(0, 4),), (Span(5, 9),))
    assert attribution.content == (Span(10, 18), Span(19, 28))


def test_folder_without_annotation_is_told(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="no annotated articles"):
        read_corpus(tmp_path)


def test_gold_that_does_not_fit_its_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "gold").mkdir()
    (tmp_path / "a.txt").write_text(TEXT)
    row = {"id": "1", "file": "a.txt", "source": [[0, 4]], "cue": [[5, 9]], "content": [], "kind": "indirect",
           "speaker": None, "via": None, "text": {"source": "Berg", "cue": "said", "content": ""}}  # fmt: skip
    (tmp_path / "gold" / "attributions.jsonl").write_text(json.dumps(row))
    with pytest.raises(GoldError, match=r"a\.txt: 1: source covers 'Lund', not 'Berg'"):
        read_corpus(tmp_path)


def shifted(gold: GoldAttribution, by: int, text: str) -> GoldAttribution:
    """Make the first piece of the content longer and drop the others."""
    content = tuple(Span(s.start, min(s.end + by, len(text))) for s in gold.content[:1])
    return GoldAttribution(gold.id, gold.source, gold.cue, content)


@pytest.mark.skipif(not (SHARED / "bench" / "score_attribution.py").exists(), reason="needs the PolNeAR corpus")
def test_scores_are_those_of_the_independent_program(tmp_path: Path) -> None:
    """Shift every second gold attribution a little and score it with both programs."""
    dev = SHARED / "data" / "polnear" / "dev"
    corpus = read_corpus(dev)[:12]
    split, scores, lines = tmp_path / "split", Scores(), []
    for part in ("text", "attributions"):
        (split / part).mkdir(parents=True)
    for gold in corpus:
        name = gold.article.id
        (split / "text" / f"{name}.txt").write_bytes((dev / "text" / f"{name}.txt").read_bytes())
        annotation = sorted((dev / "attributions").glob(f"{name}_*.ann"))[0]
        (split / "attributions" / annotation.name).write_bytes(annotation.read_bytes())
        guesses = [shifted(a, 25 * (i % 3), gold.article.text) for i, a in enumerate(gold.attributions) if i % 5]
        scores.add(gold.article.text, gold.attributions, guesses)
        rows = [{r: [[s.start, s.end] for s in getattr(g, r)] for r in ("source", "cue", "content")} for g in guesses]
        lines.append(json.dumps({"doc": name, "attributions": rows}))
    (tmp_path / "predictions.jsonl").write_text("\n".join(lines))
    program = [sys.executable, str(SHARED / "bench" / "score_attribution.py"), str(split),
               str(tmp_path / "predictions.jsonl"), "--json", "--bootstrap", "0"]  # fmt: skip
    theirs = json.loads(subprocess.check_output(program, text=True))
    for role in ("cue", "source", "content", "whole"):
        for measure in ("exact", "overlap", "iou"):
            assert scores[role, measure].f1 == pytest.approx(_f1(theirs, role, measure), abs=0.15), (role, measure)
    for kind in KINDS:
        # The other program reads the rarer marks and sentence ends otherwise: a few are of another kind.
        count = theirs["recall"][kind]["gold"]
        assert scores.gold(kind) == pytest.approx(count, abs=4), kind
        for role in ("cue", "source", "content", "whole"):
            for measure in ("exact", "overlap", "iou"):
                value, cell = theirs["recall"][kind][role][measure]["value"], scores.cells[kind, role, measure]
                assert (value is None) == (cell.gold == 0), (kind, role)
                assert value is None or cell.recalled == pytest.approx(value * cell.gold / 100, abs=4), (kind, role)


def _f1(report: dict[str, Any], role: str, measure: str) -> float:
    value = float(report["scores"][role][measure]["f1"]["value"])
    return 100 * value if value <= 1 else value

"""Files of predictions: what is read back, what is refused, and how sure the predictions were."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from claimtrack.claims.extractor import Extractor
from claimtrack.errors import GoldError, InputError, ModelError
from claimtrack.evaluation.corpora import GoldArticle
from claimtrack.evaluation.diagram import draw
from claimtrack.evaluation.predictions import Prediction, line, read_predictions
from claimtrack.evaluation.reliability import calibration_error, reliability
from claimtrack.evaluation.scores import Outcome, score
from claimtrack.model import Article, Attribution, Span

Cli = Callable[..., Result]
TEXT = "Lund said that the town fell."
ONE = GoldArticle(Article("1", TEXT, path="one"), ())
TWO = GoldArticle(Article("2", TEXT, path="two"), ())
FOUND = Attribution((Span(5, 9),), (Span(10, 18), Span(19, 28)), (Span(0, 4),), confidence=0.75)


def test_predictions_are_read_back_as_they_were_written(tmp_path: Path) -> None:
    path = tmp_path / "p.jsonl"
    path.write_text(line(ONE, [FOUND]) + "\n\n" + line(TWO, []) + "\n")
    expected = Prediction(FOUND.source, FOUND.cue, FOUND.content, 0.75)
    assert read_predictions(path, [TWO, ONE]) == [(TWO, []), (ONE, [expected])]


def test_article_without_a_line_has_no_predictions(tmp_path: Path) -> None:
    path = tmp_path / "p.jsonl"
    path.write_text('{"doc": "two", "attributions": [{"cue": [[5, 9]]}]}')
    assert read_predictions(path, [ONE, TWO]) == [(ONE, []), (TWO, [Prediction((), (Span(5, 9),), ())])]


GOOD = '{"doc": "one", "attributions": []}'


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (f"{GOOD}\n{{", "line 2: broken JSON (Expecting property name enclosed in double quotes at column 2)"),
        ("[" * 100_000, "line 1: "),
        ("[]", 'line 1: an object with "doc" and a list "attributions" must stand here'),
        ('{"doc": "one"}', 'line 1: an object with "doc" and a list "attributions" must stand here'),
        ('{"doc": "three", "attributions": []}', "line 1: the corpus has no article 'three'"),
        ('{"doc": null, "attributions": []}', "line 1: the corpus has no article None"),
        ('{"doc": ["one"], "attributions": []}', "line 1: the corpus has no article ['one']"),
        (f"{GOOD}\n\n{GOOD}", "line 3: article 'one' has a line already"),
        ('{"doc": "one", "attributions": [1]}', "line 1: an attribution must be an object"),
        ('{"doc": "one", "attributions": [{"by": []}]}', "line 1: an attribution has source, cue and content, not by"),
        ('{"doc": "one", "attributions": [{"cue": 5}]}', "line 1: cue must be a list of spans [start, end]"),
        *(
            (json.dumps({"doc": "one", "attributions": [{"cue": [json.loads(span)]}]}),
             f"line 1: cue span {span} does not lie in the text of 29 characters")
            for span in ("[9, 5]", "[5, 5]", "[-1, 5]", "[0, 30]", "[5]", "[0, 4.5]", "7")
        ),
        ('{"doc": "one", "attributions": [{}], "confidence": []}', "line 1: confidence must be a list with one number"),
        ('{"doc": "one", "attributions": [{}], "confidence": [2]}',
         "line 1: a confidence is a number from 0 to 1, not 2"),
        ('{"doc": "one", "attributions": [{}], "confidence": [NaN]}',
         "line 1: a confidence is a number from 0 to 1, not nan"),
    ],
)  # fmt: skip
def test_broken_predictions_are_told_with_their_line(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "p.jsonl"
    path.write_text(content)
    with pytest.raises(GoldError) as told:
        read_predictions(path, [ONE, TWO])
    assert str(told.value).startswith(f"{path}, {message}") and "\n" not in str(told.value)


def test_predictions_that_are_no_text_are_told(tmp_path: Path) -> None:
    (tmp_path / "p.jsonl").write_bytes(b"\xff\xfe")
    with pytest.raises(GoldError, match="it is not UTF-8"):
        read_predictions(tmp_path / "p.jsonl", [ONE])


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    for part in ("text", "attributions"):
        (folder / part).mkdir(parents=True)
    (folder / "text" / "one.txt").write_text(TEXT)
    (folder / "attributions" / "one_a.ann").write_text(
        "T1\tSource 0 4\tLund\nT2\tCue 5 9\tsaid\nT3\tContent 10 28\tthat the town fell\n"
        "E1\tAttribution:T4 Content:T3 Cue:T2 Source:T1\n"
    )
    (tmp_path / "p.jsonl").write_text(line(ONE, [FOUND]))
    return folder


def test_command_scores_a_file_without_loading_a_model(cli: Cli, corpus: Path) -> None:
    options = ("evaluate", "attribution", "--corpus", str(corpus), "--from", "p.jsonl", "--reliability")
    found = json.loads(cli(*options, "--format", "json").output)
    assert found["whole"]["exact"]["f1"] == 100 and found["reliability"]["bins"][3]["predicted"] == 1
    table = cli(*options).output
    assert table.startswith("1 articles, 1 attributions, 1 predicted, 1 matched") and "0.7 to 0.8" in table


@pytest.mark.parametrize(
    ("options", "code", "message"),
    [
        (("--from", "p.jsonl", "--method", "baseline"), 2, "--from scores a file and runs no extractor"),
        (("--from", "p.jsonl", "--predictions", "q.jsonl"), 2, "--from scores a file and runs no extractor"),
        (("--from", "no.jsonl"), 2, "does not exist"),
        (("--from", "bad.jsonl"), 1, "Error: bad.jsonl, line 1: broken JSON"),
        (("--from", "unsure.jsonl", "--reliability"), 1, "Error: 1 of 1 predictions have no confidence"),
        (("--from", "p.jsonl", "--plot", "p.pdf"), 1, "Error: p.pdf: a plot is written as PNG or SVG"),
        (("--method", "magic"), 1, "Error: magic: no extractor is called that; there is "),
    ],
)
def test_command_tells_what_is_wrong(
    cli: Cli, corpus: Path, tmp_path: Path, options: tuple[str, ...], code: int, message: str
) -> None:
    (tmp_path / "bad.jsonl").write_text("{")
    (tmp_path / "unsure.jsonl").write_text('{"doc": "one", "attributions": [{"cue": [[5, 9]]}]}')
    result = cli("evaluate", "attribution", "--corpus", str(corpus), *options)
    assert result.exit_code == code and message in result.output and "Traceback" not in result.output


def test_empty_corpus_is_told(cli: Cli, tmp_path: Path) -> None:
    for part in ("text", "attributions"):
        (tmp_path / "empty" / part).mkdir(parents=True)
    result = cli("evaluate", "attribution", "--corpus", "empty")
    assert result.exit_code == 1 and "Error: empty: no annotated article in it" in result.output


def test_unknown_method_is_told_before_models_are_loaded() -> None:
    with pytest.raises(ModelError, match="magic: no extractor is called that; there is "):
        Extractor(nlp="nowhere", method="magic")


def test_score_keeps_how_sure_each_prediction_was() -> None:
    gold = GoldArticle(ONE.article, (FOUND,))  # type: ignore[arg-type]
    wrong = Prediction((), (Span(0, 4),), (), 0.3)
    assert score([(gold, [wrong, FOUND])]).outcomes == [Outcome(0.3, False), Outcome(0.75, True)]


@pytest.mark.parametrize(
    ("confidence", "place"),
    [(0.0, 0), (0.4999, 0), (0.5, 1), (0.5999, 1), (0.6, 2), (0.7, 3), (0.8, 4), (0.9, 5), (0.95, 5), (1.0, 5)],
)
def test_each_confidence_has_one_bin(confidence: float, place: int) -> None:
    bins = reliability([Outcome(confidence, True)])
    assert [b.count for b in bins] == [int(i == place) for i in range(6)]


def test_reliability_compares_confidence_with_the_share_right() -> None:
    bins = reliability([Outcome(0.91, True), Outcome(0.95, True), Outcome(0.99, False), Outcome(0.1, False)])
    assert (bins[5].count, bins[5].confidence, bins[5].right) == pytest.approx((3, 0.95, 2 / 3))
    assert bins[1].confidence is None and bins[1].right is None
    assert calibration_error(bins) == pytest.approx((3 * (0.95 - 2 / 3) + 0.1) / 4)
    assert calibration_error(reliability([])) == 0


def test_plot_without_matplotlib_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    with pytest.raises(InputError, match=r"pip install 'claimtrack\[plot\]'"):
        draw(reliability([]), tmp_path / "p.png")


@pytest.mark.parametrize(("name", "start"), [("p.png", b"\x89PNG"), ("p.SVG", b"<?xml")])
def test_plot_is_drawn(tmp_path: Path, name: str, start: bytes) -> None:
    pytest.importorskip("matplotlib")
    draw(reliability([Outcome(0.95, True), Outcome(0.2, False)]), tmp_path / name)
    assert (tmp_path / name).read_bytes().startswith(start)


def test_plot_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    with pytest.raises(InputError, match="cannot be written"):
        draw(reliability([]), tmp_path / "none" / "p.png")

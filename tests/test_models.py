"""The embedded models at work: loading, offsets, odd texts, the commands from end to end, the accuracy gate."""

from __future__ import annotations

import csv
import json
import os
import socket
import subprocess
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

pytestmark = pytest.mark.models

import gate  # noqa: E402
from support import SHARED  # noqa: E402

from claimtrack.analysis.folders import EMBEDDED, installed  # noqa: E402
from claimtrack.model import Article, Claim  # noqa: E402

ONTONOTES = set(
    """CARDINAL DATE EVENT FAC GPE LANGUAGE LAW LOC MONEY NORP ORDINAL ORG PERCENT PERSON PRODUCT QUANTITY TIME
    WORK_OF_ART""".split()  # noqa: SIM905
)
UPOS = set(
    "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split()  # noqa: SIM905
)


def claims(extractor: Any, text: str) -> list[Claim]:
    found: list[Claim] = extractor.extract(Article("a", text))
    return found


def triples(found: list[Claim]) -> list[tuple[str | None, str, str]]:
    return [(claim.source_text, claim.cue_text, claim.content_text) for claim in found]


def test_models_take_no_more_room_than_they_may() -> None:
    files = [file for files in installed(EMBEDDED).values() for file in files]
    assert sum(file.stat().st_size for file in files) <= 45_000_000
    assert {file.parent.name for file in files} == {"tokenize", "mwt", "pos", "lemma", "depparse", "ner", "pretrain"}


def test_folder_loads_as_stanza_loads_its_own_without_network_or_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    import stanza

    def no_network(*args: object, **kwargs: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", no_network)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        nlp = stanza.Pipeline("en", dir=str(EMBEDDED), download_method=None, verbose=False)
        document = nlp("Anna Lund didn't leave Oslo.")
    words = [word for sentence in document.sentences for word in sentence.words]
    assert [word.text for word in words] == ["Anna", "Lund", "did", "n't", "leave", "Oslo", "."]
    assert [word.lemma for word in words[2:5]] == ["do", "not", "leave"]
    assert words[4].deprel == "root" and words[1].head == 1
    assert [(entity.text, entity.type) for entity in document.ents] == [("Anna Lund", "PERSON"), ("Oslo", "GPE")]


def test_label_sets_are_those_of_the_official_models() -> None:
    from claimtrack.analysis.pipeline import load

    pipeline = load(EMBEDDED, ("tokenize", "mwt", "pos", "ner"))
    assert set(pipeline.processors["ner"].get_known_tags()) == ONTONOTES
    assert set(pipeline.processors["pos"].get_known_upos()) == UPOS


def test_extractor_is_a_stanza_processor() -> None:
    import stanza

    import claimtrack.attribution.processor  # noqa: F401

    processors = "tokenize,mwt,pos,lemma,depparse,ner,attribution"
    nlp = stanza.Pipeline("en", dir=str(EMBEDDED), processors=processors, download_method=None, verbose=False)
    one, two = nlp.bulk_process(["The mayor said that the bridge was safe.", "It rained."])
    (attribution,) = one.attributions
    assert attribution.cue[0].of(one.text) == "said" and two.attributions == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The mayor said on Monday that the bridge was safe.", ("The mayor", "said", "that the bridge was safe")),
        ('"The bridge is safe," said Anna Lund.', ("Anna Lund", "said", '"The bridge is safe,"')),
        (
            "“The bridge is safe,” Lund told reporters, “and it will stay so.”",
            ("Lund", "told", "“The bridge is safe,” … “and it will stay so.”"),
        ),
        ("According to the ministry, the bridge is safe.", ("the ministry", "According to", "the bridge is safe")),
        ("The bridge is safe, according to the ministry.", ("the ministry", "according to", "The bridge is safe")),
        ("The company denied that it had known.", ("The company", "denied", "that it had known")),
    ],
)
def test_plain_news_sentences(extractor: Any, text: str, expected: tuple[str, str, str]) -> None:
    assert triples(claims(extractor, text)) == [expected]


def test_nested_claim_points_to_the_one_that_holds_it(extractor: Any) -> None:
    outer, inner = claims(extractor, "Anna Lund said Jon Berg told her that the bridge was closed.")
    assert (outer.speaker.name, inner.speaker.name) == ("Anna Lund", "Jon Berg")  # type: ignore[union-attr]
    assert inner.via == outer.id and outer.via is None


def test_short_name_gets_the_full_name_of_the_article(extractor: Any) -> None:
    text = "Anna Lund, the mayor of Norrick, left on Monday.\n\nLund said that the bridge was safe."
    (claim,) = claims(extractor, text)
    assert claim.speaker is not None
    assert (claim.speaker.name, claim.speaker.resolved_by) == ("Anna Lund", "full name in the article")


ODD_TEXTS = {
    "one paragraph of 100,000 characters": "The mayor said that the bridge was safe. " * 2440,
    "no full stop": "the mayor said the bridge was safe and " * 600,
    "one word": "a" * 20_000,
    "right-to-left": "قال رئيس البلدية إن الجسر آمن.\n\n" * 5,
    "odd marks": 'The mayor said "the bridge is safe.\n\n"It is," she said. “Yes.\n\nNo.” \'' * 20,
    "control characters": "The mayor\x07 said\x1b[31m that\u200b the bridge\ufeff was\x85 safe.",
    "lone surrogate": "The mayor said \ud800 that the bridge was safe.",
    "emoji and combining": "The mayor 👩🏽‍⚖️ said that the cafe\u0301 was safe.",
    "only punctuation": "... !!! \n\n ??? —",
    "line separators": "The mayor said that\u2028the bridge\u2029was safe.",
}


@pytest.mark.parametrize("name", ODD_TEXTS)
def test_odd_texts_are_read_and_offsets_hold(extractor: Any, name: str) -> None:
    text = ODD_TEXTS[name]
    for claim in claims(extractor, text):
        for span in (*claim.attribution.source, *claim.attribution.cue, *claim.attribution.content):
            assert 0 <= span.start < span.end <= len(text)


def test_long_paragraph_loses_nothing(extractor: Any) -> None:
    assert len(claims(extractor, ODD_TEXTS["one paragraph of 100,000 characters"])) == 2440


def test_batch_and_single_reading_agree(extractor: Any) -> None:
    texts = ["The mayor said that the bridge was safe.", "", "It rained.", '"No," said Anna Lund.']
    articles = [Article(str(i), text) for i, text in enumerate(texts)]
    batch = [triples(found) for _, found in extractor.extract_all(articles)]
    assert batch == [triples(extractor.extract(article)) for article in articles]


def test_one_text_that_breaks_the_models_does_not_stop_the_batch(
    extractor: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    analyze = extractor.analyzer.analyze

    def breaking(texts: list[str]) -> list[Any]:
        if any("cursed" in text for text in texts):
            raise RuntimeError("no")
        found: list[Any] = analyze(texts)
        return found

    monkeypatch.setattr(extractor.analyzer, "analyze", breaking)
    articles = [Article("1", "The mayor said no.", path="1.txt"), Article("2", "cursed", path="2.txt")]
    (_, good), (_, bad) = extractor.extract_all(articles)
    assert isinstance(good, list) and str(bad).startswith("2.txt: cannot be analysed (RuntimeError: no)")


def test_demo_works_in_an_empty_folder(cli: Callable[..., Result], tmp_path: Path) -> None:
    result = cli("demo")
    assert result.exit_code == 0, result.output
    with (tmp_path / "claims.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) > 100 and {row["article_path"] for row in rows} >= {"velm-dam-1-korvald-lantern.txt"}
    assert "Moira Teale" in {row["speaker_name"] for row in rows}
    assert "Try next:" in result.stdout and "\x1b" not in result.stdout
    assert cli("demo").exit_code == 0, "a second run may write over the first one's table"


def test_extract_reads_standard_input_and_a_closed_pipe_ends_quietly(tmp_path: Path) -> None:
    line = json.dumps({"text": "The mayor said that the bridge was safe. " * 100}) + "\n"
    more = json.dumps({"text": "The mayor said that the dam was safe. " * 300}) + "\n"
    command = f"{sys.executable} -m claimtrack extract - --format jsonl | head -n 1"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", command], input=line + more, capture_output=True, text=True,
                          env={**os.environ, "OMP_NUM_THREADS": "1"})  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["cue"]["text"] == "said"
    assert "Traceback" not in done.stderr and "BrokenPipe" not in done.stderr


def test_models_can_be_named_by_folder(cli: Callable[..., Result]) -> None:
    options = ("extract", "-", "--nlp", str(EMBEDDED), "--format", "jsonl")
    result = cli(*options, input="The mayor said that the bridge was safe.")
    assert json.loads(result.stdout)["source"]["text"] == "The mayor"


def test_evaluation_command_prints_the_figures(cli: Callable[..., Result]) -> None:
    result = cli("evaluate", "attribution", "--format", "json")
    assert json.loads(result.output)["whole"]["iou"]["f1"] > 0


def test_accuracy_does_not_fall_below_its_floors() -> None:
    floors = gate.pinned()
    found = gate.measured()
    assert set(floors) == set(found)
    assert all(found[name] >= floor - gate.MARGIN for name, floor in floors.items()), found


@pytest.mark.skipif(not (SHARED / "data" / "seed").exists(), reason="needs the seed article")
def test_seed_article_gives_its_main_claims(extractor: Any) -> None:
    (path,) = (SHARED / "data" / "seed").glob("*.txt")
    found = claims(extractor, path.read_bytes().decode("utf-8"))
    wanted = [
        ("Volodymyr Zelenskiy", "Russian forces have concentrated", "direct"),
        ("Defense Ministry", "Lyman", "indirect"),
        ("British Defense Ministry", "most of Lyman", "indirect"),
        ("Serhiy Hayday", "It is possible", "direct"),
        ("Boris Johnson", "m afraid that Putin", "direct"),
        ("Vladimir Putin", "Moscow is ready to discuss", "indirect"),
        ("Kremlin", "Putin told Nehammer", "indirect"),
    ]
    for speaker, content, kind in wanted:
        assert any(
            speaker in (claim.speaker.name if claim.speaker else claim.source_text or "")
            and content in claim.content_text and claim.attribution.kind == kind
            for claim in found
        ), (speaker, content)  # fmt: skip
    (johnson,) = [claim for claim in found if "m afraid that Putin" in claim.content_text]
    assert johnson.addressee == "Bloomberg" and len(johnson.attribution.content) == 2

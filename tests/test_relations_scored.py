"""How relations that were found are counted against gold ones, and how pairs for training are made."""

from __future__ import annotations

import gzip
import json
import random
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import torch
from graphs import relation, said
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.analysis.encoder import WordPieces
from claimtrack.errors import GoldError
from claimtrack.evaluation.corpora import GoldArticle, GoldAttribution
from claimtrack.evaluation.relations import Counts, GoldRelation, compared, matched, read_relations
from claimtrack.model import RELATION_KINDS, Article, Attribution, Claim, Span
from claimtrack.relations.entailment.network import LABELS
from claimtrack.training.entailment import data
from claimtrack.training.entailment.data import Pair, batches, of_news, one_pass, read_news, read_pairs
from claimtrack.training.entailment.tasks import TAUGHT, taught
from claimtrack.training.loop import Schedule

A, B, C = (said(name, name.upper(), f"Words of {name}.") for name in "abc")
IDS = {"a": "g1", "b": "g2", "c": "g3"}
GOLD = [GoldRelation("contradicts", "g1", "g2", ""), GoldRelation("agrees", "g1", "g3", "")]


def test_right_is_the_same_kind_between_the_same_two_whichever_way_round() -> None:
    found = [relation("contradicts", B, A), relation("agrees", B, C), relation("updates", A, C)]
    outcome = compared(found, IDS, GOLD)
    against, along = outcome.counts["contradicts"], outcome.counts["agrees"]
    assert (against.found, against.wanted, against.right) == (1, 1, 1)
    assert (along.found, along.wanted, along.right) == (1, 1, 0)
    assert list(outcome.wrong) == found[1:] and list(outcome.missed) == GOLD[1:]
    assert set(outcome.counts) == set(RELATION_KINDS)


def test_what_is_found_twice_is_right_once() -> None:
    outcome = compared([relation("contradicts", A, B), relation("contradicts", B, A)], IDS, GOLD[:1])
    assert (outcome.counts["contradicts"].right, len(outcome.wrong), outcome.missed) == (1, 1, ())
    assert outcome.counts["contradicts"].precision == 50 and outcome.counts["contradicts"].recall == 100


def test_what_has_no_gold_attribution_is_wrong() -> None:
    outcome = compared([relation("contradicts", A, B)], {"a": "g1"}, GOLD)
    assert len(outcome.wrong) == 1 and len(outcome.missed) == 2


def test_of_nothing_precision_and_recall_are_nothing() -> None:
    assert Counts().precision == Counts().recall == 0
    assert compared([], {}, GOLD).missed == tuple(GOLD)


def attributed(*content: tuple[int, int], cue: tuple[int, int] = (90, 95), **facts: Any) -> dict[str, Any]:
    """Return the cue and content of an attribution."""
    return {"cue": (Span(*cue),), "content": tuple(Span(*span) for span in content), **facts}


def test_a_claim_is_that_of_the_attribution_with_the_most_like_content() -> None:
    article = Article("a", "x" * 100)
    gold = GoldArticle(
        article,
        tuple(
            GoldAttribution(id_, (), **attributed(*content))
            for id_, content in (("g1", [(0, 20)]), ("g2", [(0, 24)]), ("g3", [(50, 60)]), ("g4", []))
        ),
    )
    claims = [
        Claim(id_, article, Attribution(**attributed(*content)))
        for id_, content in (("exact", [(0, 20)]), ("near", [(2, 24)]), ("little", [(58, 80)]), ("cue", []))
    ]
    assert matched(claims, [gold]) == {"exact": "g1", "near": "g2", "cue": "g4"}
    assert matched(claims, [GoldArticle(Article("b", "x"), gold.attributions)]) == {} == matched([], [gold])


def test_of_two_alike_the_cue_decides() -> None:
    article = Article("a", "x" * 100)
    gold = GoldArticle(
        article,
        (GoldAttribution("far", (), **attributed((0, 20), cue=(30, 34))),
         GoldAttribution("met", (), **attributed((0, 20), cue=(90, 95)))),
    )  # fmt: skip
    assert matched([Claim("c", article, Attribution(**attributed((0, 20))))], [gold]) == {"c": "met"}


ROW = {"kind": "agrees", "a": "g1", "b": "g2", "reason": "both say so"}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "cannot be read"),
        (b"{", "cannot be read"),
        (b"[1]", "cannot be read"),
        (b"\xff", "cannot be read"),
        (b'{"kind": "agrees", "a": "g1"}', "cannot be read"),
        (json.dumps(ROW | {"kind": "likes"}).encode(), "'likes' is no kind of relation; there is agrees, "),
    ],
)
def test_broken_gold_relations_are_named(tmp_path: Path, content: bytes | None, message: str) -> None:
    (tmp_path / "gold").mkdir()
    if content is not None:
        (tmp_path / "gold" / "relations.jsonl").write_bytes(content)
    with pytest.raises(GoldError, match=r"relations\.jsonl: ") as caught:
        read_relations(tmp_path)
    assert message in str(caught.value) and "\n" not in str(caught.value)


def test_gold_relations_are_read(tmp_path: Path) -> None:
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / "relations.jsonl").write_text(f"{json.dumps(ROW)}\n\n")
    (found,) = read_relations(tmp_path)
    assert found == GoldRelation(**ROW) and found.pair == {"g1", "g2"}


CONTRADICTION, ENTAILMENT, NEUTRAL = range(3)


def made(count: int, label: int = ENTAILMENT, source: str = "s", length: int = 3) -> list[Pair]:
    """Return pairs whose premises begin with even numbers, and whose hypotheses are the next odd ones."""
    return [Pair([2 * n] * length, [2 * n + 1] * length, label, source) for n in range(count)]


def test_the_label_numbers_are_those_of_the_network() -> None:
    assert LABELS == ("contradiction", "entailment", "neutral") and data.NOT_ENTAILMENT == 3


def test_a_pass_takes_the_share_of_each_source() -> None:
    pairs = [pair for source in ("half", "all", "none") for pair in made(400, source=source)]
    found = Counter(p.source for p in one_pass(pairs, {"half": 0.5, "none": 0.0}, random.Random(1)) if p in pairs)
    assert found["all"] == 400 and 150 < found["half"] < 250 and not found["none"]


@pytest.mark.parametrize(("label", "some"), [(CONTRADICTION, True), (ENTAILMENT, False), (NEUTRAL, False)])
def test_of_sentences_only_contradictions_are_turned_round(label: int, some: bool) -> None:
    pairs = made(400, label, "snli")
    turned = [pair for pair in one_pass(pairs, {}, random.Random(1)) if pair.premise[0] % 2]
    assert bool(turned) == some and len(turned) < 400 * 2 * data.SWAPPED
    assert all(pair.label == label for pair in turned)


@pytest.mark.parametrize(
    ("label", "least"), [(CONTRADICTION, 150), (ENTAILMENT, 300), (NEUTRAL, 150), (data.OPEN, 150)]
)
def test_claims_stand_either_way_and_what_follows_mostly_behind_what_says_more(label: int, least: int) -> None:
    source = "open" if label == data.OPEN else "judged"
    pairs = [Pair([2 * n], [2 * n + 1] * 3, label, source) for n in range(400)]
    taken = one_pass(pairs, {}, random.Random(1))
    turned = [pair for pair in taken if pair.premise[0] % 2 and len(pair.premise) == 3 and len(pair.hypothesis) == 1]
    assert least < len(turned) < least + 100 and all(pair.label == label for pair in turned)


def test_what_nobody_has_judged_makes_no_unrelated_pairs() -> None:
    assert {pair.label for pair in one_pass(made(400, data.OPEN, "open"), {}, random.Random(1))} == {data.OPEN}


def test_a_teacher_is_learned_from_beside_a_label_and_alone_where_there_is_none() -> None:
    scores = torch.tensor([[2.0, 0.0, 0.0], [0.0, 1.0, 0.0]])
    told = torch.tensor([[0.2, 0.2, 0.6], [0.0, 1.0, 0.0]])
    logs = torch.log_softmax(scores, 1)
    labelled, alone = -(told * logs).sum(1)
    for gold, first in ((CONTRADICTION, TAUGHT * labelled - (1 - TAUGHT) * logs[0, 0]), (data.OPEN, labelled)):
        assert taught(scores, torch.tensor([gold, data.OPEN]), told) == pytest.approx(float((first + alone) / 2))


def test_sentences_of_two_pairs_of_one_source_are_neutral() -> None:
    pairs = made(400) + made(400, source="snli")
    further = [pair for pair in one_pass(pairs, {}, random.Random(1)) if pair not in pairs]
    assert 0 < len(further) <= round(400 * data.UNRELATED)
    assert all(p.label == NEUTRAL and p.source == "s" and p.hypothesis[0] != p.premise[0] + 1 for p in further)


def test_of_one_pair_no_unrelated_ones_are_made() -> None:
    pairs = made(1)
    assert one_pass(pairs * 40, {}, random.Random(1)) == pairs * 40 and one_pass([], {}, random.Random(1)) == []


@given(st.lists(st.integers(1, 60), max_size=40), st.integers(70, 500), st.integers(0, 9))
def test_batches_hold_all_pairs_and_no_more_pieces_than_allowed(lengths: list[int], most: int, seed: int) -> None:
    pairs = [Pair([n] * length, [n], ENTAILMENT, "s") for n, length in enumerate(lengths)]
    found = [batch for batch in batches(pairs, most, random.Random(seed)) if batch]
    assert sorted(pair.hypothesis[0] for batch in found for pair in batch) == list(range(len(pairs)))
    # Of like length, give or take six pieces: a batch's last pair is not always its longest.
    assert all(len(batch) * (max(map(len, batch)) + 3) <= most + 6 * len(batch) for batch in found)


def test_no_pairs_make_no_batch() -> None:
    assert list(batches([], 100, random.Random(1))) == []


def test_a_batch_never_holds_more_pieces_than_allowed() -> None:
    for seed in range(40):
        pairs = [Pair([1] * (10 + n % 9), [1], ENTAILMENT, "s") for n in range(60)]
        for batch in batches(pairs, 100, random.Random(seed)):
            assert len(batch) * (max(map(len, batch)) + 3) <= 100


PIECES = WordPieces(
    ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "the", "siren", "failed", "people", *map(str, range(10)),
     *(f"##{n}" for n in range(10))]
)  # fmt: skip
ARTICLES = [["the siren failed", "5 people", "the people failed"], ["siren the failed", "people the siren", "failed"]]


def test_news_gives_neutral_pairs_of_one_article_and_changed_numbers() -> None:
    found = of_news(ARTICLES, 300, PIECES, random.Random(1))
    neutral = [pair for pair in found if pair.label == NEUTRAL]
    changed = [pair for pair in found if pair.label == CONTRADICTION]
    assert len(neutral) + len(changed) == len(found) and {pair.source for pair in found} == {"news"}
    assert 150 < len(neutral) <= 300 and 0 < len(changed) <= round(300 * data.CHANGED / data.NEWS)
    assert all(pair.premise != pair.hypothesis for pair in found)
    texts = [[[n for word in sentence.split() for n in PIECES.of(word)] for sentence in one] for one in ARTICLES]
    assert all(any(p.premise in one and p.hypothesis in one for one in texts) for p in neutral)
    number = PIECES.vocabulary.index("5")
    assert all(p.premise[0] == number != p.hypothesis[0] and p.hypothesis[-1] == p.premise[-1] for p in changed)


def packed(path: Path, *rows: dict[str, Any]) -> Path:
    """Write rows as gzipped JSON lines."""
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)
    return path


def test_pairs_and_news_are_read(tmp_path: Path) -> None:
    row = {"premise": "the siren", "hypothesis": "failed", "label": "not_entailment", "source": "s"}
    assert read_pairs(packed(tmp_path / "p.gz", row), PIECES) == [Pair([4, 5], [6], data.NOT_ENTAILMENT, "s")]
    long = " ".join(f"Crane number {n} stood still." for n in range(7))
    news = packed(tmp_path / "n.gz", {"text": long + " Rain fell."}, {"text": "", "content_original": "Too short."})
    assert read_news(news) == [[f"Crane number {n} stood still." for n in range(7)]]


@pytest.mark.parametrize(("stop", "end"), [(None, 100), (40, 40), (400, 100), (0, 0)])
def test_a_schedule_ends_where_it_stops(stop: int | None, end: int) -> None:
    whole, part = Schedule(100, 1.0, 10), Schedule(100, 1.0, 10, stop=stop)
    assert part.end == end
    assert [part.rate_at(step) for step in range(end)] == [whole.rate_at(step) for step in range(end)]

"""The learned extractor's parts, with weights drawn at random: what holds whatever is learned."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

torch = pytest.importorskip("torch")
pytest.importorskip("tokenizers")

from claimtrack.analysis.encoder import Encoder, Shape, WordPieces  # noqa: E402
from claimtrack.analysis.paragraphs import paragraphs  # noqa: E402
from claimtrack.analysis.quantised import packed, quicken, unpacked  # noqa: E402
from claimtrack.attribution.quotes import quotations  # noqa: E402
from claimtrack.attribution.tagger import storage  # noqa: E402
from claimtrack.attribution.tagger.confidence import FEATURES, Calibration, log_odds  # noqa: E402
from claimtrack.attribution.tagger.crf import Chain, allowed, labels_of  # noqa: E402
from claimtrack.attribution.tagger.decode import Finding, marked, settled  # noqa: E402
from claimtrack.attribution.tagger.extract import attributions, beside  # noqa: E402
from claimtrack.attribution.tagger.guesses import WIDE, around, guess_roles, readings  # noqa: E402
from claimtrack.attribution.tagger.network import ALL_ROLES, CUE_ROLES, Tagger  # noqa: E402
from claimtrack.attribution.tagger.signed import signed  # noqa: E402
from claimtrack.attribution.tagger.words import Window, batch_of, words_of  # noqa: E402
from claimtrack.errors import ModelError  # noqa: E402
from claimtrack.model import Span  # noqa: E402

PIECES = WordPieces(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "the", "say", "##ing", "##s", "mayor", '"', ",", "."])
SMALL = Shape(vocabulary=12, positions=300, width=16, inner=32, layers=2, heads=4)


def small(roles: tuple[str, ...], seed: int = 1) -> Tagger:
    torch.manual_seed(seed)
    tagger = Tagger(roles, SMALL).eval()
    with torch.no_grad():
        tagger.chain.transition.normal_()
    return tagger


# Word pieces


@pytest.mark.parametrize(
    ("word", "pieces"),
    [("the", ["the"]), ("THE", ["the"]), ("saying", ["say", "##ing"]), ("says", ["say", "##s"]), ("zebra", ["[UNK]"]),
     ("\u200b", ["[UNK]"]), ("\ud800", ["[UNK]"]), ("thé", ["the"])],
)  # fmt: skip
def test_words_become_pieces(word: str, pieces: list[str]) -> None:
    assert [PIECES.vocabulary[number] for number in PIECES.of(word)] == pieces


def test_a_word_as_long_as_a_page_stays_short() -> None:
    assert len(PIECES.of("say" + "ing" * 30)) <= 12


def test_memory_for_pieces_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claimtrack.analysis.encoder.REMEMBERED", 2)
    pieces = WordPieces(PIECES.vocabulary)
    words = ["the", "mayor", "says", "the", "saying"]
    assert [pieces.of(word) for word in words] == [PIECES.of(word) for word in words]
    assert len(pieces._known) <= 2


# The chain


def every_path(chain: Chain, length: int) -> list[tuple[int, ...]]:
    paths = itertools.product(range(len(chain.labels)), repeat=length)
    return [
        path for path in paths
        if chain.labels[path[0]][0] in "OBS" and chain.labels[path[-1]][0] in "OES"
        and all(allowed(chain.labels[a], chain.labels[b]) for a, b in itertools.pairwise(path))
    ]  # fmt: skip


def total(chain: Chain, scores: torch.Tensor, path: tuple[int, ...]) -> torch.Tensor:
    moves = sum((chain.transition[a, b] for a, b in itertools.pairwise(path)), torch.zeros(()))
    return sum((scores[place, label] for place, label in enumerate(path)), torch.zeros(())) + moves


@pytest.mark.parametrize("lengths", [(1,), (3,), (4, 2), (2, 4, 1)])
def test_chain_agrees_with_counting_every_path(lengths: tuple[int, ...]) -> None:
    torch.manual_seed(len(lengths))
    chain = Chain(labels_of(["Cue"]))
    with torch.no_grad():
        chain.transition.normal_()
        scores = torch.randn(len(lengths), max(lengths), len(chain.labels))
        mask = torch.arange(max(lengths))[None] < torch.tensor(lengths)[:, None]
        marginals, best = chain.marginals(scores, mask), chain.best(scores, mask)
        for row, length in enumerate(lengths):
            paths = every_path(chain, length)
            weights = torch.stack([total(chain, scores[row], path) for path in paths])
            assert tuple(best[row]) == paths[int(weights.argmax())]
            shares = weights.softmax(0)
            for place, label in itertools.product(range(length), range(len(chain.labels))):
                share = sum(s for s, path in zip(shares.tolist(), paths, strict=True) if path[place] == label)
                assert float(marginals[row, place, label]) == pytest.approx(share, abs=1e-5)
            gold = torch.tensor([[*paths[-1], *[0] * (max(lengths) - length)]])
            loss = chain.loss(scores[row : row + 1], gold, mask[row : row + 1])
            assert float(loss) == pytest.approx(float(weights.logsumexp(0) - weights[-1]), abs=1e-4)


@given(st.lists(st.tuples(st.sampled_from(ALL_ROLES), st.integers(1, 4), st.integers(0, 2)), max_size=6))
def test_spans_survive_their_labels(parts: list[tuple[str, int, int]]) -> None:
    tagger = Tagger(ALL_ROLES, SMALL)
    spans: dict[str, list[tuple[int, int]]] = {role: [] for role in ALL_ROLES}
    place = 0
    for role, length, gap in parts:
        place += gap
        spans[role].append((place, place + length - 1))
        place += length
    assert tagger.spans(tagger.numbers(place, spans)) == spans


# Windows


@given(st.integers(0, 50), st.integers(0, 2000))
def test_readings_read_every_word_once(first: int, more: int) -> None:
    found = readings(7, first, first + more)
    assert [word for reading in found for word in reading.words] == list(range(first, first + more + 1))
    for reading in found:
        assert reading.text == 7 and reading.window.last - reading.window.first <= WIDE
        assert reading.window.first <= reading.words.start and reading.words.stop <= reading.window.last


def test_window_around_a_cue_keeps_its_limits() -> None:
    words = words_of("the mayor says . " * 100, PIECES)
    assert around(words, (200, 200)) == Window(152, 249, (200, 201))
    assert around(words, (2, 3)).first == 0 and around(words, (2, 3), (1, 20)) == Window(1, 21, (2, 4))


def test_padding_changes_nothing() -> None:
    tagger = small(ALL_ROLES)
    long, short = words_of("the mayor says the mayor . " * 3, PIECES), words_of("the mayor says", PIECES)
    items = [(long, Window(0, 18, (2, 3))), (short, Window(0, 3, (2, 3)))]
    with torch.no_grad():
        together = tagger(batch_of(items, PIECES, 300))[1, :3]
        alone = tagger(batch_of(items[1:], PIECES, 300))[0]
    assert torch.allclose(together, alone, atol=1e-5)


def test_roles_come_back_in_the_order_asked() -> None:
    tagger = small(ALL_ROLES)
    words = words_of("the mayor says the . " * 30, PIECES)
    items = [(words, around(words, (place, place))) for place in (5, 140, 60, 2)]
    together = guess_roles(tagger, items, PIECES)
    for item, guess in zip(items, together, strict=True):
        (alone,) = guess_roles(tagger, [item], PIECES)
        assert (alone.source, alone.content) == (guess.source, guess.content)
        assert alone.verdict == pytest.approx(guess.verdict, abs=1e-4)


def test_features_tell_case_and_marks() -> None:
    words = words_of('"The say," MAYOR\n\nthe 9', PIECES)
    assert words.features == [(3, 1, 1), (1, 2, 0), (0, 2, 0), (3, 2, 0), (3, 3, 0), (2, 0, 0), (0, 0, 1), (3, 0, 0)]


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    words = words_of(text, PIECES)
    assert all(words.text[a:b].strip() for a, b in zip(words.starts, words.ends, strict=True))
    assert words.of([Span(0, len(text))] if text else []) == list(range(len(words)))


# Eight bits


def test_eight_bits_stay_close() -> None:
    torch.manual_seed(3)
    encoder = Encoder(Shape(vocabulary=200, width=96, inner=256, layers=2, heads=4)).eval()
    state = packed(encoder.state_dict())
    assert state["layers.0.widen.weight"].dtype == torch.int8
    copy = Encoder(Shape(vocabulary=200, width=96, inner=256, layers=2, heads=4)).eval()
    copy.load_state_dict(unpacked(state))
    batch = (
        torch.randint(0, 200, (2, 30)), torch.arange(30).expand(2, 30), torch.zeros(0, 2, 30, dtype=torch.long),
        torch.ones(2, 30, dtype=torch.bool),
    )  # fmt: skip
    with torch.no_grad():
        whole, rounded = encoder(*batch), copy(*batch)
        quicken(copy, state)
        quick = copy(*batch)
    assert (whole - rounded).abs().mean() < 0.02 < 0.05 * whole.abs().mean() * 2
    assert (whole - quick).abs().mean() < 0.1 * whole.abs().mean()


# Decoding


def one(cue: int, probability: float = 0.9, content: tuple[tuple[int, int], ...] = ((5, 9),)) -> Finding:
    return Finding((cue, cue), None, content, probability, 0.9, (0.9, 0.9))


def test_one_cue_is_read_once_the_weightier_way() -> None:
    assert settled([one(3, 0.5), one(1), one(3, 0.8)]) == [one(1), one(3, 0.8)]


@pytest.mark.parametrize(
    ("text", "content", "expected"),
    [
        ('He said "it is over" now.', [(3, 5)], [(2, 6)]),  # most of a quotation: all of it, marks too
        ('He said "it is over" now.', [(4, 7)], [(2, 7)]),
        ('He said "it is over and done for good" now.', [(3, 3)], [(3, 3)]),  # a small part stays as it is
        ('"It is," he said, "over."', [(0, 4), (9, 11)], [(0, 4), (8, 11)]),
    ],
)
def test_content_takes_whole_quotations(
    text: str, content: list[tuple[int, int]], expected: list[tuple[int, int]]
) -> None:
    words = words_of(text, PIECES)
    cue = next(n for n in range(len(words)) if words.text[words.starts[n] : words.ends[n]] == "said")
    found = Finding((cue, cue), None, tuple(content), 1, 1, (1, 1))
    assert list(marked(found, words, quotations(text, paragraphs(text))).content) == expected


@pytest.mark.parametrize(
    ("text", "name", "content"),
    [
        ("“We will not leave.” — Ana Ruiz\n", "Ana Ruiz", "“We will not leave.”"),
        ("“We stay here.”\n— Ana Ruiz, a nurse from Leeds.", "Ana Ruiz, a nurse from Leeds", "“We stay here.”"),
        ('"We will not leave." -- Ludwig van Holt', "Ludwig van Holt", '"We will not leave."'),
        ("“No school.” ― Ana Ruiz\n“No bus.” ― Bo Li", "Bo Li", "“No bus.”"),
        ("“We will not leave” — a promise that few believed.", None, None),
        ("The “great” — Ana Ruiz's word — house", None, None),
        ("“We will not leave,” he said — Ana Ruiz nodded.", None, None),
    ],
)  # fmt: skip
def test_signature_names_the_speaker(text: str, name: str | None, content: str | None) -> None:
    words = words_of(text, PIECES)
    found = list(signed(words, quotations(text, paragraphs(text))))
    if name is None:
        assert not found
        return
    assert content is not None
    last = found[-1]
    assert last.source and words.span(*last.source).of(text) == name
    assert words.span(*last.content[0]).of(text) == content


# Files


def saved(folder: Path, threshold: float = 0.0) -> storage.Taggers:
    cue, roles = small(CUE_ROLES), small(ALL_ROLES)
    roles.encoder.words.weight = cue.encoder.words.weight
    taggers = storage.Taggers(cue, roles, PIECES, Calibration((0.1,) * len(FEATURES), 0.2, threshold))
    storage.save(folder, taggers)
    return taggers


def test_taggers_survive_their_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storage, "Tagger", lambda roles: Tagger(roles, SMALL))
    before = saved(tmp_path)
    after = storage.load(tmp_path)
    words = words_of("the mayor says the . " * 10, PIECES)
    batch = batch_of([(words, Window(0, 50, (2, 3)))], PIECES, 300)
    with torch.no_grad():
        assert torch.allclose(before.roles(batch), after.roles(batch), atol=0.05)
        assert torch.allclose(before.cue(batch), after.cue(batch), atol=0.05)
    assert after.calibration == before.calibration and after.pieces.vocabulary == PIECES.vocabulary


@pytest.mark.parametrize("text", ["", "\n\n", "word", "\x00\x01", "“", "the mayor says " * 12, "ᄀ" * 3000])
def test_untrained_taggers_read_anything(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storage, "Tagger", lambda roles: Tagger(roles, SMALL))
    saved(tmp_path)
    (found,) = attributions([text], tmp_path)
    for attribution in found:
        assert attribution.cue and 0 <= attribution.confidence <= 1
        assert all(span.end <= len(text) for span in (*attribution.cue, *attribution.source, *attribution.content))


@pytest.mark.parametrize("damage", ["weights.safetensors", "vocabulary.txt", "calibration.json", None])
def test_damaged_models_are_one_line(damage: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storage, "Tagger", lambda roles: Tagger(roles, SMALL))
    if damage:
        saved(tmp_path)
        (tmp_path / damage).write_bytes(b"\xff\x00{")
    with pytest.raises(ModelError, match="no attribution models there") as caught:
        storage.load(tmp_path)
    assert "\n" not in str(caught.value)


# Confidence


@given(st.lists(st.floats(-50, 50), min_size=len(FEATURES), max_size=len(FEATURES)))
def test_confidence_is_a_probability(row: list[float]) -> None:
    assert 0 <= Calibration((3.0,) * len(FEATURES), -1.0, 0.3).confidence(row) <= 1


def test_calibration_reads_what_it_wrote() -> None:
    calibration = Calibration(tuple(float(n) for n in range(len(FEATURES))), -1.0, 0.3)
    assert Calibration.from_dict(calibration.as_dict()) == calibration


@pytest.mark.parametrize(("probability", "odds"), [(0.5, 0.0), (0.0, -5.99), (1.0, 5.99)])
def test_log_odds_are_cut(probability: float, odds: float) -> None:
    assert log_odds(probability) == pytest.approx(odds, abs=0.01)


@pytest.mark.parametrize(
    ("text", "cue", "wanted"),
    [
        ("Ann Roe wrote", "wrote", "Ann Roe"),
        ("Ann Roe, Harbour Times\n\nMayor Bo Lind wrote", "wrote", "Mayor Bo Lind"),
        ("said Bo Lind\n \nAnn Roe, Harbour Times", "said", "Bo Lind"),
        ("Ann Roe\nBo Lind wrote", "wrote", "Ann Roe\nBo Lind"),
    ],
)
def test_a_source_stands_in_one_paragraph(text: str, cue: str, wanted: str) -> None:
    start = text.index(cue)
    told = Span(start, start + len(cue))
    source = Span(0, start - 1) if start else Span(told.end + 1, len(text))
    assert beside(source, (told,), text).of(text) == wanted
    assert beside(source, (), wanted if start else text).of(text)

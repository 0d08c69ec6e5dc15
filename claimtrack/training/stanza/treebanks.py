"""Universal Dependencies treebanks, made ready for Stanza's trainers.

EWT and GUM are joined as Stanza's own "combined" English does, then each processor gets the layout
that its trainer reads: CoNLL-U for the tagger, parser, lemmatizer and multi-word expander, raw text
with a label a character for the tokenizer. What only one of the two treebanks annotates (enhanced
dependencies aside, a handful of features) is dropped, so that no model has to guess which treebank it
is reading.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from stanza.utils.datasets import conllu_to_text, prepare_tokenizer_data
from stanza.utils.datasets.common import read_sentences_from_conllu, write_sentences_to_conllu
from stanza.utils.datasets.contract_mwt import contract_mwt
from stanza.utils.datasets.prepare_tokenizer_treebank import augment_punct

TREEBANKS = ("EWT", "GUM")
_COMMENTS = re.compile(r"# (text|sent_id|newdoc|newpar)\b")
_FEATS, _DEPS, _MISC = 5, 8, 9

Sentence = list[str]
"""The lines of one CoNLL-U sentence, comments first."""


def prepare(ud: Path, out: Path, seed: int = 1234) -> None:
    """Write every training, dev and test file that the trainers read.

    Args:
        ud: folder with ``EWT/`` and ``GUM/``, each with ``train.conllu``, ``dev.conllu``, ``test.conllu``.
        out: folder to write to; files are named ``train.conllu``, ``dev.txt``, ``dev.labels`` and so on.
        seed: for the punctuation variants (curly quotes, apostrophes, ellipses) that Stanza adds to
            training data so that web text does not surprise the models.

    Raises:
        FileNotFoundError: when a treebank file is missing.
    """
    out.mkdir(parents=True, exist_ok=True)
    parts = {part: [_read(ud / name / f"{part}.conllu") for name in TREEBANKS] for part in ("train", "dev", "test")}
    shared = set.intersection(*({feat for s in bank for feat in _features(s)} for bank in parts["train"]))
    random.seed(seed)
    train = [_clean(s, shared) for bank in parts["train"] for s in bank]
    write_sentences_to_conllu(str(out / "train.conllu"), augment_punct(train))
    # Like Stanza, EWT's dev part decides when to stop; both test parts are reported.
    write_sentences_to_conllu(str(out / "dev.conllu"), [_clean(s, shared) for s in parts["dev"][0]])
    for name, bank in zip(TREEBANKS, parts["test"], strict=True):
        write_sentences_to_conllu(str(out / f"test.{name.lower()}.conllu"), [_clean(s, shared) for s in bank])
    word_list(out / "train.conllu", out / "train.words.conllu")
    for part in ("train", "dev", "test.ewt", "test.gum"):
        conllu, text = str(out / f"{part}.conllu"), str(out / f"{part}.txt")
        conllu_to_text.main([conllu, text])
        prepare_tokenizer_data.main(
            [text, conllu, "-o", str(out / f"{part}.labels"), "-m", str(out / f"{part}.mwt.json")]
        )
        contract_mwt(conllu, str(out / f"{part}.contracted.conllu"))


def word_list(conllu: Path, out: Path) -> int:
    """Write each pair of word and tag with its lemma a few times instead of thousands of times.

    The lemmatizer looks at words without their sentences, so repetition teaches it nothing; a word seen
    ``n`` times is written ``1 + log2(n)`` times, which keeps the commoner of two lemmas the commoner.

    Returns:
        How many words were written.
    """
    counts = Counter(
        (fields[1], fields[3], fields[2]) for sentence in _read(conllu) for fields in _word_lines(sentence)
    )
    rows = [triple for triple, count in counts.items() for _ in range(count.bit_length())]
    random.Random(1234).shuffle(rows)
    with out.open("w", encoding="utf-8") as file:
        for start in range(0, len(rows), 50):
            for number, (form, tag, lemma) in enumerate(rows[start : start + 50], start=1):
                head = "0\troot" if number == 1 else "1\tdep"
                file.write(f"{number}\t{form}\t{lemma}\t{tag}\t_\t_\t{head}\t_\t_\n")
            file.write("\n")
    return len(rows)


def words(conllu: Path) -> Iterator[list[str]]:
    """Yield the word forms of each sentence of a CoNLL-U file (multi-word tokens expanded)."""
    for sentence in _read(conllu):
        yield [fields[1] for fields in _word_lines(sentence)]


def _read(path: Path) -> list[Sentence]:
    if not path.exists():
        raise FileNotFoundError(f"{path}: no such treebank file; point --ud at a folder with EWT/ and GUM/")
    sentences: list[Sentence] = read_sentences_from_conllu(str(path))
    return sentences


def _word_lines(sentence: Iterable[str]) -> Iterator[list[str]]:
    for line in sentence:
        if not line.startswith("#"):
            fields = line.split("\t")
            if fields[0].isdigit():
                yield fields


def _features(sentence: Sentence) -> set[str]:
    return {feat for fields in _word_lines(sentence) for feat in fields[_FEATS].split("|")}


def _clean(sentence: Sentence, shared_features: set[str]) -> Sentence:
    """Keep what both treebanks annotate: no empty nodes, no enhanced graph, no treebank-only feature."""
    kept = []
    for line in sentence:
        if line.startswith("#"):
            if _COMMENTS.match(line):
                kept.append(line)
            continue
        fields = line.split("\t")
        if "." in fields[0]:
            continue
        fields[_FEATS] = "|".join(f for f in fields[_FEATS].split("|") if f in shared_features) or "_"
        fields[_DEPS] = "_"
        fields[_MISC] = "SpaceAfter=No" if "SpaceAfter=No" in fields[_MISC].split("|") else "_"
        kept.append("\t".join(fields))
    return kept

"""Loading a Stanza pipeline without network or noise, and running it over many texts at once."""

from __future__ import annotations

import logging
import warnings
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import accumulate
from pathlib import Path
from typing import Any

from claimtrack.analysis import trees
from claimtrack.analysis.memory import settle, trim
from claimtrack.analysis.paragraphs import paragraphs, undated
from claimtrack.errors import ModelError

MAX_WORDS = 120
"""A longer sentence is cut: parsing costs the square of the length, and real sentences are shorter."""

MAX_TOKEN = 1000
"""Stanza reads a longer token (no web address is) as an unknown word."""

PROCESSORS = ("tokenize", "mwt", "pos", "lemma", "depparse", "ner")

_BREAK = "\n\n"
"""What tells Stanza's tokenizer that a paragraph ends."""

Tokens = list[dict[str, Any]]
"""One sentence as Stanza's tokenizer gives it."""


class Analyzer:
    """Sentences, words, tags, dependencies and entities for whole batches of texts.

    Args:
        folder: a Stanza resources folder.
        processors: which to load, in Stanza's names, in the order in which they run.
        parse_only: tells which tagged sentences are worth parsing; the others keep no dependencies. All
            are parsed when it is left out.
        settings: further configuration of Stanza's pipeline.

    Raises:
        ModelError: when the folder's models cannot be loaded.
    """

    def __init__(
        self, folder: Path, processors: Iterable[str] = PROCESSORS, parse_only: Callable[[Any], bool] | None = None,
        **settings: Any,
    ) -> None:  # fmt: skip
        processors = list(processors)
        settle()
        self.pipeline = load(folder, processors, **settings)
        self._parse_only = parse_only
        self.after = [name for name in processors if name in self.pipeline.processors and name != "tokenize"]

    def analyze(self, texts: Sequence[str]) -> list[Any]:
        """Return an analysed ``stanza.Document`` for each text; offsets point into that text."""
        documents = self.tokenize(texts)
        # Stanza's processors trip over documents without a sentence.
        self.run([document for document in documents if document.sentences], self.after)
        return documents

    def run(self, documents: Sequence[Any], processors: Sequence[str]) -> None:
        """Run some processors over tokenized documents, which keep what is found."""
        if not documents:
            return
        with quiet():
            for name in processors:
                processor = self.pipeline.processors[name]
                if name == "depparse" and self._parse_only:
                    wanted = [s for document in documents for s in document.sentences if self._parse_only(s)]
                    if wanted:
                        processor.process(joined(wanted))
                elif name == "ner":
                    # Stanza sorts by length within a batch only; sorting them all pads far less.
                    sentences = [s for document in documents for s in document.sentences]
                    processor.process(joined(sorted(sentences, key=lambda sentence: len(sentence.tokens))))
                    for document in documents:
                        document.build_ents()
                else:
                    processor.bulk_process(list(documents))
                # Each needs blocks of other sizes than the one before it.
                trim()

    def tokenize(self, texts: Sequence[str]) -> list[Any]:
        """Return a ``stanza.Document`` of sentences and tokens for each text.

        Each paragraph is read by itself, so that no sentence runs over a paragraph's end, and no
        sentence is longer than :data:`MAX_WORDS` tokens.
        """
        from stanza.models.common.doc import Document

        places = [[undated(text, paragraph) for paragraph in paragraphs(text)] for text in texts]
        read = iter(self._read([span.of(text) for text, spans in zip(texts, places, strict=True) for span in spans]))
        documents = []
        for text, spans in zip(texts, places, strict=True):
            sentences = [
                shifted(short, span.start) for span in spans for sentence in joined_marks(next(read))
                for short in shortened(sentence)
            ]  # fmt: skip
            documents.append(Document(sentences, text=text))
        trim()
        return documents

    def _read(self, blocks: Sequence[str]) -> list[list[Tokens]]:
        """Return the sentences of each block, offsets counted from its start; all blocks in one go."""
        if not blocks:
            return []
        starts = list(accumulate((len(block) + len(_BREAK) for block in blocks[:-1]), initial=0))
        with quiet():
            document = self.pipeline.processors["tokenize"].process(_BREAK.join(blocks))
        found: list[list[Tokens]] = [[] for _ in blocks]
        for sentence in tokens_of(document):
            block = bisect_right(starts, sentence[0]["start_char"]) - 1
            found[block].append(shifted(sentence, -starts[block]))
        return found


def joined(sentences: list[Any]) -> Any:
    """Return a document of sentences that belong to other documents, as Stanza's own batches are made."""
    from stanza.models.common.doc import Document

    document = Document([])
    document.sentences = sentences
    document.num_tokens = sum(len(sentence.tokens) for sentence in sentences)
    document.num_words = sum(len(sentence.words) for sentence in sentences)
    return document


def joined_marks(sentences: Sequence[Tokens]) -> list[Tokens]:
    """Put a sentence of nothing but marks (a closing quotation mark, mostly) to the one before it."""
    result: list[Tokens] = []
    for sentence in sentences:
        if result and not any(character.isalnum() for token in sentence for character in token["text"]):
            result[-1] = [*result[-1], *sentence]
        else:
            result.append(sentence)
    return result


def tokens_of(document: Any) -> list[Tokens]:
    """Return the tokens of a freshly tokenized document as Stanza's dictionaries."""
    return [
        [
            {"text": token.text, "start_char": token.start_char, "end_char": token.end_char,
             **({"misc": token.misc} if token.misc else {})}
            for token in sentence.tokens
        ]
        for sentence in document.sentences
    ]  # fmt: skip


def shortened(sentence: Tokens, limit: int = MAX_WORDS) -> Iterator[Tokens]:
    """Cut a sentence into pieces of at most ``limit`` tokens, after punctuation where there is some."""
    while len(sentence) > limit:
        marks = [i + 1 for i in range(limit // 2, limit) if not any(c.isalnum() for c in sentence[i]["text"])]
        cut = marks[-1] if marks else limit
        yield sentence[:cut]
        sentence = sentence[cut:]
    yield sentence


def shifted(sentence: Tokens, by: int) -> Tokens:
    """Number the tokens from one and move them ``by`` characters to the right."""
    return [
        {**token, "id": number, "start_char": token["start_char"] + by, "end_char": token["end_char"] + by}
        for number, token in enumerate(sentence, start=1)
    ]


def load(folder: Path, processors: Iterable[str], **settings: Any) -> Any:
    """Return a ``stanza.Pipeline`` over a resources folder: no network, no chatter; on a GPU where there is one.

    Raises:
        ModelError: when Stanza cannot load the models.
    """
    import stanza

    trees.install()
    with quiet():
        try:
            return stanza.Pipeline(
                "en", dir=str(folder), processors=",".join(processors), download_method=None, verbose=False,
                lemma_store_results=True, tokenize_max_seqlen=MAX_TOKEN, **settings,
            )  # fmt: skip
        except Exception as error:  # Stanza raises nearly anything over a bad folder
            raise ModelError(f"{folder}: Stanza cannot load these models ({_first_line(error)})") from error


@contextmanager
def quiet() -> Iterator[None]:
    """Keep Stanza's and PyTorch's remarks to developers from the people who use claimtrack."""
    logger = logging.getLogger("stanza")
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.setLevel(level)


def _first_line(error: Exception) -> str:
    return next((line.strip() for line in str(error).splitlines() if line.strip()), type(error).__name__)

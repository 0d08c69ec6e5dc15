"""How fast the pipeline is, processor by processor, on one thread."""

from __future__ import annotations

import time
from collections.abc import Sequence

from claimtrack.claims.extractor import Extractor, batches
from claimtrack.model import Article


def measure(articles: Sequence[Article], nlp: str = "embedded") -> tuple[int, dict[str, float]]:
    """Return how many words were read and the seconds that each processor took.

    One thread; loading is not counted; a first batch warms up and is not counted either.

    Args:
        articles: what to read.
        nlp: which models.
    """
    import torch

    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        analyzer = Extractor(nlp).analyzer
        analyzer.analyze([articles[0].text])
        seconds: dict[str, float] = {}
        words = 0
        for batch in batches(articles):
            start = time.perf_counter()
            documents = [d for d in analyzer.tokenize([a.text for a in batch]) if d.sentences]
            seconds["tokenize"] = seconds.get("tokenize", 0.0) + time.perf_counter() - start
            for name in analyzer.after:
                start = time.perf_counter()
                analyzer.run(documents, [name])
                seconds[name] = seconds.get(name, 0.0) + time.perf_counter() - start
            words += sum(document.num_words for document in documents)
        return words, seconds
    finally:
        torch.set_num_threads(threads)

"""What each Stanza processor needs to be trained: its data, its trainer, its score on the dev part.

Every class here is a :class:`claimtrack.training.loop.Task` around Stanza's own data readers,
models and trainers. The sizes were chosen for speed on one thread; ``docs/models.md`` says what they
cost in accuracy.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import torch
from stanza.models import ner_tagger, parser, tagger, tokenizer
from stanza.models.common.doc import DEPREL, HEAD, Document
from stanza.models.common.pretrain import Pretrain
from stanza.models.common.utils import unsort
from stanza.models.depparse import data as depparse_data
from stanza.models.depparse import scorer as depparse_scorer
from stanza.models.depparse.trainer import GraphTrainer
from stanza.models.depparse.utils import predict_dataset
from stanza.models.ner import data as ner_data
from stanza.models.ner import scorer as ner_scorer
from stanza.models.ner.trainer import Trainer as EntityTrainer
from stanza.models.pos import data as pos_data
from stanza.models.pos import scorer as pos_scorer
from stanza.models.pos.trainer import Trainer as TaggerTrainer
from stanza.models.tokenization import data as tokenization_data
from stanza.models.tokenization.trainer import Trainer as TokenizerTrainer
from stanza.models.tokenization.utils import eval_model, load_mwt_dict
from stanza.utils.conll import CoNLL
from stanza.utils.training.run_tokenizer import default_feat_funcs

SHORTHAND = "en_claimtrack"


class TokenizerTask:
    """Sentences, tokens and multi-word tokens, character by character."""

    def __init__(self, data: Path, sequence: int = 300) -> None:
        feats = default_feat_funcs("en")
        self.args = tokenizer.parse_args([
            "--txt_file", str(data / "train.txt"), "--label_file", str(data / "train.labels"),
            "--dev_txt_file", str(data / "dev.txt"), "--dev_label_file", str(data / "dev.labels"),
            "--mwt_json_file", str(data / "dev.mwt.json"), "--lang", "en", "--shorthand", SHORTHAND,
            "--max_seqlen", str(sequence), "--use_mwt", "--cpu",
        ])  # fmt: skip
        self.args |= {"feat_funcs": feats, "feat_dim": len(feats), "num_dict_feat": 0}
        self.expansions = load_mwt_dict(str(data / "dev.mwt.json"))
        self.train = tokenization_data.DataLoader(
            self.args, input_files={"txt": self.args["txt_file"], "label": self.args["label_file"]},
            mwt_expansions={word: pieces[0] for word, pieces in self.expansions.items()},
        )  # fmt: skip
        self.args["vocab_size"] = len(self.train.vocab)
        self.dev = tokenization_data.TokenizationDataset(
            self.args, input_files={"txt": self.args["dev_txt_file"], "label": self.args["dev_label_file"]},
            vocab=self.train.vocab, evaluation=True,
        )  # fmt: skip
        self.trainer = TokenizerTrainer(args=self.args, vocab=self.train.vocab, device="cpu")

    def batches(self) -> Iterator[Any]:
        step = 0
        while True:
            step += 1
            yield self.train.next(
                unit_dropout=self.args["unit_dropout"], feat_unit_dropout=self.args["feat_unit_dropout"]
            )
            if step % self.args["shuffle_steps"] == 0:
                self.train.shuffle()

    def optimizer(self) -> torch.optim.Optimizer:
        optimizer: torch.optim.Optimizer = self.trainer.optimizer
        return optimizer

    def score(self) -> float:
        with torch.no_grad():
            return 100 * float(eval_model(self.args, self.trainer, self.dev, self.train.vocab, self.expansions))


class TaggerTask:
    """UPOS, XPOS and features."""

    def __init__(self, data: Path, vectors: Path | None, batch: int = 64, sizes: tuple[str, ...] = ()) -> None:
        self.args = tagger.parse_args([
            "--train_file", str(data / "train.conllu"), "--eval_file", str(data / "dev.conllu"),
            "--lang", "en", "--shorthand", SHORTHAND, "--batch_size", str(batch), "--cpu", "--share_hid",
            "--hidden_dim", "200", "--num_layers", "1", "--char_hidden_dim", "100", "--char_emb_dim", "50",
            "--deep_biaff_hidden_dim", "200", "--word_emb_dim", "50", "--word_cutoff", "3",
            "--dropout", "0.33", "--word_dropout", "0.15", "--beta2", "0.95",
            *(() if vectors else ("--no_pretrain",)), *sizes,
        ])  # fmt: skip
        pretrain = Pretrain(str(vectors)) if vectors else None
        _, _, self.train = tagger.load_training_data(self.args, pretrain)
        vocab = self.train.datasets[0].vocab
        self.dev_file = data / "dev.conllu"
        self.dev = pos_data.Dataset(
            CoNLL.conll2doc(input_file=str(self.dev_file)), self.args, pretrain, vocab=vocab, evaluation=True,
            sort_during_eval=True,
        )  # fmt: skip
        self.trainer = TaggerTrainer(args=self.args, vocab=vocab, pretrain=pretrain, device="cpu")

    def batches(self) -> Iterator[Any]:
        while True:
            yield from self.train

    def optimizer(self) -> torch.optim.Optimizer:
        (optimizer,) = self.trainer.optimizers.values()
        return optimizer  # type: ignore[no-any-return]

    def score(self) -> float:
        """Return the share of words with UPOS, XPOS and features all right."""
        predictions, order = [], []
        with torch.no_grad():
            for batch in self.dev.to_loader(batch_size=200):
                predictions += self.trainer.predict(batch)
                order.extend(batch.idx)
        tagger.set_predictions(self.dev.doc, self.trainer, unsort(predictions, order))
        system = io.StringIO(f"{self.dev.doc:C}\n\n")
        return 100 * float(pos_scorer.score(system, str(self.dev_file), eval_type="AllTags")[2])


class ParserTask:
    """Heads and relations; trained on the tags that our own tagger gives, since it will see no others."""

    def __init__(self, train: Path, dev: Path, vectors: Path | None, batch: int = 1000,
                 sizes: tuple[str, ...] = ()) -> None:  # fmt: skip
        self.args = parser.parse_args([
            "--train_file", str(train), "--eval_file", str(dev), "--lang", "en", "--shorthand", SHORTHAND,
            "--batch_size", str(batch), "--cpu", "--no_char", "--hidden_dim", "200", "--num_layers", "2",
            "--deep_biaff_hidden_dim", "150", "--word_emb_dim", "50", "--tag_emb_dim", "50", "--word_cutoff", "3",
            "--optim", "adam", "--lr", "0.002", "--beta2", "0.95", "--weight_decay", "0",
            "--dropout", "0.33", "--word_dropout", "0.2",
            *(() if vectors else ("--no_pretrain",)), *sizes,
        ])  # fmt: skip
        pretrain = Pretrain(str(vectors)) if vectors else None
        self.train = depparse_data.DataLoader(
            CoNLL.conll2doc(input_file=str(train)), batch, self.args, pretrain, evaluation=False
        )
        self.dev_file = dev
        self.dev = depparse_data.DataLoader(
            CoNLL.conll2doc(input_file=str(dev)), 5000, self.args, pretrain, vocab=self.train.vocab, evaluation=True,
            sort_during_eval=True,
        )  # fmt: skip
        self.trainer = GraphTrainer(args=self.args, vocab=self.train.vocab, pretrain=pretrain, device="cpu")

    def batches(self) -> Iterator[Any]:
        endless = depparse_data.InfiniteBatch(self.train)
        while True:
            yield endless.next_batch()

    def optimizer(self) -> torch.optim.Optimizer:
        (optimizer,) = self.trainer.optimizer.values()
        return optimizer  # type: ignore[no-any-return]

    def score(self) -> float:
        """Return the labelled attachment score."""
        self.dev.doc.set([HEAD, DEPREL], [arc for s in predict_dataset(self.trainer, self.dev) for arc in s])
        system = io.StringIO(f"{self.dev.doc:C}\n\n")
        return 100 * float(depparse_scorer.score(system, str(self.dev_file))[2])


class EntityTask:
    """The 18 OntoNotes types, learned from a teacher's labels."""

    def __init__(self, train: Path, dev: Path, vectors: Path, batch: int = 32, sizes: tuple[str, ...] = ()) -> None:
        self.args = ner_tagger.parse_args([
            "--train_file", str(train), "--eval_file", str(dev), "--shorthand", SHORTHAND, "--cpu",
            "--batch_size", str(batch), "--max_batch_words", "800", "--hidden_dim", "160",
            "--char_hidden_dim", "60", "--char_emb_dim", "40", "--optim", "adam", "--lr", "0.002",
            "--no_emb_finetune", "--dropout", "0.4", "--word_dropout", "0.02", *sizes,
        ])  # fmt: skip
        pretrain = Pretrain(str(vectors), save_to_file=False)
        self.args["word_emb_dim"] = pretrain.emb.shape[1]
        self.train = ner_data.DataLoader(
            Document(json.loads(train.read_text(encoding="utf-8"))), batch, self.args, pretrain, evaluation=False,
            max_batch_words=self.args["max_batch_words"],
        )  # fmt: skip
        self.dev = ner_data.DataLoader(
            Document(json.loads(dev.read_text(encoding="utf-8"))), batch, self.args, pretrain,
            vocab=self.train.vocab, evaluation=True,
        )  # fmt: skip
        self.gold = [[tags[0] for tags in sentence] for sentence in self.dev.tags]
        self.trainer = EntityTrainer(args=self.args, vocab=self.train.vocab, pretrain=pretrain, device="cpu")

    def batches(self) -> Iterator[Any]:
        while True:
            yield from self.train
            self.train.reshuffle()

    def optimizer(self) -> torch.optim.Optimizer:
        optimizer: torch.optim.Optimizer = self.trainer.optimizer
        return optimizer

    def score(self) -> float:
        """Return the F1 of whole entities."""
        with torch.no_grad():
            predictions = [tags for batch in self.dev for tags in self.trainer.predict(batch)]
        return 100 * float(ner_scorer.score_by_entity(predictions, self.gold, verbose=False)[2])

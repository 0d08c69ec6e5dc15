"""Attributions in one parsed sentence: reporting verbs with what they take, and *according to*."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from claimtrack.attribution.cues import TELLING, Cue, lexicon
from claimtrack.attribution.trees import Tree
from claimtrack.model import Span, Spans


@dataclass(frozen=True)
class Draft:
    """An attribution as one pattern sees it, before the marks have been reconciled."""

    pattern: str
    cue: Spans
    content: Spans
    source: Spans
    lexeme: Cue
    negated: bool = False

    @property
    def extent(self) -> Span:
        """From the first character of any role to the last."""
        spans = sorted((*self.cue, *self.content, *self.source))
        return Span(spans[0].start, max(span.end for span in spans))


def worth_parsing(sentence: Any) -> bool:
    """Tell whether a tagged Stanza sentence has a word that some pattern starts from."""
    return any(
        (word.upos == "VERB" and str(word.lemma).lower() in lexicon()) or word.text.lower() == "according"
        for word in sentence.words
    )


def by_verb(tree: Tree) -> list[Draft]:
    """Return what each reporting verb of a sentence attributes: its clause, infinitive or object."""
    drafts = []
    for word in tree:
        lexeme = lexicon().get(tree.lemma[word])
        if lexeme is None or tree.upos[word] != "VERB" or tree.base(word) in ("amod", "case", "compound"):
            continue
        found = _complement(tree, word, lexeme)
        if found is None:
            continue
        pattern, content = found
        source = source_of(tree, word)
        if not source and not _needs_no_source(tree, word):
            continue
        words = cue_words(tree, word)
        if lexeme.commitment == "declined" and _only_speaks(tree, content):
            words, content = sorted({*words, *content}), []
        cue = tree.spans(words)
        content = [w for w in content if not any(span.contains(tree.place[w]) for span in (*cue, *source))]
        drafts.append(Draft(pattern, cue, tree.spans(content), source, lexeme, tree.is_negated(word)))
    return drafts


def _complement(tree: Tree, word: int, lexeme: Cue) -> tuple[str, list[int]] | None:
    """Return what the verb attributes and by which pattern, or None when it attributes nothing."""
    frames = lexeme.frames
    clauses = tree.children(word, "ccomp", "csubj:pass") if "c" in frames else []
    if not clauses and frames & {"c", "q"}:
        # "X, he said" and "he said: X": the parser makes either clause hang on the other.
        if tree.base(word) == "parataxis" and tree.head[word]:
            if not tree.children(word, "nsubj") or (tree.children(word, "obj") and lexeme.lemma not in TELLING):
                return None
            return "clause", tree.subtree(tree.head[word], without=[word])
        clauses = [c for c in tree.children(word, "parataxis") if c > word and _is_clause(tree, c)]
        # "said in a statement that ...": the parser may hang the clause on the statement.
        clauses = clauses or [
            c for o in tree.children(word, "obl", "obj") for c in tree.children(o, "acl")
            if tree.relation[c] == "acl" and "that" in (tree.lemma[m] for m in tree.children(c, "mark"))
        ]  # fmt: skip
    if clauses:
        return "clause", [w for clause in clauses for w in tree.subtree(clause)]
    infinitives = [
        x for x in tree.children(word, "xcomp") if any(tree.lemma[m] == "to" for m in tree.children(x, "mark"))
    ]
    if infinitives and "c" in frames and tree.children(word, "aux:pass"):
        # "is reported to have left": the subject is part of what is reported.
        parts = [*tree.children(word, "nsubj:pass"), *infinitives]
        return "infinitive", [w for part in parts for w in tree.subtree(part)]
    if infinitives and "t" in frames:
        return "infinitive", [w for x in infinitives for w in tree.subtree(x)]
    if "o" in frames:
        objects = tree.children(word, "obj", "xcomp")
        for other in tree.children(word, "obl", "advcl"):
            if any(tree.lemma[c] in ("of", "for", "as") for c in tree.children(other, "case", "mark")):
                objects.append(other)
        if tree.children(word, "obj") and tree.children(word, "nsubj"):
            return "object", [w for o in objects for w in tree.subtree(o)]
    return None


def _only_speaks(tree: Tree, words: Sequence[int]) -> bool:
    """Tell whether an infinitive says no more than that somebody speaks: "to comment", "to speak"."""
    return len(words) == 2 and tree.lemma[words[1]] in ("comment", "answer", "respond", "speak", "talk", "elaborate")


def _needs_no_source(tree: Tree, word: int) -> bool:
    """Tell whether a cue without subject still attributes: "it was claimed that", but no order, no "thank God"."""
    return bool(tree.children(word, "aux:pass")) and bool(tree.children(word, "ccomp", "csubj:pass", "expl", "xcomp"))


def _is_clause(tree: Tree, word: int) -> bool:
    return tree.upos[word] in ("VERB", "AUX", "ADJ") or bool(tree.children(word, "cop", "nsubj"))


def cue_words(tree: Tree, word: int) -> list[int]:
    """Return the verb with its auxiliaries, negation, particle, and adverbs between them."""
    words = {word, *tree.children(word, "aux", "compound:prt")}
    words |= {c for c in tree.children(word, "advmod") if tree.lemma[c] in ("not", "never")}
    first, last = min(words), max(words)
    beside = {c for c in tree.children(word, "advmod") if first - 1 <= c <= last + 1 and not tree.children(c)}
    words |= {c for c in beside if tree.text[c].lower() not in ("when", "how", "why", "where")}
    if tree.text[max(words) + 1 : max(words) + 2] == [":"]:
        words.add(max(words) + 1)
    return sorted(words)


def source_of(tree: Tree, word: int) -> Spans:
    """Return the subject of a cue, its own or the one it shares with the verb it hangs on."""
    agents = tree.children(word, "obl:agent")
    if agents:
        return tree.spans(_noun_phrase(tree, agents[0]))
    passive = bool(tree.children(word, "nsubj:pass", "aux:pass"))
    subjects = [] if passive else tree.children(word, "nsubj")
    if subjects:
        subject = subjects[0]
        if tree.lemma[subject] in ("who", "which", "that") and tree.relation[word] == "acl:relcl":
            return tree.spans(_noun_phrase(tree, tree.head[word], without=[word]))
        words = _noun_phrase(tree, subject)
        for other in subjects[1:]:
            # The parser may take "Prime Minister" and "Anna Lund" for two subjects side by side.
            more = _noun_phrase(tree, other)
            if words and more and more[0] == words[-1] + 1:
                words += more
        return tree.spans(words)
    head = tree.head[word]
    if not passive and head and tree.base(word) in ("conj", "xcomp", "advcl"):
        return source_of(tree, head)
    if not passive and tree.relation[word] == "acl" and head:
        return tree.spans(_noun_phrase(tree, head, without=[word]))
    return ()


def _noun_phrase(tree: Tree, head: int, without: Sequence[int] = ()) -> list[int]:
    """Return a noun with its modifiers; case markers and stray punctuation at the edges go."""
    outside = [c for c in tree.children(head) if tree.base(c) in ("case", "parataxis", "dep", "advcl", "cc", "mark")]
    kept = [c for c in outside if tree.base(c) == "cc" and tree.text[c].lower() == "both"]
    words = tree.subtree(head, without=[*without, *(c for c in outside if c not in kept)])
    while words and tree.upos[words[-1]] == "PUNCT":
        words.pop()
    while words and tree.upos[words[0]] == "PUNCT":
        words.pop(0)
    return words


def by_according(tree: Tree) -> list[Draft]:
    """Return what *according to* attributes: the clause that it stands in."""
    drafts = []
    lexeme = Cue("according", frozenset("c"), "statement", "neutral")
    for word in tree:
        if tree.text[word].lower() != "according" or tree.text[word + 1 : word + 2] != ["to"]:
            continue
        noun = tree.head[word]
        clause = tree.head[noun] if noun else 0
        if not clause:
            continue
        cue = [word, word + 1]
        source = [w for w in _noun_phrase(tree, noun) if w not in cue]
        content = tree.subtree(clause, without=[noun])
        if tree.base(clause) in ("parataxis", "conj") and tree.head[clause] and clause < noun:
            # At the sentence's end it usually covers all of it, not only the last clause.
            content = tree.subtree(tree.head[clause], without=[noun])
        drafts.append(Draft("according", tree.spans(cue), tree.spans(content), tree.spans(source), lexeme))
    return drafts

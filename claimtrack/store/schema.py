"""The tables of a project file, named so that they read well in any SQLite tool; docs/project.md explains them.

Dates are ISO 8601 text and spans read ``12-20;31-40``: what is in the file can be read without this program.
"""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)

APPLICATION_ID = 0x436C6D54
"""In the header of every project file, so that ``file`` and we can tell it from others ("ClmT")."""

VERSION = 2
"""Of the tables; :mod:`claimtrack.store.migrations` brings older files up to it."""

CLAIM_STATUSES = ("suggested", "accepted", "rejected")
RELATION_STATUSES = CLAIM_STATUSES

metadata = MetaData()

settings = Table("settings", metadata, Column("name", Text, primary_key=True), Column("value", Text))

articles = Table(
    "articles",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("outlet", Text, index=True),
    Column("title", Text),
    Column("author", Text),
    Column("url", Text, index=True),
    Column("published", Text),
    Column("path", Text),
    Column("text_hash", Text, nullable=False, unique=True),
    Column("characters", Integer, nullable=False),
    Column("version", Integer, nullable=False, server_default=text("1")),
    Column("superseded_by", Text, ForeignKey("articles.id")),
    Column("signature", LargeBinary),
    Column("added_at", Text, nullable=False),
    Column("extracted_with", Text),
    # The order in which lists show articles.
    Index("articles_in_order", "published", "number"),
)

article_texts = Table(
    "article_texts",
    metadata,
    Column("article_id", Text, ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    Column("text", Text, nullable=False),
)
"""Apart from ``articles``, so that listing these does not read their texts."""

publications = Table(
    "publications",
    metadata,
    Column("article_id", Text, ForeignKey("articles.id", ondelete="CASCADE"), nullable=False),
    Column("outlet", Text, nullable=False, server_default=text("''")),
    Column("url", Text, nullable=False, server_default=text("''")),
    Column("title", Text),
    Column("published", Text),
    Column("path", Text),
    UniqueConstraint("article_id", "outlet", "url"),
)
"""Where else the very same text appeared: it is one article and one witness."""

duplicates = Table(
    "duplicates",
    metadata,
    Column("article_a", Text, ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    Column("article_b", Text, ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True, index=True),
    Column("similarity", Float, nullable=False),
    CheckConstraint("article_a < article_b"),
)

speakers = Table(
    "speakers",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("role", Text),
    Column("affiliation", Text),
    Column("part_of", Text),
    # The speaker that this one was found to be, at the end of any chain of merges.
    Column("merged_into", Text, ForeignKey("speakers.id"), index=True),
    # Every name of the speaker and of those merged with it, for search.
    Column("all_names", Text, nullable=False, server_default=text("''")),
    Column("folded", Text, nullable=False),
)

aliases = Table(
    "aliases",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("alias_id", Text, ForeignKey("speakers.id"), nullable=False, index=True),
    Column("speaker_id", Text, ForeignKey("speakers.id"), nullable=False, index=True),
    Column("reason", Text, nullable=False),
    Column("made_at", Text, nullable=False),
    Column("undone", Integer, nullable=False, server_default=text("0")),
)
"""Every merge ever made: the name, whom it was found to mean, why, and whether it was taken back."""

topics = Table(
    "topics",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    # Key terms, the weightiest first, joined by "; ".
    Column("words", Text),
    # The id of the wider topic; no foreign key, since a new grouping may write the narrower one first.
    Column("parent", Text),
)

claims = Table(
    "claims",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("article_id", Text, ForeignKey("articles.id", ondelete="CASCADE"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("status", Text, nullable=False, server_default=text("'suggested'")),
    Column("speaker_id", Text, ForeignKey("speakers.id")),
    Column("speaker_name", Text),
    Column("cue_text", Text, nullable=False),
    Column("proposition", Text),
    Column("content_text", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("said_on", Text),
    Column("said_on_precision", Text),
    Column("addressee", Text),
    Column("speaker_kind", Text),
    Column("speaker_role", Text),
    Column("speaker_affiliation", Text),
    Column("co_speakers", Text),
    Column("source_text", Text),
    Column("attitude", Text, nullable=False),
    Column("commitment", Text, nullable=False),
    Column("occasion", Text),
    Column("via", Text, index=True),
    Column("topic", Text),
    Column("confidence", Float, nullable=False),
    Column("speaker_part_of", Text),
    Column("speaker_mention", Text),
    Column("speaker_resolved_by", Text),
    Column("speaker_confidence", Float),
    Column("speaker_alternatives", Text),
    # Fields of claim, speaker and attribution that have no column of their own, as JSON.
    Column("more", Text),
    Column("source_spans", Text),
    Column("cue_spans", Text),
    Column("content_spans", Text),
    Column("parent", Integer),
    # The days it may have been said on; the day of publication where the text does not tell.
    Column("first_day", Text),
    Column("last_day", Text),
    # What its relations were found from, as a hash; empty or another one asks for them to be found again.
    Column("related", Text),
    # 0 when a newer extraction no longer finds a claim that a person has reviewed.
    Column("found", Integer, nullable=False, server_default=text("1")),
    Index("claims_of_article", "article_id", "position"),
    Index("claims_of_speaker", "speaker_id", "first_day"),
    Index("claims_by_day", "first_day", "last_day"),
    Index("claims_by_topic", "topic"),
    Index("claims_by_kind", "kind"),
    Index("claims_by_attitude", "attitude"),
    Index("claims_by_commitment", "commitment"),
    Index("claims_by_status", "status"),
)

relations = Table(
    "relations",
    metadata,
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("claim_a", Text, ForeignKey("claims.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("claim_b", Text, ForeignKey("claims.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("score", Float, nullable=False),
    Column("reason", Text, nullable=False),
    Column("evidence", Text, nullable=False, server_default=text("'{}'")),
    Column("status", Text, nullable=False, server_default=text("'suggested'"), index=True),
    # The order in which lists show relations, of all kinds and of one.
    Index("relations_in_order", text("score DESC"), "id"),
    Index("relations_by_kind", "kind", text("score DESC"), "id"),
)

corrections = Table(
    "corrections",
    metadata,
    Column("claim_id", Text, ForeignKey("claims.id", ondelete="CASCADE"), primary_key=True),
    Column("field", Text, primary_key=True),
    Column("value", Text),
    Column("extracted", Text, nullable=False),
)
"""What people decided about claims, laid over each new extraction; ``extracted`` is what it covers, as JSON."""

reviews = Table(
    "reviews",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("batch", Integer, nullable=False, index=True),
    Column("at", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("target", Text, nullable=False),
    Column("field", Text),
    Column("before", Text),
    Column("after", Text),
    Column("reason", Text),
    # Of a merge or split: the number in "aliases".
    Column("alias_number", Integer),
    Column("undone", Integer, nullable=False, server_default=text("0")),
    Index("reviews_of_target", "target", "field"),
)
"""The log: every change by a person, every merge by claimtrack; changes with one ``batch`` are undone together."""

SEARCH_INDEX = (
    """CREATE VIRTUAL TABLE IF NOT EXISTS claims_search USING fts5(
    proposition, content, speaker, tokenize = 'porter unicode61 remove_diacritics 2')""",
    """CREATE TRIGGER IF NOT EXISTS claims_search_added AFTER INSERT ON claims BEGIN
    INSERT INTO claims_search (rowid, proposition, content, speaker) VALUES (new.number, new.proposition,
        new.content_text, coalesce((SELECT all_names FROM speakers WHERE id = new.speaker_id), '')); END""",
    """CREATE TRIGGER IF NOT EXISTS claims_search_removed AFTER DELETE ON claims BEGIN
    DELETE FROM claims_search WHERE rowid = old.number; END""",
    """CREATE TRIGGER IF NOT EXISTS claims_search_changed
    AFTER UPDATE OF proposition, content_text, speaker_id, speaker_name ON claims BEGIN
    UPDATE claims_search SET proposition = new.proposition, content = new.content_text,
        speaker = coalesce((SELECT all_names FROM speakers WHERE id = new.speaker_id), '')
        WHERE rowid = new.number; END""",
    """CREATE TRIGGER IF NOT EXISTS speakers_search_changed AFTER UPDATE OF all_names ON speakers
    WHEN old.all_names <> new.all_names BEGIN
    UPDATE claims_search SET speaker = new.all_names
        WHERE rowid IN (SELECT number FROM claims WHERE speaker_id = new.id); END""",
)
"""Full-text search, kept by triggers, so that no way of writing a claim can forget it."""

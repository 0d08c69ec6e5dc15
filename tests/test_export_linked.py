"""The JSON-LD formats, expanded by a JSON-LD processor as a consumer would, without a network."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from typing import Any

import pytest
from pyld import jsonld
from support import CLAIM, DENIAL

from claimtrack.export import Export, write_export
from claimtrack.export.annotations import AROUND
from claimtrack.export.linked import name_of, web_address
from claimtrack.model import Article, Attribution, Claim, Span, Speaker

OA = "http://www.w3.org/ns/oa#"
OWN = "urn:claimtrack:vocabulary:"
SCHEMA = "http://schema.org/"

IRI = {"@type": "@id"}
VOCABULARY = {"@type": "@vocab"}
ANNOTATION_CONTEXT: dict[str, Any] = {
    "oa": OA, "as": "http://www.w3.org/ns/activitystreams#", "dc": "http://purl.org/dc/elements/1.1/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#", "schema": SCHEMA, "foaf": "http://xmlns.com/foaf/0.1/",
    "dctypes": "http://purl.org/dc/dcmitype/", "id": {"@id": "@id"} | IRI, "type": {"@id": "@type"} | IRI,
    **{name: f"oa:{name}" for name in (
        "Annotation", "TextualBody", "SpecificResource", "TextQuoteSelector", "TextPositionSelector", "describing",
        "identifying", "tagging", "start", "end", "exact", "prefix", "suffix")},
    "AnnotationCollection": "as:OrderedCollection", "AnnotationPage": "as:OrderedCollectionPage",
    "Text": "dctypes:Text", "Person": "foaf:Person", "Organization": "foaf:Organization",
    "body": {"@id": "oa:hasBody"} | IRI, "target": {"@id": "oa:hasTarget"} | IRI,
    "source": {"@id": "oa:hasSource"} | IRI, "selector": {"@id": "oa:hasSelector"} | IRI,
    "motivation": {"@id": "oa:motivatedBy"} | VOCABULARY, "purpose": {"@id": "oa:hasPurpose"} | VOCABULARY,
    "items": {"@id": "as:items", "@container": "@list"} | IRI, "partOf": {"@id": "as:partOf"} | IRI,
    "first": {"@id": "as:first"} | IRI, "value": "rdf:value", "format": "dc:format", "name": "foaf:name",
    "label": "rdfs:label", "total": "as:totalItems", "startIndex": "as:startIndex",
}  # fmt: skip
"""What the W3C's context says of the terms that we use."""

CONTEXTS = {
    "http://www.w3.org/ns/anno.jsonld": {"@context": ANNOTATION_CONTEXT},
    "https://schema.org": {"@context": {"@vocab": SCHEMA}},
}


LINKED = ("webannotation", "schemaorg", "claimreview")


def load(url: str, options: Any = None) -> dict[str, Any]:
    return {"contextUrl": None, "documentUrl": url, "document": CONTEXTS[url]}


def exported(format_: str, *claims: Claim, no_text: bool = False) -> Any:
    stream = io.StringIO()
    write_export(format_, Export(claims), stream, no_text=no_text)
    return json.loads(stream.getvalue())


def expanded(format_: str, *claims: Claim) -> Any:
    return jsonld.expand(exported(format_, *claims), {"documentLoader": load})


def annotations(*claims: Claim) -> list[Any]:
    (collection,) = expanded("webannotation", *claims)
    (page,) = collection["http://www.w3.org/ns/activitystreams#first"]
    items: list[Any] = page["http://www.w3.org/ns/activitystreams#items"][0]["@list"]
    return items


def values(node: Any, name: str) -> list[Any]:
    return [inner.get("@value", inner.get("@id")) for inner in node.get(name, [])]


def test_collection_counts_its_annotations_and_has_a_name() -> None:
    both, one = exported("webannotation", CLAIM, DENIAL), exported("webannotation", CLAIM)
    assert (both["total"], one["total"], both["type"]) == (2, 1, "AnnotationCollection")
    assert both["id"].startswith("urn:claimtrack:collection:") and both["id"] != one["id"]
    assert both["first"]["partOf"] == both["id"] and len(both["first"]["items"]) == 2


@pytest.mark.parametrize("format_", LINKED)
def test_nothing_to_export_is_well_formed(format_: str) -> None:
    assert exported(format_) and expanded(format_) is not None


def test_each_piece_of_the_content_is_a_target_with_quote_and_position() -> None:
    (item,) = annotations(CLAIM)
    text, found = CLAIM.article.text, []
    for target in item[f"{OA}hasTarget"]:
        quote, position = target[f"{OA}hasSelector"]
        (start,), (end,) = values(position, f"{OA}start"), values(position, f"{OA}end")
        (exact,) = values(quote, f"{OA}exact")
        assert text[start:end] == exact
        assert text[:start].endswith(values(quote, f"{OA}prefix")[0])
        assert text[end:].startswith(values(quote, f"{OA}suffix")[0])
        assert target[f"{OA}hasSource"][0]["@id"] == "https://courier.example/1"
        found.append(exact)
    assert found == ['"No,"', '"never."']


def test_prefix_and_suffix_are_short() -> None:
    claim = Claim("c", Article("a", "x" * 500), Attribution((Span(0, 1),), (Span(200, 300),)))
    quote = exported("webannotation", claim)["first"]["items"][0]["target"][0]["selector"][0]
    assert len(quote["prefix"]) == len(quote["suffix"]) == AROUND


def test_body_tells_speaker_proposition_and_kind() -> None:
    (item,) = annotations(CLAIM)
    speaker, proposition, *tags = item[f"{OA}hasBody"]
    source = speaker[f"{OA}hasSource"][0]
    assert source["@type"] == ["http://xmlns.com/foaf/0.1/Person"]
    assert values(source, "http://xmlns.com/foaf/0.1/name") == ["Ida Brandt"]
    told = [values(body, "http://www.w3.org/1999/02/22-rdf-syntax-ns#value")[0] for body in (proposition, *tags)]
    assert told == ['"No, never."', "direct", "statement", "neutral"]
    assert values(item, f"{OA}motivatedBy") == [f"{OA}describing"]


def test_source_cue_and_own_terms_survive_expansion() -> None:
    (item,) = annotations(replace(CLAIM, via="c_2"))
    assert item["@id"] == "urn:claimtrack:claim:c_1" and values(item, f"{OWN}via") == ["urn:claimtrack:claim:c_2"]
    assert item[f"{OWN}said_on"] == [{"@value": "2022-05-27", "@type": "http://www.w3.org/2001/XMLSchema#date"}]
    cue = item[f"{OWN}cue"][0][f"{OA}hasSelector"][0]
    assert values(cue, f"{OA}exact") == ["said"] and f"{OWN}source" in item


@pytest.mark.parametrize("format_", LINKED)
def test_no_property_is_lost_on_a_consumer(format_: str) -> None:
    """A term that no context knows vanishes in silence."""
    lost: list[str] = []
    document = exported(format_, CLAIM, replace(DENIAL, occasion="a meeting", via="c_1"))
    jsonld.expand(document, {"documentLoader": load}, on_property_dropped=lost.append)
    assert not lost


def test_schema_org_claim_has_author_day_words_and_appearance() -> None:
    (claim,) = expanded("schemaorg", CLAIM)
    assert claim["@type"] == [f"{SCHEMA}Claim"]
    assert values(claim, f"{SCHEMA}text") == ['"No, never."'] and values(claim, f"{SCHEMA}datePublished") == [
        "2022-05-27"
    ]
    author, article = claim[f"{SCHEMA}author"][0], claim[f"{SCHEMA}appearance"][0]
    assert author["@type"] == [f"{SCHEMA}Person"] and values(author, f"{SCHEMA}name") == ["Ida Brandt"]
    assert article["@id"] == "https://courier.example/1" and values(article, f"{SCHEMA}headline") == ["Cranes"]


@pytest.mark.parametrize(
    ("precision", "day"), [("day", "2022-05-27"), ("month", "2022-05"), ("year", "2022"), ("week", "2022-05-28")]
)
def test_schema_org_tells_no_day_that_the_text_does_not(precision: Any, day: str) -> None:
    """Of a week it gives the day of publication: no day of the week is known."""
    (node,) = exported("schemaorg", replace(CLAIM, said_on_precision=precision))["@graph"]
    assert node["datePublished"] == day


@pytest.mark.parametrize(
    ("kind", "type_"),
    [("organisation", "Organization"), ("government", "GovernmentOrganization"), ("document", "CreativeWork")],
)
def test_schema_org_author_has_a_type(kind: Any, type_: str) -> None:
    (node,) = exported("schemaorg", replace(CLAIM, speaker=Speaker("s", "Harbour Council", kind)))["@graph"]
    assert node["author"]["@type"] == type_


def test_description_of_the_unnamed_is_no_name() -> None:
    (node,) = exported("schemaorg", DENIAL)["@graph"]
    assert node["author"] == {"@type": "Person", "description": "Officials"}


def test_claim_review_judges_nothing() -> None:
    document = exported("claimreview", CLAIM)
    (review,) = document["@graph"]
    assert review["claimReviewed"] == '"No, never."' and review["itemReviewed"]["@type"] == "Claim"
    assert set(review) == {"@type", "@id", "claimReviewed", "itemReviewed"}
    assert "rating" not in json.dumps(document).casefold()


@pytest.mark.parametrize(
    ("url", "expected"),
    [("https://a.example/x?y=1#z", "https://a.example/x?y=1#z"), ("https://a.example/a b\"<c>", "https://a.example/a%20b%22%3Cc%3E"),
     ("javascript:alert(1)", None), ("https:///x", None), ("a.example", None), ("", None), (None, None)],
)  # fmt: skip
def test_only_addresses_on_the_web_are_addresses(url: str | None, expected: str | None) -> None:
    assert web_address(url) == expected


def test_names_hold_any_id() -> None:
    assert name_of("article", "my id/ü") == "urn:claimtrack:article:my%20id%2F%C3%BC"


@pytest.mark.parametrize("format_", LINKED)
def test_half_a_surrogate_pair_does_not_break_the_file(format_: str, tmp_path: Any) -> None:
    write_export(format_, Export([replace(CLAIM, proposition="lone \ud800")]), tmp_path / "a.json")
    assert "lone \ud800" in json.dumps(json.loads((tmp_path / "a.json").read_bytes()), ensure_ascii=False)


def test_all_who_made_a_claim_together_are_named() -> None:
    joint = replace(CLAIM, co_speakers=(Speaker("s_5", "Ola Lund", "person"),))
    (claim,) = exported("schemaorg", joint)["@graph"]
    assert [author["name"] for author in claim["author"]] == ["Ida Brandt", "Ola Lund"]
    (item,) = exported("webannotation", joint)["first"]["items"]
    assert [body["source"]["name"] for body in item["body"] if "source" in body] == ["Ida Brandt", "Ola Lund"]

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from copycheck.claims import lookup
from tests import rulekit


def terms(text: str) -> tuple[str, ...]:
    return lookup.terms(rulekit.sentences(text)[0])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Massage eases back pain.", ("massage", "back pain")),
        ("Acupuncture and Yoga reduce anxiety and anxiety attacks.", ("acupuncture", "yoga", "anxiety")),
        ("Parking is free.", ()),
    ],
)
def test_the_terms_are_the_claims_own(text: str, expected: tuple[str, ...]) -> None:
    assert terms(text)[: len(expected)] == expected
    assert bool(terms(text)) == bool(expected)


def test_there_are_few_terms_and_treatments_come_first() -> None:
    found = terms("Massage, yoga, acupuncture and cupping relieve pain, anxiety, insomnia, nausea and stress.")
    assert len(found) == 4
    assert found[0] == "massage" and "pain" in found


def test_a_claim_has_the_terms_of_its_own_sentence() -> None:
    first, second, third = rulekit.sentences("Yoga calms. Massage eases back pain. Yoga helps with high blood pressure.")
    assert (lookup.terms(first), lookup.terms(second), lookup.terms(third)) == (
        (),
        ("massage", "back pain"),
        ("yoga", "high blood pressure"),
    )


def test_the_query_is_an_address_of_pubmed() -> None:
    address = lookup.query(("massage", "back pain"))
    parts = urlsplit(address)
    assert (parts.scheme, parts.netloc, parts.path) == ("https", "pubmed.ncbi.nlm.nih.gov", "/")
    assert parse_qs(parts.query) == {"term": ['massage AND "back pain"'], "filter": ["pubt.systematicreview"]}


def test_hostile_words_stay_in_the_query() -> None:
    address = lookup.query(['a&b="# \n'])
    assert "\n" not in address and urlsplit(address).fragment == ""
    assert parse_qs(urlsplit(address).query)["term"] == ['"a&b="# \n"']


@pytest.mark.parametrize("words", [(), ("tea",)])
def test_without_words_or_by_one_that_finds_anything_there_is_no_query(words: tuple[str, ...]) -> None:
    assert lookup.query(words) == "" != lookup.query(("back pain",))

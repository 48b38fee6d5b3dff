"""Data on claims: what a build made of it gives the same as the files, and is not read once they changed."""

from __future__ import annotations

import json

import pytest

from copycheck import making, store
from copycheck.claims import data, domains, evidence, lexicon, strength

TEXTS = ("Studies show that yoga lowers blood pressure by 40%.", "Our clinic is open today.", "It may ease pain, according to the CDC.")


def forget() -> None:
    for cached in (data.key, data.made, lexicon.load, evidence.cues, evidence.gather, domains.rules, strength.patterns):
        cached.cache_clear()


@pytest.fixture
def shipped(tmp_path, monkeypatch):
    """The path where the program looks for what a build made; all that was loaded is forgotten before and after."""
    monkeypatch.setattr(data, "SHIPPED", tmp_path / "claims.json")
    forget()
    yield data.SHIPPED
    forget()


def told() -> list[object]:
    found = [evidence.gather(text) for text in TEXTS]
    lists = [[one.words, one.hits, sorted(one.cues), sorted(one.pairs)] for one in found]
    opened = [[name for name, _ in screen.open_in(text)] for text in TEXTS for screen in (strength.patterns(), domains.rules().named)]
    return [*lists, opened, lexicon.load().trie, {form: list(words) for form, words in lexicon.load().lemmas.items()}, lexicon.load().weak]


def test_what_was_made_gives_the_same_as_the_files(shipped, monkeypatch):
    assert not data.made()
    plain, (_, form) = told(), making.make()[data.SHIPPED.name]
    assert json.loads(json.dumps(form)) == form
    assert store.write(shipped, data.key(), form)
    forget()
    monkeypatch.setattr("copycheck.claims.data.strictyaml.load", None)
    assert told() == plain  # and nothing was parsed


@pytest.mark.parametrize("spoil", ["other key", "damage"])
def test_what_was_made_of_other_data_is_not_read(shipped, spoil):
    store.write(shipped, "0" * 40 if spoil == "other key" else data.key(), {"terms": [], "forms": {}, "weak": []})
    if spoil == "damage":
        shipped.write_bytes(shipped.read_bytes()[:-1] + b"!")
    assert not data.made() and lexicon.load().trie

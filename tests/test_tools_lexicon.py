"""The lexicon's build: the same words give the same bytes in any order, slips of the sources are dropped, good forms are not."""

from __future__ import annotations

import gzip
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def build() -> ModuleType:
    spec = spec_from_file_location("build_lexicon", ROOT / "tools" / "build_lexicon.py")
    assert spec and spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_words_are_packed_alike_in_any_order(build: ModuleType) -> None:
    words = ["beta", "alpha", "alp", "be", "gamma"]
    text = build.by_opening(set(words))
    assert text == "alp alpha\nbe beta\ngamma\n" == build.by_opening(dict.fromkeys(reversed(words)))
    assert build.pack(text) == build.pack(text) and gzip.decompress(build.pack(text)).decode() == text


def test_the_data_in_the_repo_are_as_the_build_packs_them(build: ModuleType) -> None:
    path = ROOT / "copycheck" / "data" / "spelling" / "words.txt.gz"
    text = gzip.decompress(path.read_bytes()).decode()
    assert build.by_opening(set(text.split())) == text
    assert path.read_bytes()[4:8] == bytes(4)  # no date in the file: packed again, the same bytes


def test_slips_of_the_sources_are_suspects(build: ModuleType) -> None:
    table = {"alcohol": 5.5, "alchohol": 2.0, "pregnancy": 5.4, "kidneys": 5.0}
    trusted = {"alcohol", "pregnancy", "kidneys", "kidney"}
    assert build.suspects({"alchohol", "pregancy", "kidneyd", "xylene"}, table, trusted) == {"alchohol", "pregancy", "kidneyd"}


def test_two_good_forms_are_none(build: ModuleType) -> None:
    table = {"anemia": 5.5, "diagnosis": 5.5, "patient": 6.0}
    assert build.suspects({"anaemia", "diagnoses", "patients"}, table, set(table)) == set()


def test_frequencies_are_half_general_half_health(build: ModuleType) -> None:
    table = build.frequencies({"pain": 5, "tree": 5}, {"pain": 10}, {"reiki": 3.4, "tree": 1.0}, {"pain", "tree", "reiki", "none"})
    assert table == {"pain": 8.9, "tree": 8.4, "reiki": 3.4}


def test_british_spellings_find_their_american_ones(build: ModuleType) -> None:
    table = {"color": 5.0, "center": 5.0, "anemia": 5.0}
    american = set(table)
    assert build.variants({"colour", "centre", "anaemia", "bloke"}, american, set(), table) == {
        "anaemia": "anemia",
        "centre": "center",
        "colour": "color",
    }

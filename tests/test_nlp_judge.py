"""The judge: chances, kinds and weights of a sentence, the same whatever else is read."""

from __future__ import annotations

import itertools
import math
import os
import subprocess
import sys

import pytest
import spacy

import copycheck  # noqa: F401  its factories
from copycheck.nlp import judge, pipeline  # noqa: F401
from copycheck.nlp.judge import Judge

SELLS = "supplement promotional | Our Blend"


@pytest.fixture(scope="module")
def ours() -> Judge:
    return judge.load()


@pytest.mark.parametrize("text", ["Turmeric eases pain.", "", "🙂", "a" * 20_000, "word " * 5_000, "ﬁn\u0000e \ufffc", "Café — naïve’s"])
def test_chances_are_chances(ours: Judge, text: str):
    said = ours(text, SELLS)
    assert 0 <= said.claim <= 1 and all(0 <= chance <= 1 for chance in said.labels.values())
    assert math.isclose(sum(said.kinds.values()), 1, abs_tol=1e-6)
    assert list(said.labels) == ours.card["labels"] and list(said.kinds) == ours.card["kinds"]


def test_it_tells_claims_from_what_is_none(ours: Judge):
    claim = ours("Massage therapy lowers blood pressure in people with hypertension.", "physio-massage promotional")
    other = ours("Free parking is behind the building.", "physio-massage promotional")
    assert claim.claim > ours.card["bars"]["claim"][0] > other.claim
    assert claim.kind == "efficacy"


def test_what_the_page_sells_counts(ours: Judge):
    text = "Turmeric relieves arthritis."
    sold = ours(text, "supplement promotional | Our Blend").labels["disease"]
    told = ours(text, "health-news editorial | What researchers know").labels["disease"]
    assert sold > told


def test_the_same_sentence_has_the_same_opinion_in_any_company(ours: Judge):
    text = "We are the only clinic with results like these."
    alone = ours(text, SELLS)
    fresh = Judge()
    fresh("A much longer sentence that speaks of many other things, " * 9, SELLS)
    assert fresh(text, SELLS) == alone


def test_a_sentence_that_is_repeated_is_read_once(monkeypatch: pytest.MonkeyPatch):
    read: list[str] = []
    fresh = Judge()
    monkeypatch.setattr(fresh, "_read", lambda sentence, setting: read.append(sentence))
    for text, setting in (("Tea heals.", SELLS), ("Tea heals.", SELLS), ("Tea heals.", ""), ("It heals.", SELLS), ("Tea heals.", SELLS)):
        fresh(text, setting)
    assert read == ["Tea heals.", "Tea heals.", "It heals."]


def test_weights_stand_on_words(ours: Judge):
    text = "Nobody’s results—match ours, say 95% of 1,200 guests."
    said = ours(text, SELLS)
    words = said.words
    assert [text[start:end] for start, end in words][:4] == ["Nobody", "’", "s", "results"]
    assert all(one[1] <= two[0] for one, two in itertools.pairwise(words))
    assert {len(weights) for weights in said.weights.values()} == {len(words)}


def test_a_pipeline_of_ones_own_gets_opinions():
    nlp = spacy.blank("en")
    nlp.add_pipe("copycheck_sentences")
    nlp.add_pipe("copycheck_judge", config={"setting": SELLS})
    doc = nlp("Our blend cures arthritis for good. We are open daily.")
    one, two = doc._.opinions
    assert one.labels["promise"] > two.labels["promise"]


def test_the_card_says_where_the_weights_come_from(ours: Judge):
    card = ours.card
    assert card["licence"] == "Apache-2.0" and len(card["fingerprint"]) == 32 and card["sites"] > 100
    assert set(card["by_site"]) == set(card["bars"]) == set(card["calibration"]) == {"claim", *card["labels"]}
    size = sum(path.stat().st_size for path in ours.folder.iterdir())
    assert size < 15_000_000


def test_the_runtime_is_told_to_send_nothing():
    """onnxruntime 1.32 sends telemetry some seconds into a run unless this stands in the environment when it is loaded."""
    script = (
        "import subprocess, sys\nassert 'onnxruntime' not in sys.modules\nfrom copycheck.nlp.judge import load\nload()._session\n"
        "print(subprocess.run(['printenv', 'ORT_DISABLE_TELEMETRY'], capture_output=True, text=True).stdout)\n"
    )
    environment = {name: value for name, value in os.environ.items() if name != "ORT_DISABLE_TELEMETRY"}
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False, env=environment)
    assert done.stdout.strip() == "1", done.stderr

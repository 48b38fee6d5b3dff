import math
import subprocess
import sys
import textwrap

import pytest

from copycheck.readability import scores
from copycheck.readability.formulas import published
from copycheck.readability.words import words

TEXTS = [
    ["A nurse will see you at noon.", "You can bring one bag, and you don't need to book.", "We have 24/7 care."],
    [
        "Comprehensive rehabilitation programming incorporates individualized pharmacological interventions.",
        "The dose is 2.5 mg daily for 1,000 co-operative patients at the centre's clinic.",
        "It couldn’t be easier to reach us!",
    ],
]


@pytest.mark.parametrize("text", TEXTS)
def test_own_arithmetic_is_what_textstat_publishes(text: list[str]) -> None:
    sentences = [words(sentence.replace("’", "'")) for sentence in text]
    counts = scores.total(scores.count(sentence) for sentence in sentences)
    for name, value in published(sentences).items():
        assert scores.SCORES[name](counts) == pytest.approx(value), name


def test_a_long_text_is_scored_without_being_kept() -> None:
    sentence = words("A nurse will see you at noon and then you can rest in your own room.")
    assert published([sentence] * 3000)["flesch_kincaid_grade"] == pytest.approx(published([sentence])["flesch_kincaid_grade"])


def test_scores_by_hand() -> None:
    counts = scores.count(["A", "nurse", "will", "see", "you", "at", "the", "hospital"])
    assert counts[:5] == (1, 8, 10, 1, 0)
    assert scores.flesch_kincaid_grade(counts) == pytest.approx(0.39 * 8 + 11.8 * 10 / 8 - 15.59)
    assert scores.smog_index(counts) == pytest.approx(1.043 * math.sqrt(30) + 3.1291)
    assert scores.dale_chall_grade(counts) == 1.0


def test_nothing_counted_is_nought() -> None:
    for score in scores.SCORES.values():
        assert score(scores.Counts()) == 0.0


def test_jargon_is_harder() -> None:
    plain = scores.count(words("The nurse will give you a pill to help you rest."))
    jargon = scores.count(words("The nurse will administer an anxiolytic to mitigate your agitation."))
    assert scores.jargon_load(jargon) > scores.jargon_load(plain) + 1


def test_dale_chall_grade_keeps_to_its_table() -> None:
    hard = scores.count(words("Neuropharmacological polypharmacy exacerbates symptomatology."))
    assert scores.dale_chall_grade(hard) == 16.0


def test_bands_by_length() -> None:
    one = scores.count(words("A nurse will see you at the hospital."))
    few, some, many = (scores.total([one] * number) for number in (9, 16, 100))
    assert scores.band("flesch_kincaid_grade", few) is None
    short = scores.band("flesch_kincaid_grade", some)
    assert short and short.high - short.low == pytest.approx(2 * 15.5 / 4)
    assert str(short).startswith("about ") and str(short).endswith("(short text)")
    long = scores.band("flesch_kincaid_grade", many)
    assert long and str(long).startswith(f"{long.value:.1f} (")
    smog = scores.band("smog_index", many)
    assert smog and smog.high - smog.low == pytest.approx(2 * 1.27)
    length = scores.band("words", one)
    assert length and length.low == length.high == 8


def test_offline_and_without_nltk() -> None:
    program = """
        import socket, sys
        def blocked(*args, **kwargs):
            raise AssertionError("the network was asked")
        socket.socket = socket.create_connection = socket.getaddrinfo = blocked
        import copycheck.readability.scores as scores
        assert "textstat" not in sys.modules
        from copycheck.readability.formulas import published
        figures = published([["A", "nurse", "will", "administer", "buprenorphine"]])
        scores.count(["buprenorphine"])
        assert figures["flesch_kincaid_grade"] > 5, figures
        assert "nltk" not in sys.modules
        assert not any(name.startswith("nltk.") for name in sys.modules)
    """
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(program)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_an_nltk_that_is_there_already_is_left_alone() -> None:
    program = """
        import sys, types
        mine = sys.modules["nltk"] = types.ModuleType("nltk")
        from copycheck.readability.formulas import published
        published([["A", "nurse", "helps"]])
        assert sys.modules["nltk"] is mine
    """
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(program)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr

"""Small slips told from the text: doubled words, spaces, marks, brackets, articles, variants."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from copycheck.spelling.articles import starts_with_vowel, wrong_articles
from copycheck.spelling.lexicon import load
from copycheck.spelling.misspelling import Slip
from copycheck.spelling.slips import doubled, missing_space, repeated_marks, small_start, stray_space, unbalanced
from copycheck.spelling.variants import mixed


def fixed(find: Callable[[str], Iterable[Slip]], text: str) -> str:
    """The text with every first suggestion taken."""
    for slip in sorted(find(text), reverse=True):
        text = text[: slip.start] + slip.suggestions[0] + text[slip.end :]
    return text


@pytest.mark.parametrize(
    "word", "hour honest heir apple MRI HIV X-ray 8-week 11 18 80 FDA umbrella uninsured unimportant NSAID SUV".split()
)
def test_vowel_sound(word: str) -> None:
    assert starts_with_vowel(word) is True


@pytest.mark.parametrize(
    "word", "sentence unique European one-time once use usual uterus ubiquitous 100 10-bed CT PT house yoga U.S. UTI".split()
)
def test_consonant_sound(word: str) -> None:
    assert starts_with_vowel(word) is False


@pytest.mark.parametrize("word", "herbal historic SAMHSA mRNA Mlh1 NASA".split())
def test_either_sound(word: str) -> None:
    assert starts_with_vowel(word) is None


def test_articles() -> None:
    assert fixed(wrong_articles, "A hour in an clinic with a owl.") == "An hour in a clinic with an owl."
    assert fixed(wrong_articles, "Meet With A Expert, As An Guest") == "Meet With An Expert, As A Guest"
    assert not list(wrong_articles("Hepatitis A is a virus; vitamin A or E; type A and B; a “one-off” and an “hour”."))


def test_doubled() -> None:
    assert fixed(doubled, "Rest is is is the best.") != ""
    assert fixed(doubled, "Call the the clinic.") == "Call the clinic."
    assert not list(doubled("She had had it; that that is; the Pago Pago clinic; very very; IS is; the-the; 10 10; lomi lomi, ylang ylang"))


def test_missing_space() -> None:
    def find(text: str) -> Iterable[Slip]:
        return missing_space(text, load())

    assert fixed(find, "Breathe slowly.Then rest,and (if needed)call.") == "Breathe slowly. Then rest, and (if needed) call."
    assert fixed(find, "It is out.it is not bad, at 90.") == "It is out. It is not bad, at 90."
    assert fixed(find, "No risk.100% natural (2ml)of oil.") == "No risk. 100% natural (2ml) of oil."
    assert not list(find("Visit clinic.it or rest.the.best, disease.12 The f(2)x"))
    assert not list(find("See clinic.Org/Page, node.Js(x), item(s), 1,000, a.m.Now, file.Name@host, U.S.Army"))


def test_repeated_marks() -> None:
    assert fixed(repeated_marks, "One.. Two,, three;; four") == "One. Two, three; four"
    assert [slip.sure for slip in repeated_marks("Great!! Really??")] == [False, False]
    assert not list(repeated_marks("Wait... what?! etc., and so on…"))


def test_stray_space() -> None:
    def find(text: str) -> Iterable[Slip]:
        return stray_space(text, load())

    assert fixed(find, "Our sugar- free , less- stressed drop-in- visit (now) .") == "Our sugar-free, less-stressed drop-in-visit (now)."
    assert [slip.sure for slip in find("A pain- related rest .")] == [True, False]
    assert not list(find("Short- and long-term care; we rest- call us; pre- or post-natal ... .5 and a .com site"))


def test_unbalanced() -> None:
    assert [slip.start for slip in unbalanced("one (two")] == [4]
    assert [slip.start for slip in unbalanced("one two) three")] == [7]
    assert [slip.start for slip in unbalanced('one "two')] == [4]
    assert not list(unbalanced('a) one, b) (two), 5" long, “three (four)” :) [five]'))


def test_mixed_spelling() -> None:
    both = ["The colour of healthy fibre matters.", "Her behavior and favorite food changed."]
    found = mixed(both, load(), "us")
    assert [(number, word.text, right) for number, word, right in found] == [(0, "colour", "color"), (0, "fibre", "fiber")]
    assert [right for _, _, right in mixed(both, load(), "uk")] == ["behaviour", "favourite"]
    assert mixed(both[:1], load(), "us") == []


def test_long_hostile_text_is_read() -> None:
    finders = [doubled, wrong_articles, repeated_marks, unbalanced, lambda text: missing_space(text, load())]
    finders.append(lambda text: stray_space(text, load()))
    for hostile in (
        "a " * 50_000,
        "I " * 50_000,
        "(" * 100_000,
        "." * 100_000,
        "a.B" * 30_000,
        "an a" * 30_000,
        " " * 100_000,
        "Reduce " * 15_000,
        "a-" * 50_000,
        "aaa- " * 20_000,
    ):
        for find in finders:
            list(find(hostile))


def test_small_letters_after_a_stop() -> None:
    text = "Then go. slowly, as told. Rest well. it helps. Take vit. the second, etc. if you like, e.g. the cream. most people do. physiotherapists agree."
    found = [(text[slip.start : slip.end], slip.suggestions) for slip in small_start(text, load())]
    assert found == [("slowly", ("Slowly",)), ("it", ("It",)), ("most", ("Most",)), ("physiotherapists", ("Physiotherapists",))]
    assert not list(small_start("Rest well. It helps. pH is low. calmify is a brand. An 8oz. glass of water. the", load()))


def test_what_is_spelt_out_is_not_judged_by_its_first_letter() -> None:
    assert not list(wrong_articles("Open an xterm, an fd, an lcov file or an mfa prompt; a pneumonia, a tsunami, a gym."))
    assert [slip.suggestions for slip in wrong_articles("It is an psychologist with an plan.")] == [("a psychologist",), ("a plan",)]
    assert [slip.suggestions for slip in wrong_articles("It eases the swelling an pain.")] == [
        ("a pain", "and pain")
    ]  # nothing to fix unasked

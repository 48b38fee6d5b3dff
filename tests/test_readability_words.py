from copycheck.document import PLACEHOLDER
from copycheck.readability.formulas import easy_words
from copycheck.readability.words import frequency, is_easy, plain, words


def test_words_part_at_hyphens_slashes_and_dashes() -> None:
    assert words("Detox—the first step—can be hard.") == ["Detox", "the", "first", "step", "can", "be", "hard"]
    assert words("drug/alcohol and co-occurring, 24/7") == ["drug", "alcohol", "and", "co", "occurring", "24", "7"]
    assert words("Take 2.5 mg or 1,000 mg daily; don't stop.") == ["Take", "2.5", "mg", "or", "1,000", "mg", "daily", "don't", "stop"]


def test_addresses_are_no_words() -> None:
    assert words("See https://www.example.org/a/b?c=d or mail care@example.org today.") == ["See", "or", "mail", "today"]
    assert words("Visit example.com for more.") == ["Visit", "for", "more"]


def test_a_placeholder_is_a_word() -> None:
    assert words(f"Welcome to {PLACEHOLDER} clinic") == ["Welcome", "to", PLACEHOLDER, "clinic"]


def test_plain() -> None:
    assert plain("Clinic's") == "clinic"
    assert plain("Naïve") == "naive"


def test_frequency_falls_with_rarity() -> None:
    assert frequency("the") > frequency("treatment") > frequency("detoxification") >= frequency("buprenorphine") == 2.0


def test_easy_words_in_their_forms() -> None:
    easy = easy_words()
    for word in ("doctor", "Doctors", "stopped", "running", "babies", "happier", "making", "child's", "12"):
        assert is_easy(word, easy), word
    for word in ("pharmacological", "detoxification", "serotonin"):
        assert not is_easy(word, easy), word

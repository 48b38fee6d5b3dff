"""Wordfile: numbers of words."""

from copycheck import wordfile


def test_each_word_of_a_line_has_its_number():
    assert wordfile.numbers("3.5 rest heal\n2 nap\n") == {"rest": 3.5, "heal": 3.5, "nap": 2.0}
    assert list(wordfile.numbers("1 b a\n2 c")) == ["b", "a", "c"] and wordfile.numbers("") == {}

import pytest

from copycheck.readability.syllables import by_rule, syllables
from copycheck.readability.words import read_data


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("care", 1), ("table", 2), ("helped", 1), ("treated", 2), ("handled", 2), ("called", 1), ("doses", 2), ("cares", 1), ("rules", 1),
        ("careful", 2), ("movement", 2), ("media", 3), ("various", 3), ("client", 2), ("being", 2), ("create", 2), ("playing", 2),
        ("rhythm", 2), ("rehabilitation", 6), ("parasympathetic", 6), ("naltrexone", 3), ("telehealth", 3), ("semaglutide", 4), ("x", 1),
    ],
)  # fmt: skip
def test_rules_alone(word: str, count: int) -> None:
    assert by_rule(word) == count


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("something", 2), ("county", 2), ("chaos", 2), ("hire", 2), ("layout", 2), ("diamond", 2), ("retirement", 4), ("coaching", 2),
        ("don't", 1), ("couldn’t", 2), ("Massage's", 3), ("body's", 2), ("nurse's", 2), ("boss's", 2), ("patients", 2), ("24", 1),
        ("cannabidiol", 5), ("naïve", 2), ("FENTANYL", 3),
    ],
)  # fmt: skip
def test_table_and_rules(word: str, count: int) -> None:
    assert syllables(word) == count


def test_table_holds_only_what_the_rules_get_wrong() -> None:
    """A change of the rules calls for a new table: tools/build_readability.py."""
    agreeing = [word for word, count in read_data("syllables.txt").items() if by_rule(word) == count]
    assert not agreeing


def test_long_input_is_quick() -> None:
    assert syllables("ae" * 50_000) > 0
    assert syllables("e" * 50_000) >= 1

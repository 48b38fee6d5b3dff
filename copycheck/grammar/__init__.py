"""Grammar: what a parsed sentence shows of agreement, number and the forms of verbs."""

from typing import NamedTuple


class Issue(NamedTuple):
    """Something wrong with the tokens doc[start:end], what should stand there, and the word that asks for it."""

    start: int
    end: int
    right: str
    because: str

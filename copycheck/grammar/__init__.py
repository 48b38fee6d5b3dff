"""Grammar: what a parsed sentence shows of agreement, number and the forms of verbs."""

from pathlib import Path
from typing import NamedTuple

DATA = Path(__file__).parent.parent / "data" / "grammar"


class Issue(NamedTuple):
    """Something wrong with the tokens doc[start:end], what may stand there, the likeliest first, and the word that asks for it."""

    start: int
    end: int
    right: tuple[str, ...]
    because: str

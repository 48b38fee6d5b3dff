"""Memory: a pipeline that remembers what it parsed, so that only the blocks which changed since are parsed anew."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

MOST = 30_000
"""Characters of the texts whose Docs are kept, with what checks found in them, three long articles; a longer one is kept whole."""
_BATCH = 16  # blocks that are parsed before it is asked again whether their text is the newest


class Superseded(Exception):
    """The editor has sent a newer text."""


@dataclass
class Memory:
    """Stands in for a Language where no more than `pipe` is asked for.

    Args:
        is_current: whether the text that is being read is still the newest.
    """

    nlp: Language
    is_current: Callable[[], bool] = lambda: True
    docs: dict[str, Doc] = field(default_factory=dict)  # by text, what was used last at the end

    def pipe(self, texts: Iterable[str]) -> Iterator[Doc]:
        """The Docs of some texts, in order. Raises Superseded; what was parsed until then is remembered."""
        wanted = list(texts)
        docs = {text: self.docs.pop(text) for text in dict.fromkeys(wanted) if text in self.docs}
        new = [text for text in wanted if text not in docs]
        try:
            for text, doc in zip(new, self.nlp.pipe(new, batch_size=_BATCH), strict=True):
                docs[text] = doc
                if not self.is_current():
                    raise Superseded
        finally:
            self.docs |= docs
            size = sum(map(len, self.docs))
            while size > MOST and len(self.docs) > len(docs):
                oldest = next(iter(self.docs))
                size -= len(oldest)
                del self.docs[oldest]
        yield from (docs[text] for text in wanted)


def give_back() -> None:
    """Give memory that was freed back to the system. glibc keeps what lies below a piece in use: some 100 MB in 500 edits."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
    if trim:
        trim(0)

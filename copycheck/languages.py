"""Languages: which blocks of a document are not English; no check but the one that tells of them reads those."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from copycheck.document import Document
from copycheck.source import Unreadable

_LEAST = 8  # words; shorter passages are names, quotations and "Hablamos español"
_SHARE = 0.25  # of a passage's words are small words of that language and not of English, more than twice as many as English ones
_DIFFERENT = 3  # small words at the least
_SCRIPT = 12  # letters of another script in a row of words
_PAGE = 0.6  # of the article's words stand in blocks of other languages: the page as a whole is in that language
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")

_SMALL_WORDS = {
    "Spanish": "el la los las de del que y en un una es por con para su sus se no como más al lo son está usted nuestro nuestra tu sin",
    "French": "le la les des du de et en un une est que qui dans pour pas sur avec ce cette vous nous votre nos au aux il sont par ne plus",
    "German": "der die das und ist von den dem ein eine nicht mit für auf im sich des zu auch es an werden wir sie ihre bei oder als",
    "Portuguese": "o a os as de do da dos das e em um uma que não para com por se no na mais seu sua são como você ao nosso",
    "Italian": "il lo la gli le di del della e che è in un una per non con si sono da al come più nel anche questo vostro nostra",
    "Dutch": "de het een en van is dat op te voor met zijn niet aan er om ook als bij uit naar door over ons uw wij kan wordt",
    "Polish": "i w na z do się nie jest to że o jak po dla od za oraz przez są ale czy jego przy lub może pod",
    "Tagalog": "ang ng sa mga na at ay para hindi kung ito ka ko mo niya namin inyong ang may o isang po kayo",
    "Haitian Creole": "nan yon ak pou ki nou ou se sa yo li pa gen ap moun tout lè si fè kapab pi",
    "Vietnamese": "và của là các có cho được với không trong một người này những để khi đã từ bạn chúng tôi tại về",
    "Latin": "et in est sit amet ut ad ex non sed do eiusmod tempor dolor ipsum lorem quis enim nisi qui cum aliqua magna",
}
_ENGLISH = frozenset(
    "a an the of and to in is for with that are on you your we our this be it or by as can have from will at no not do me so".split()
)
_SMALL = {name: frozenset(words.split()) - _ENGLISH for name, words in _SMALL_WORDS.items()}


def language(text: str) -> str | None:
    """What a passage of eight words or more is written in; None: English, or it cannot be told."""
    words = _WORD.findall(text)
    if not text.isascii() and sum(len(word) for word in words if ord(word[0]) > 0x24F) >= max(_SCRIPT, sum(map(len, words)) / 2):
        return "another script"
    if len(words) < _LEAST:
        return None
    english = sum(word.lower() in _ENGLISH for word in words)
    found = {name: [word for word in words if word in small] for name, small in _SMALL.items()}  # with a capital it is part of a name
    best = max(found, key=lambda name: len(found[name]))
    enough = len(found[best]) >= _SHARE * len(words) and len(set(found[best])) >= _DIFFERENT
    return best if enough and len(found[best]) > 2 * english else None


def set_apart(document: Document) -> Document:
    """The document with its blocks of other languages in the region `foreign`; a heading goes with what stands below it.

    Raises:
        Unreadable: most of the article is in another language, and its front matter does not say so (`lang: es`).
    """
    told = [language(block.text) for block in document.blocks]
    if not any(told):
        return document
    for number, block in enumerate(document.blocks[:-1]):
        if block.scope == "heading" and not told[number] and not _ENGLISH & set(_WORD.findall(block.text.lower())):
            told[number] = told[number + 1]
    words: Counter[str | None] = Counter()
    for name, block in zip(told, document.blocks, strict=True):
        words[name] += len(_WORD.findall(block.text)) if block.region == "main" else 0
    foreign = {name: count for name, count in words.items() if name}
    declared = next((str(document.meta[key]) for key in ("lang", "language", "locale") if key in document.meta), "en")
    if sum(foreign.values()) > _PAGE * words.total() and declared.lower().startswith("en"):
        name = max(foreign, key=lambda name: foreign[name])
        raise Unreadable(
            f"it reads like {name}, and only English is checked; say so in its front matter (`lang`), or leave such pages out by `exclude`"
        )
    apart = (name and block.region == "main" for name, block in zip(told, document.blocks, strict=True))
    blocks = zip(document.blocks, apart, strict=True)
    return replace(document, blocks=tuple(replace(block, region="foreign") if is_apart else block for block, is_apart in blocks))

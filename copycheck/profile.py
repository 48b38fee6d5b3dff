"""Profile: what a page sells, whether it sells, to whom and in which form, detected from the copy itself, with what showed it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from copycheck.article import Article, Sentence, remembered
from copycheck.findings import STATES
from copycheck.quotation import whole_words
from copycheck.ruleset import signals
from copycheck.ruleset.pattern import Pattern
from copycheck.ruleset.signals import ARTICLE, EDITORIAL, FOREIGN, PROMOTIONAL, VERTICAL, Signal

_VERTICAL_AT_LEAST = 3
_PROMOTIONAL_AT_LEAST = 3
_EDITORIAL_AT_LEAST = 2
_PLAIN_WORDS = 150  # running text of this length without any signal of a sale is editorial where anything shows that it informs
_ARTICLE_WORDS = 250  # running text of this length under a title reads as an article unless it talks like a shop window
_SHOWN = 3
_READ = 3_000  # sentences that are looked at; no article has more
_REGIONS = frozenset({"main", "header", "footer", "aside", "form", "nav"})
_REPEATED = 3  # sentences with one and the same foreign signal
_PRICE = re.compile(
    r"(?:[$£€₹]|\b(?:Rs\.?|INR|AED|AUD|CAD|USD))\s?\d[\d,.]*\d?(?!\s?(?:[mb]illion|trillion|crores?|lakhs?|bn|[kmb])\b)(?![\d,.]*\d)", re.I
)
_SELLING_LINK = re.compile(
    r"/(?:product|product-category|products|shop|collections)/(?!.*\.pdf)\w|/(?:cart|checkout|book-?(?:now|online|(?:an-)?appointment))\b"
    r"|/(?:appointments?|(?:request|schedule)-[\w-]+|free-consultation)\b"
    r"|//(?:calendly\.com|wa\.me|[\w-]+\.(?:janeapp|acuityscheduling|as\.me)\b|(?:www\.)?(?:zocdoc|vagaro)\.com)/",
    re.I,
)
_PUBLIC = re.compile(r"//[\w.-]+\.(?:gov|edu|org|nhs\.uk)\b", re.I)
_PHONE = re.compile(
    r"(?<!\d)(?:\+?1[ .-]?)?\(?[2-9]\d{2}\)?[ .-]{0,2}\d{3}[ .-]\d{4}|1?-?8\d{2}-[A-Z\d-]{7,9}|(?<!\d)\+\d{2}[ \d()-]{8,14}\d"
    r"|(?<!\d)\(?0\d{2,4}\)? \d{3,4} ?\d{3,4}"
)
_DIALED = re.compile(r"tel:(?:\D*\d){7}", re.I)  # 911 and the like are nobody's own
_HELPLINE = re.compile(
    r"222[ -]?1222|273[ -]?(?:8255|TALK)|662[ -]?(?:4357|HELP)|\bpoison|\bcrisis|\bhelp ?line|\bhot ?line|\blifeline", re.I
)
_US_PLACE = re.compile(r"(?<![\d+])(?:\+?1[ .-]?)?\(?[2-9]\d{2}\)?[ .-]\d{3}[ .-]\d{4}(?!\d)|\b[A-Z]{2},? \d{5}(?:-\d{4})?\b")
_ABROAD = {  # what is characters rather than words: prices, numbers, hosts
    "uk": re.compile(r"£\s?\d|\.co\.uk\b|(?<!\d)(?:\+44|0044)|\b0800 \d{3}"),
    "au": re.compile(r"\.com\.au\b|(?<!\d)\+61\b"),
    "ca": re.compile(r"\.ca\b|\b[A-Z]\d[A-Z] \d[A-Z]\d\b"),
    "eu": re.compile(r"€\s?\d|\d\s?€|\.(?:de|fr|ie|nl|es|it)\b(?=[/\s]|$)"),
}
_STATE_NAMES = {name.removeprefix("the "): code for code, name in STATES.items()}
_CREDENTIALS = frozenset({"dc", "ma", "md", "ms", "nd", "pa"})  # codes that stand behind a person's name too: a ZIP code must follow
_STATE = re.compile(
    rf"\b(?P<name>{'|'.join(sorted(_STATE_NAMES, key=len, reverse=True))})\b"
    rf"|\b[A-Z][a-z]+, (?P<code>{'|'.join(STATES).upper()})\b(?P<zip>,? \d{{5}}\b)?"
)
_OWN_VOICE = frozenset({"we", "our", "us"})
_PRICE_SHOWN = Signal(PROMOTIONAL, "price", 2, ())
_PHONE_SHOWN = Signal(PROMOTIONAL, "phone number", 2, ())
_SHOP_LINKED = Signal(PROMOTIONAL, "shop link", 3, ())


@dataclass(frozen=True)
class DetectedProfile:
    """What the copy shows.

    `stance` is `promotional`, `editorial` or `unclear`; `signals` are the wordings that showed vertical and stance; `foreign` is a
    jurisdiction other than the US that the copy seems to be written for; `named` are the codes of the states that the page names, in order.
    """

    vertical: str
    stance: str
    page: str
    signals: tuple[str, ...]
    foreign: str | None = None
    named: tuple[str, ...] = ()


@dataclass
class _Met:
    """What one pass over a page's sentences met."""

    stance: dict[Signal, str] = field(default_factory=dict)  # by signal, promotional or editorial, its first wording
    foreign: dict[str, dict[object, set[str]]] = field(default_factory=dict)  # by name and signal the different sentences
    domestic: bool = False
    named: set[str] = field(default_factory=set)  # codes of states
    article: bool = False  # the page says when, by whom or as what it was published
    title: int | None = None  # the block of the first heading of level 1
    headline: bool = False  # the title is an article's
    own_voice: int = 0  # sentences
    wordings: dict[str, dict[str, float]] = field(default_factory=dict)  # by vertical, what each wording weighs
    mentions: dict[str, float] = field(default_factory=dict)  # by vertical


def detect(article: Article) -> DetectedProfile:
    """Vertical, stance, article or landing page, from the article's own blocks and the page around it."""
    known = signals.load()
    met = _Met()
    read = [sentence for sentence in article.sentences[:_READ] if sentence.block.region in _REGIONS]
    for sentence in read:
        _meet_words(met, sentence)
        _meet_characters(met, sentence)
    _meet_links(met, article)
    met.article = met.article or not known.article_keys.isdisjoint(key.lower() for key in article.document.meta)
    vertical, shown = _vertical(met)
    main = [sentence for sentence in read if sentence.block.region == "main"]
    words = sum(len(sentence.text.split()) for sentence in main if sentence.block.scope in ("body", "list"))
    cites = any(block.region == "references" for block in article.document.blocks)
    stance = _stance(met, words, cites)
    shown += [_named(signal, wording) for signal, wording in met.stance.items() if signal.group == stance][:_SHOWN]
    page = "article" if _is_article(main, met, stance) else "landing"
    return DetectedProfile(vertical, stance, page, tuple(shown), _foreign(met), tuple(sorted(met.named)))


@cache
def _flat() -> tuple[tuple[Pattern, ...], tuple[Signal, ...], tuple[bool, ...]]:
    """All patterns of all signals; of each its signal, and whether it is an exception of it."""
    kinds = [(signal, *kind) for signal in signals.load().signals for kind in ((signal.patterns, False), (signal.except_, True))]
    rows = [(line, signal, is_exception) for signal, lines, is_exception in kinds for line in lines]
    return tuple(row[0] for row in rows), tuple(row[1] for row in rows), tuple(row[2] for row in rows)


def _meet_words(met: _Met, sentence: Sentence) -> None:
    """Note the signals whose wordings stand in a sentence."""
    from copycheck.nlp.matcher import matcher_for

    doc, block = sentence.tokens.doc, sentence.block
    if met.title is None and block.scope == "heading" and block.level == 1:
        met.title = sentence.block_index
    lines, owners, exceptions = _flat()
    matcher = matcher_for(doc.vocab, lines)
    matches = remembered(sentence.tokens, matcher, lambda: tuple(matcher(sentence.tokens)))
    cleared = [(owners[match.pattern], match) for match in matches if exceptions[match.pattern]]
    for match in matches:
        signal = owners[match.pattern]
        if exceptions[match.pattern] or any(
            other is signal and clear.start < match.end and match.start < clear.end for other, clear in cleared
        ):
            continue
        tokens = doc[match.start : match.end]
        if signal.scope and sentence.scope not in signal.scope:
            continue
        if signal.unless and not sentence.token_marks(tokens, lines[match.pattern].words).isdisjoint(signal.unless):
            continue
        start, end = tokens.start_char - sentence.start, tokens.end_char - sentence.start
        if signal.group in (PROMOTIONAL, EDITORIAL):  # which are quoted; words of a vertical are counted as the signal has them
            start, end = whole_words(sentence.text, start, end)
        _meet(met, signal, sentence, " ".join(sentence.text[start:end].split()))
    if sentence.block.region == "main" and sentence.scope != "alt" and any(token.norm_ in _OWN_VOICE for token in sentence.tokens):
        met.own_voice += "third_party_quote" not in sentence.marks(0, len(sentence.text))


def _meet(met: _Met, signal: Signal, sentence: Sentence, wording: str) -> None:
    if signal.group in (PROMOTIONAL, EDITORIAL):
        met.stance.setdefault(signal, wording)
    elif signal.group == FOREIGN:
        if signal.name == "domestic":
            met.domestic = True
        else:
            met.foreign.setdefault(signal.name, {}).setdefault(signal, set()).add(sentence.folded)
    elif sentence.block.region != "main":
        return
    elif signal.group == ARTICLE:
        in_title = sentence.block.scope == "title" or sentence.block_index == met.title
        met.article = met.article or not signal.name
        met.headline = met.headline or in_title
    elif signal.group == VERTICAL:
        double = 2 if sentence.block.scope in ("title", "heading") or sentence.block.scope.startswith("meta") else 1
        weight, word = signal.weight * double, wording.lower()
        known = met.wordings.setdefault(signal.name, {})
        known[word] = max(known.get(word, 0), weight)
        met.mentions[signal.name] = met.mentions.get(signal.name, 0) + weight * 0.25


def _meet_characters(met: _Met, sentence: Sentence) -> None:
    """Note prices, telephone numbers, hosts and states, which are characters rather than words."""
    text = sentence.folded
    if price := _PRICE.search(text):
        met.stance.setdefault(_PRICE_SHOWN, price.group())
    if (phone := _PHONE.search(text)) and not _HELPLINE.search(text):
        met.stance.setdefault(_PHONE_SHOWN, phone.group())
    met.domestic = met.domestic or _US_PLACE.search(text) is not None
    for place in _STATE.finditer(text):
        if place["name"]:
            met.named.add(_STATE_NAMES[place["name"]])
        elif place["zip"] or place["code"].lower() not in _CREDENTIALS:
            met.named.add(place["code"].lower())
    for name, pattern in _ABROAD.items():
        for match in pattern.finditer(text):
            met.foreign.setdefault(name, {}).setdefault(match.group()[:4], set()).add(text)


def _meet_links(met: _Met, article: Article) -> None:
    """Note the links of the copy to a shop's products, a cart or a calendar, and those that dial a number, of no helpline."""
    for block in article.document.blocks:
        links = block.links if block.region == "main" else ()
        helps = bool(links) and _HELPLINE.search(block.text) is not None
        for link in links:
            text = " ".join(block.text[link.start : link.end].split())
            if link.kind == "link" and _SELLING_LINK.search(link.url) and not _PUBLIC.search(link.url):
                met.stance.setdefault(_SHOP_LINKED, text)
            elif _DIALED.match(link.url) and not helps and not _HELPLINE.search(link.url):
                met.stance.setdefault(_PHONE_SHOWN, text)


def _named(signal: Signal, wording: str) -> str:
    return signal.name if signal is _PHONE_SHOWN else f"{signal.name} “{wording[:40]}”"


def _stance(met: _Met, words: int, cites: bool) -> str:
    sells = sum(signal.weight for signal in met.stance if signal.group == PROMOTIONAL)
    informs = sum(signal.weight for signal in met.stance if signal.group == EDITORIAL)
    if sells >= _PROMOTIONAL_AT_LEAST:
        return PROMOTIONAL
    plain = not sells and words >= _PLAIN_WORDS and (informs or cites or met.article or met.headline)
    if plain or (informs >= _EDITORIAL_AT_LEAST and informs > sells):
        return EDITORIAL
    return "unclear"


def _foreign(met: _Met) -> str | None:
    """The jurisdiction outside the US for whose readers the page seems written: a single mention of a foreign body does not show one."""
    if met.domestic:
        return None
    for name in _ABROAD:
        counts = [len(sentences) for sentences in met.foreign.get(name, {}).values()]
        if len(counts) >= 2 or max(counts, default=0) >= _REPEATED:
            return name
    return None


def _vertical(met: _Met) -> tuple[str, list[str]]:
    """The vertical with the highest score, if that is high enough and more than one wording or place speaks for it."""
    scores = {name: met.mentions[name] + sum(wordings.values()) for name, wordings in met.wordings.items()}
    if not scores:
        return "other", []
    best = max(scores, key=lambda name: (scores[name], name))
    top = sorted(met.wordings[best], key=lambda word: (-met.wordings[best][word], word))[:_SHOWN]
    heaviest = max(met.wordings[best].values())
    stray = len(met.wordings[best]) == 1 and met.mentions[best] <= heaviest * 0.25 and heaviest <= 4
    if scores[best] < _VERTICAL_AT_LEAST or stray:
        return "other", []
    return best, [f"“{word}”" for word in top]


def _is_article(main: Sequence[Sentence], met: _Met, stance: str) -> bool:
    pages = {signal.page for signal in met.stance if signal.group == PROMOTIONAL}
    if met.article or "article" in pages:
        return True
    prose = sum(len(sentence.text.split()) for sentence in main if sentence.block.scope == "body")
    return (met.headline or stance != PROMOTIONAL or "landing" not in pages) and prose >= _ARTICLE_WORDS and met.own_voice * 4 < len(main)

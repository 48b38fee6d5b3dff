"""Lists: sections without content, and a number of items that a heading promises and the list below does not keep."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copycheck.article import Article
from copycheck.checks import Site, finding
from copycheck.document import Block
from copycheck.findings import Finding
from copycheck.ruleset.models import Structure

_NUMBERS = {name: number for number, name in enumerate("two three four five six seven eight nine ten eleven twelve".split(), 2)}
_ITEMS = (
    "benefits|ways|tips|reasons|steps|signs|symptoms|things|facts|stages|types|kinds|myths|questions|strategies|techniques|exercises"
    "|foods|habits|causes|principles|mistakes|ideas|factors|options|methods|advantages|phases|rules|causes|treatments|services"
)
_PROMISE = re.compile(
    rf"(?P<number>\b\d{{1,2}}|\b(?:{'|'.join(_NUMBERS)}))\s+(?:(?:[a-z'-]+|[A-Z][a-z'-]+)\s+){{0,3}}(?:{_ITEMS})\b", re.IGNORECASE
)
_NOT_PROMISED = re.compile(
    r"\b(?:of|one of|top|over|more than|at least|about|up to|first|last|these|day|week|month|hour|minute|year|than|or|to|in|every|phase"
    r"|stage|step|grade|type|part)\s*$",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"\s*(?:#|no\.? ?|step |tip |reason |sign |way |stage |myth |phase )?(\d{1,2})\s?[.):–—-]", re.IGNORECASE)
_MOST = 30  # a promise of more is a figure


def empty_section(rule: Structure, article: Article, site: Site) -> Iterator[Finding]:
    """A heading under which nothing stands before one of its own or a higher level, or before the end.

    In a web page headings serve as captions of cards and menus, so that only articles in Markdown and copy are judged.
    """
    if article.document.format == "html":
        return
    blocks = article.document.blocks
    main = [(index, block) for index, block in enumerate(blocks) if not block.scope.startswith("meta") and block.scope != "title"]
    for place, (index, block) in enumerate(main):
        if block.scope != "heading" or block.region != "main" or not block.level:
            continue
        after = main[place + 1][1] if place + 1 < len(main) else None
        if after is not None and (after.scope != "heading" or after.level > block.level):
            continue
        if _holds_something(article, block, after):
            continue
        sentences = article.by_block.get(index)
        if sentences:
            yield finding(rule, sentences[0], 0, sentences[-1].end - sentences[0].start)


def _holds_something(article: Article, block: Block, after: Block | None) -> bool:
    """Code, a form, a template call or an image between two headings: no prose, but no emptiness either."""
    source = article.document.source.text
    end = after.span().start if after is not None else len(source)
    between = source[block.span().end : end]
    return re.search(r"[^\s#=*_<>/\-h0-9{}]", between.replace("<br", "")) is not None


def promised_count(rule: Structure, article: Article, site: Site) -> Iterator[Finding]:
    """A heading or lead-in that names a number of items, and a list below of another number, where only one can be meant."""
    blocks = article.document.blocks
    led: dict[int | None, list[Block]] = {}
    for block in blocks:
        if block.scope == "list" and block.level == 1:
            led.setdefault(block.lead_in, []).append(block)
    for index, block in enumerate(blocks):
        if block.region != "main" or block.scope not in ("heading", "title", "body"):
            continue
        sentences = article.by_block.get(index, ())
        sentence = sentences[-1] if sentences else None
        promise = _promise(sentence.folded) if sentence else None
        if sentence is None or promise is None:
            continue
        number, start, end = promise
        counts = _items(blocks, index, led.get(index, []))
        if counts and number not in counts and all(abs(number - count) <= max(3, number // 2) for count in counts):
            listed = " or ".join(map(str, counts))
            message = rule.message.replace("{promised}", str(number)).replace("{listed}", listed)
            yield finding(rule, sentence, start, end, message)


def _promise(text: str) -> tuple[int, int, int] | None:
    """The number of items named and its place."""
    found = [match for match in _PROMISE.finditer(text) if not _NOT_PROMISED.search(text[: match.start()])]
    if len(found) != 1:
        return None
    word = found[0].group("number").lower()
    number = int(word) if word.isdigit() else _NUMBERS[word]
    return (number, *found[0].span()) if 2 <= number <= _MOST else None


def _items(blocks: tuple[Block, ...], index: int, led: list[Block]) -> list[int]:
    """The numbers of items that may be meant by a promise at a block, which leads in `led`; none where it cannot be told."""
    block = blocks[index]
    if block.scope == "body":
        lists = {item.list_id for item in led}
        return [len(led)] if block.text.rstrip().endswith(":") and len(lists) == 1 and len(led) > 1 else []
    section = _section(blocks, index)
    numbered = [int(match.group(1)) for item in section if item.scope == "heading" and (match := _NUMBERED.match(item.text))]
    if numbered:
        in_order = numbered == list(range(1, len(numbered) + 1))
        return [len(numbered)] if in_order and len(numbered) > 1 else []
    if any(item.scope == "heading" for item in section):
        return []
    items = [item for item in section if item.scope == "list" and item.level == 1]
    return [len(items)] if len({item.list_id for item in items}) == 1 and len(items) > 1 else []


def _section(blocks: tuple[Block, ...], index: int) -> list[Block]:
    """The blocks of the article under a heading, up to the next of its level or higher; under a title, all."""
    own = blocks[index]
    level = own.level if own.scope == "heading" else 1
    section = []
    for place in range(index + 1, len(blocks)):
        block = blocks[place]
        if block.region != "main" or block.scope in ("alt", "title") or block.scope.startswith("meta"):
            continue
        if block.scope == "heading" and block.level <= level:
            if not (own.scope == "title" and block.level == 1):
                break
            continue
        section.append(block)
    return section

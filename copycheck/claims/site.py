"""Site: the hosts that are a page's own, told by its head, its menu, or the links that it strews over itself."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from copycheck.article import Article
from copycheck.claims import domains

_KEYS = ("canonical", "canonical_url", "link", "url", "permalink", "og:url", "og_url", "site", "site_url", "siteurl", "website")
_HEAD = re.compile(
    r"<link\b(?=[^>]*\brel\s*=\s*[\"']?canonical\b)[^>]*\bhref\s*=\s*[\"']?(https?://[^\s\"'>]+)"
    r"|<meta\b(?=[^>]*\b(?:property|name)\s*=\s*[\"']?(?:og:url|twitter:url)\b)[^>]*\bcontent\s*=\s*[\"']?(https?://[^\s\"'>]+)",
    re.I,
)
_HEAD_SIZE = 60_000  # characters of a page in which its head is looked for
_FURNITURE = ("nav", "header", "footer")
_MENU_LEAST, _COPY_LEAST = 2, 2  # different addresses of a host before it is taken for the own one
_BRAND_LINKS = 3  # to one address of a host whose name the copy uses
_BRAND_LEAST = 5  # letters of a host's name that the copy must use as a name


def own_hosts(article: Article) -> frozenset[str]:
    """The site's own hosts. What nothing tells is empty: an unknown host is not taken for the own one."""
    document = article.document
    told = {host for key in _KEYS if (host := _host(document.meta.get(key)))}
    if document.format != "markdown":
        told |= {host for match in _HEAD.finditer(document.source.text, 0, _HEAD_SIZE) if (host := _host(match.group(1) or match.group(2)))}
    if told:
        return frozenset(told)
    links = [(block.region, link.url) for block in document.blocks for link in block.links if link.kind in ("link", "bare")]
    menu = _most(url for region, url in links if region in _FURNITURE)
    if menu and len(menu[1]) >= _MENU_LEAST:
        return frozenset({menu[0]})
    copy = _most(url for _, url in links)
    if copy and (
        (len(copy[1]) >= _COPY_LEAST and any("/" not in address for address in copy[1]))
        or ((len(copy[1]) >= _COPY_LEAST or copy[2] >= _BRAND_LINKS) and _is_brand(copy[0], article))
    ):
        return frozenset({copy[0]})
    return frozenset()


def _host(value: object) -> str:
    match = re.match(r"https?://(?:www\.)?([\w-]+(?:\.[\w-]+)+)", value) if isinstance(value, str) else None
    return match.group(1).lower() if match else ""


def _most(urls: Iterable[str]) -> tuple[str, set[str], int] | None:
    """The site that most addresses lead to, known sources, networks and shops apart, with its addresses and the count of links."""
    found: dict[str, set[str]] = defaultdict(set)
    count: dict[str, int] = defaultdict(int)
    for url in urls:
        host = _host(url)
        if host and not domains.tier_of(host) and not domains.is_service(url):
            found[domains.registrable(host)].add(re.sub(r"^https?://(?:www\.)?", "", url).rstrip("/?#"))
            count[domains.registrable(host)] += 1
    best = max(sorted(count), key=lambda host: count[host], default=None)
    return (best, found[best], count[best]) if best and count[best] * 2 >= sum(count.values()) else None


def _is_brand(host: str, article: Article) -> bool:
    """The copy calls itself by the host's name: `calmharbor.in` and “Calm Harbor”."""
    name = re.sub(r"[^a-z0-9]", "", host.split(".")[0])
    if len(name) < _BRAND_LEAST:
        return False
    return any(name in re.sub(r"[^a-z0-9]", "", _without_addresses(block.text).lower()) for block in article.document.blocks)


def _without_addresses(text: str) -> str:
    return re.sub(r"(?:https?://|www\.)\S+|(?<!\S)[^\s@]++@\S+", " ", text)

"""Domains: what an address is worth as the source of a medical statement."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any
from urllib.parse import SplitResult, urlsplit

from copycheck.claims.data import Expressions, compiled, read_yaml

_MOST_PARTS = 8  # of a host's name that are looked at
_LONGEST = 2_048  # characters of an address that are looked at
_SECOND_LEVEL = frozenset("co com org net gov ac edu govt nhs ltd plc me".split())


@dataclass(frozen=True)
class Worth:
    """What a link counts for: `cited`, `weak`, `self`, `broken`, or `none` where it is no reference at all; and why, for a message."""

    status: str
    reason: str = ""


_INVITATION = Worth("none", "it is an invitation, not a source")


@dataclass(frozen=True, eq=False)
class Rules:
    """The data on sources."""

    tiers: Mapping[str, str]
    placeholders: frozenset[str]
    patterns: Expressions
    named: tuple[re.Pattern[str], ...]
    vague: tuple[re.Pattern[str], ...]


@cache
def rules() -> Rules:
    """The data on sources that ship."""
    data: dict[str, Any] = dict(read_yaml("sources.yaml"))
    tiers, placeholders, named, vague = (data.pop(name) for name in ("tiers", "placeholders", "named", "vague"))
    hosts = {host: tier for tier, hosts in tiers.items() for host in hosts}
    named, vague = (tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns) for patterns in (named, vague))
    return Rules(hosts, frozenset(placeholders), compiled(data), named, vague)


def registrable(host: str) -> str:
    """The part of a host that is bought: `blog.clinic.co.uk` is `clinic.co.uk`."""
    parts = host.lower().split(".")
    keep = 3 if len(parts) > 2 and parts[-2] in _SECOND_LEVEL and len(parts[-1]) == 2 else 2
    return ".".join(parts[-keep:])


def _in(host: str, known: Iterable[str]) -> bool:
    names = set(known)
    return any(name in names for name in _names(host))


def _names(host: str) -> list[str]:
    """A host and the domains above it, those of very many parts left out: none that is known has as many."""
    parts = host.split(".")[-_MOST_PARTS:]
    return [".".join(parts[at:]) for at in range(len(parts))]


def tier_of(host: str) -> str:
    """The tier of a host or of the nearest domain above it: A to E, or nothing where it is not known."""
    tiers = rules().tiers
    return next((tiers[name] for name in _names(host) if name in tiers), "")


def is_service(address: str) -> bool:
    """A map, calendar, booking or app: it serves the reader and states nothing."""
    return rules().patterns["service"].search(address) is not None


@lru_cache(maxsize=4096)  # the same link is asked about for its sentence and for its neighbours
def weigh(
    url: str,
    anchor: str = "",
    own: frozenset[str] = frozenset(),
    trusted: frozenset[str] = frozenset(),
    distrusted: frozenset[str] = frozenset(),
) -> Worth:
    """What a link with this address and wording counts for. `own` are the site's hosts."""
    data = rules()
    address = url.strip()[:_LONGEST]
    invites = data.patterns["call-to-action"].search(anchor) is not None
    if address in ("", "#", "/#", "?", "http://", "https://", "javascript:void(0)", "javascript:;"):
        return Worth("none" if invites else "broken", "its address is empty")
    if re.match(r"(?:mailto|tel|sms|javascript|data|whatsapp):", address, re.I):
        return Worth("none", "it is a way to get in touch")
    try:
        parts = urlsplit(
            address
            if "//" in address or not re.match(r"(?:www\.|[\w-]+\.(?:com|org|gov|edu|net)\b)", address, re.I)
            else f"https://{address}"
        )
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return Worth("broken", "its address is malformed")
    if "\ufffc" in (host or address[:1]):  # template code
        return _INVITATION if invites else Worth("self", "its address is template code, as of a page of the own site")
    if parts.scheme.lower() not in ("http", "https", ""):
        return Worth("broken", "its address is malformed")
    serves = invites or data.patterns["own-service"].search(parts.path) is not None
    if not host:
        return _INVITATION if serves else Worth("self", "it leads to a page of the own site")
    if _in(host, data.placeholders):
        return Worth("broken", f"{host} is a placeholder")
    if _in(host, own) or registrable(host) in {registrable(name) for name in own}:
        return _INVITATION if serves else Worth("self", "it leads to a page of the own site")
    return _INVITATION if invites else _weigh_outside(parts, host, address, trusted, distrusted)


def _weigh_outside(parts: SplitResult, host: str, address: str, trusted: frozenset[str], distrusted: frozenset[str]) -> Worth:
    data = rules()
    if is_service(address):
        return Worth("none", "it is a map, a calendar or an app, not a source")
    if _in(host, distrusted):
        return Worth("weak", f"{host} is on your list of distrusted sources")
    tier = "C" if _in(host, trusted) else tier_of(host)
    if tier == "E" and not data.patterns["agency-accounts"].search(address):
        return Worth("weak", f"{host} is a social, shop or chat site or shortens links")
    if tier == "D":
        return Worth("weak", f"{host} is news or an encyclopaedia, which may point to a source but is none for a medical effect")
    if data.patterns["search-page"].search(address):
        return Worth("weak", "it leads to a list of search results")
    if not parts.path.strip("/") and not parts.query:
        return Worth("weak", "it leads to a home page, not to the page that says so")
    if not tier and (data.patterns["seller-host"].search(host) or data.patterns["seller-path"].search(address)):
        return Worth("weak", f"{host} looks like a seller or provider, who has an interest")
    return Worth("cited")

"""Evidence: what in a sentence speaks for a claim or against one: terms, cues, and terms that stand in the order of a claim."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from copycheck.claims import data, lexicon
from copycheck.claims.expressions import Expressions
from copycheck.claims.lexicon import Hit, Word

_REACH = 9  # words between an effect and what it acts on
_COPULA = frozenset("is are was were be been being am 's".split())
_NAMED_WORDS = frozenset({"adjective-strong", "adjective-weak", "noun-strong", "noun-weak"})
_LINKS = frozenset("for of in to against from on with when that at include includes including".split())


@dataclass(frozen=True, eq=False)
class Evidence:
    """Terms, cues and pairs of a sentence. `pairs` names ordered combinations such as `effect>target` or `treatment>effect>target`."""

    words: tuple[Word, ...]
    hits: tuple[Hit, ...]
    cues: frozenset[str]
    pairs: frozenset[str]
    groups: frozenset[str]

    @cached_property
    def kinds(self) -> frozenset[str]:
        """What its terms are, without their group: `effect`, `target`, `treatment`."""
        return frozenset(group.split(":")[0] for group in self.groups if ":" in group)


@dataclass(frozen=True, eq=False)
class Cues:
    """The cue patterns. Those of `lead_in` are numbered; `harm` is among them."""

    sentence: Expressions
    heading: Expressions
    lead_in: Expressions


@cache
def cues() -> Cues:
    """The cue patterns that ship."""
    found = data.read_yaml("cues.yaml")
    lead_in = {f"claims {number}": pattern for number, pattern in enumerate(found["lead-in"])} | {"harm": found["harm-lead-in"]}
    return Cues(Expressions(found["sentence"]), Expressions(found["heading"]), Expressions(lead_in))


def cue(name: str) -> re.Pattern[str]:
    """The pattern of one cue of a sentence."""
    return cues().sentence[name]


@lru_cache(maxsize=2048)  # menus, footers and calls repeat on every page of a site
def gather(folded: str) -> Evidence:
    """The evidence of one sentence, bullet or heading, from its folded text alone."""
    words = lexicon.words_of(folded)
    hits = lexicon.load().find(words)
    return Evidence(
        tuple(words),
        tuple(hits),
        frozenset(cues().sentence.found_in(folded)),
        frozenset(_pairs(words, hits)),
        frozenset(group for hit in hits for group in hit.groups),
    )


@cache  # the lexicon has a few hundred sets of groups
def groups_of(groups: frozenset[str], prefix: str) -> tuple[str, ...]:
    """Those of a term's groups that begin with `prefix`."""
    return tuple(sorted(group for group in groups if group.startswith(prefix)))


def _pairs(words: Sequence[Word], hits: Sequence[Hit]) -> set[str]:
    found: set[str] = set()
    weak = lexicon.load().weak
    targets = [(hit, kinds) for hit in hits if (kinds := groups_of(hit.groups, "target:"))]
    treatments = [hit for hit in hits if groups_of(hit.groups, "treatment:")]
    for hit in hits:
        effects = groups_of(hit.groups, "effect:")
        if effects:
            found |= _effect_pairs(words, hit, effects, targets, treatments, weak)
        for name in _NAMED_WORDS & hit.groups:
            found |= _word_pairs(words, hit, name, targets, treatments)
        if "ill" in hit.groups and any(hit.last <= other.first <= hit.last + 6 for other, _ in targets):
            found.add("ill>target")
        if "modifier" in hit.groups and hit.first == 0:
            found.add("modifier first")
            if any(other.first >= hit.last for other, _ in targets):
                found.add("modifier first>target")
    if hits and hits[0].first <= 3:
        found |= {f"first={group}" for group in hits[0].groups}
    return found


def _effect_pairs(
    words: Sequence[Word],
    hit: Hit,
    effects: Sequence[str],
    targets: Sequence[tuple[Hit, tuple[str, ...]]],
    treatments: Sequence[Hit],
    weak: frozenset[str],
) -> set[str]:
    found: set[str] = set()
    strength = "weak" if all(effect in weak for effect in effects) else "strong"
    if hit.first == 0:
        found.add(f"{strength} effect first")
    near = [kinds for other, kinds in targets if hit.last <= other.first <= hit.last + _REACH]
    before = [kinds for other, kinds in targets if hit.first - 7 <= other.first and other.last <= hit.first]
    acts = any(other.last <= hit.first for other in treatments)
    if near:
        found.add(f"{strength} effect>target")
        found |= {f"effect>{kind}" for kinds in near for kind in kinds}
        found |= {f"{effect}>target" for effect in effects}
        if acts:
            found.add(f"treatment>{strength} effect>target")
    if before and any(words[at].text in _COPULA for at in range(max(hit.first - 5, 0), hit.first)):
        found.add(f"target>is>{strength} effect")
    if acts:
        found.add(f"treatment>{strength} effect")
    elif any(other.first >= hit.last for other in treatments):
        found.add(f"{strength} effect>treatment")
    return found


def _word_pairs(
    words: Sequence[Word], hit: Hit, name: str, targets: Sequence[tuple[Hit, tuple[str, ...]]], treatments: Sequence[Hit]
) -> set[str]:
    found: set[str] = set()
    after = [
        other
        for other, _ in targets
        if hit.last <= other.first <= hit.last + _REACH and any(words[at].text in _LINKS for at in range(hit.last, other.first))
    ]
    if after:
        found.add(f"{name}>target")
    if any(other.last == hit.first for other, _ in targets):
        found.add(f"target+{name}")
    if any(other.last <= hit.first for other in treatments):
        found.add(f"treatment>{name}")
    if any(words[at].text in _COPULA for at in range(max(hit.first - 4, 0), hit.first)):
        found.add(f"is>{name}")
    return found

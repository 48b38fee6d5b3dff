"""Reference: rules as text, JSON and pages, made from the rule files alone."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from copycheck.findings import STATES
from copycheck.quotation import nested
from copycheck.reports.wording import GUIDANCE
from copycheck.ruleset.location import FAMILIES

if TYPE_CHECKING:
    from copycheck.ruleset.authorities import Authority, Cited
    from copycheck.ruleset.models import Duty, Example, Pattern, Rule

_FORCES = {
    "statute": "Statutes",
    "regulation": "Rules of agencies and boards",
    "guidance": "Guidance: not binding by itself",
    "standard": "Standards of professions, platforms and publishers",
    "case": "Cases: they bind the parties, and show what is pursued",
    "house rule": "House rules",
}
_TEMPLATES = Path(__file__).parent / "data" / "markdown"
_MARKS = re.compile(r"\[\||\|\]|\[\+|\+\]")
_BLOCKS = {
    "disease": "a sure claim for a disease",
    "outcome": "a sure figure of what a treatment achieves",
    "proven": "“proven” without a study",
    "promise": "a sure promise",
}


def as_text(rules: Sequence[Rule], off: Mapping[str, str], lowered: Iterable[str] = (), noted: Mapping[str, str] | None = None) -> str:
    """One line a rule, by family; those that are off with the reason, those that are notes for want of a state with whom they bind."""
    width = max((len(rule.id) for rule in rules), default=0)
    steps = set(lowered)
    lines = []
    for family in FAMILIES:
        members = [rule for rule in rules if rule.family == family]
        if members:
            lines.append(f"{family} ({len(members)})")
        for rule in members:
            state = severity_of(rule) + (", one step lower here" if rule.id in steps else "")
            if bound := (noted or {}).get(rule.id):
                state = f"info, no state is set: binds {bound}"
            state = f"off: {off[rule.id]}" if rule.id in off else state
            lines.append(f"  {rule.id:<{width}}  {rule.title} [{state}]")
    return "\n".join(lines) + "\n"


def as_json(rules: Sequence[Rule], off: Mapping[str, str], lowered: Iterable[str] = (), noted: Mapping[str, str] | None = None) -> str:
    """The rules with all that `explain` says, as one JSON document."""
    steps = set(lowered)
    entries = [
        {
            "id": rule.id,
            "kind": rule.kind,
            "severity": rule.severity,
            "publisher": rule.publisher,
            "confidence": rule.confidence,
            "title": rule.title,
            "message": rule.message,
            "why": rule.why,
            "fix": rule.fix,
            "authority": [_plain(cited) for cited in rule.cited],
            "applies": dict(vars(rule.applies)),
            "scope": list(rule.scope),
            "catalogue": list(rule.catalogue),
            "on": rule.id not in off,
            "off": off.get(rule.id),
            "lowered": rule.id in steps,
            "noted": rule.id in (noted or {}),
        }
        for rule in rules
    ]
    return json.dumps({"schema": "copycheck-rules/1", "rules": entries}, indent=2, ensure_ascii=False) + "\n"


def severity_of(rule: Rule) -> str:
    """“warning”; of a rule that makes an error of some claims also which those are."""
    sure = " and ".join(_BLOCKS[name] for name in getattr(rule, "blocks", ()))
    return f"{rule.severity}, error for {sure} on promotional copy" if sure else str(rule.severity)


def explain(rule: Rule, width: int = 80, jurisdiction: str = "us") -> str:
    """All there is to say of a rule, for a terminal; of its authorities those that speak for a country."""
    parts = [f"{rule.id}: {rule.title}", f"{severity_of(rule)}, {rule.confidence} confidence; {where(rule)}"]
    parts.append(_wrapped("Why: ", rule.why, width))
    if rule.fix:
        parts.append(_wrapped("What clears it: ", rule.fix, width))
    if rule.kind == "duty" and (offer := cast("Duty", rule).offer):
        parts.append(_wrapped("Text to paste: ", offer, width))
    if rule.cited:
        parts.append("Who says so:\n" + "\n".join(_in_full(cited, width) for cited in rule.cited_in(jurisdiction)))
    if rule.kind == "pattern" and (swap := cast("Pattern", rule).swap):
        swaps = [f"{wrong} → {right if isinstance(right, str) else ' or '.join(right)}" for wrong, right in swap.items()]
        shown = swaps[:12] + ([f"and {len(swaps) - 12} more"] if len(swaps) > 12 else [])
        parts.append("Wording:\n" + "\n".join(f"- {swap}" for swap in shown))
    parts.append("Flagged:\n" + "\n".join(_wrapped("- ", _example(e), width) for e in rule.examples.flag))
    parts.append("Left alone:\n" + "\n".join(_wrapped("- ", _example(e), width) for e in rule.examples.pass_))
    parts.append(GUIDANCE)
    return "\n\n".join(parts) + "\n"


def as_markdown(rules: Sequence[Rule]) -> str:
    """The reference of all rules by family, for `docs/rules.md`."""
    return _rendered("rules.md", rules=rules, families=FAMILIES)


def authorities_as_markdown(authorities: Mapping[str, Authority], rules: Sequence[Rule]) -> str:
    """Every authority by its force, with the rules that cite it, for `docs/authorities.md`."""
    return _rendered("authorities.md", authorities=authorities, rules=rules, forces=_FORCES)


def _rendered(template: str, **values: Any) -> str:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # these pages are seldom asked for

    made = Environment(loader=FileSystemLoader(_TEMPLATES), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.filters |= {"where": where, "severity": severity_of, "linked": _linked, "says": says, "users": _users}
    made.filters["cell"] = lambda text: text.replace("|", "\\|").replace("\n", " ")
    made.tests["contains"] = lambda values, one: one in values
    return made.get_template(template).render(guidance=GUIDANCE, **values).rstrip("\n") + "\n"


def _users(name: str, rules: Sequence[Rule]) -> str:
    """The rules that cite an authority, each with the paragraph meant."""
    used = {rule.id: cited.paragraph for rule in rules for cited in rule.cited if cited.id == name}
    return ", ".join(f"`{rule}`" + (f" ({paragraph})" if paragraph else "") for rule, paragraph in sorted(used.items()))


def where(rule: Rule) -> str:
    applies = rule.applies
    parts = ["jurisdiction " + ", ".join(rule.jurisdictions)]
    if applies.state:
        parts.append(f"{', '.join(STATES[code] for code in applies.state)} (a note where no state is set)")
    if "any" not in applies.vertical:
        parts.append(", ".join(applies.vertical))
    if applies.promotional is not None:
        parts.append("promotional copy" if applies.promotional else "copy that sells nothing")
    if len(applies.page) == 1:
        parts.append(f"{applies.page[0]} pages")
    return "; ".join(parts)


def _linked(cited: Cited) -> str:
    """A citation in Markdown."""
    authority = cited.authority
    return cited.text.replace(authority.name, f"[{authority.name}]({authority.url})", 1) if authority.url else cited.text


def quoted(cited: Cited) -> str:
    """A citation in Markdown with whom it binds, and the sentence that counts."""
    return f"{_linked(cited)}. Binds {cited.authority.binds}.\n\n> {says(cited.authority)}"


def _in_full(cited: Cited, width: int) -> str:
    """A citation for a terminal: what it is, where, whom it binds, and the sentence that counts."""
    authority = cited.authority
    lines = [_wrapped("- ", cited.text, width)]
    for line in (authority.url, f"Binds {authority.binds}.", f"It says: {says(authority)}"):
        lines += [_wrapped("  ", line, width)] if line else []
    return "\n".join(lines)


def says(authority: Authority) -> str:
    """The sentence of an authority that counts, as a quotation or told to be in our words."""
    return f"“{nested(authority.says)}”" if authority.quoted else f"(in our words) {authority.says}"


def _plain(cited: Cited) -> dict[str, Any]:
    values = {"id": cited.id, "paragraph": cited.paragraph, **cited.authority.model_dump(mode="json")}
    return {name: value for name, value in values.items() if value is not None}


def _example(example: Example) -> str:
    return " ".join(_MARKS.sub("", example.text.removeprefix("[||]")).split())


def _wrapped(label: str, text: str, width: int) -> str:
    return textwrap.fill(
        " ".join(text.split()), width, initial_indent=label, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False
    )

"""Catalogue: writes docs/catalogue.md, which says for every entry of the research catalogue where it went.

Use: python tools/map_catalogue.py [--check]
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from copycheck import ruleset, strictyaml
from copycheck.ruleset.models import Rule

ROOT = Path(__file__).resolve().parents[1]
DATA, PAGE = ROOT / "tools" / "catalogue.yaml", ROOT / "docs" / "catalogue.md"


def entries() -> dict[str, dict[str, str]]:
    """The catalogue's entries by id, with their title and the reasons that the data file gives."""
    data: dict[str, dict[str, str]] = strictyaml.load(DATA.read_text(encoding="utf-8")).data
    return data


def covering(rules: Sequence[Rule]) -> dict[str, list[Rule]]:
    """The rules that say they cover an entry, by entry."""
    found: dict[str, list[Rule]] = {}
    for rule in rules:
        for entry in rule.catalogue:
            found.setdefault(entry, []).append(rule)
    return found


def problems(catalogue: Mapping[str, Mapping[str, Any]], rules: Sequence[Rule]) -> list[str]:
    """Entries that no rule covers and no reason leaves out, and entries that rules name and the catalogue has not."""
    covered = covering(rules)
    left = {entry for entry, about in catalogue.items() if about.get("left")}
    lost = [f"{entry}: no rule covers it and no reason leaves it out" for entry in catalogue if entry not in left and entry not in covered]
    unknown = [f"{entry}: named by {covered[entry][0].id}, not in the catalogue" for entry in sorted(covered) if entry not in catalogue]
    return lost + unknown


def page(catalogue: Mapping[str, Mapping[str, Any]], rules: Sequence[Rule]) -> str:
    """The mapping table as Markdown."""
    covered = covering(rules)
    taken = sum(entry in covered for entry in catalogue)
    lines = [
        "# Where the catalogue's entries went",
        "",
        "Made by `python tools/map_catalogue.py` from the rule files and `tools/catalogue.yaml`; a test keeps it true.",
        f"Of {len(catalogue)} entries {taken} became a rule or part of one; {len(catalogue) - taken} are left out, with the reason.",
        "The severity of a rule follows the project's policy, not the catalogue's: few entries block.",
        "",
        "| entry | what it is about | where it went | note on its examples |",
        "| --- | --- | --- | --- |",
    ]
    for name, entry in catalogue.items():
        owners = covered.get(name, [])
        if len(owners) == 1:
            where = ("merged into " if len(owners[0].catalogue) > 1 else "") + f"`{owners[0].id}`"
        elif owners:
            where = "split over " + ", ".join(f"`{rule.id}`" for rule in owners)
        else:
            where = f"left out: {entry.get('left', '')}"
        cells = (name, entry["title"], where, entry.get("examples", ""))
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(lines) + "\n"


def main(arguments: Sequence[str]) -> int:
    catalogue, rules = entries(), ruleset.load([ROOT / "rules"]).rules
    found = problems(catalogue, rules)
    sys.stderr.writelines(f"{problem}\n" for problem in found)
    text = page(catalogue, rules)
    if "--check" in arguments:
        stale = not PAGE.is_file() or PAGE.read_text(encoding="utf-8") != text
        if stale:
            sys.stderr.write(f"{PAGE} is stale: run python tools/map_catalogue.py\n")
        return int(stale or bool(found))
    PAGE.write_text(text, encoding="utf-8")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

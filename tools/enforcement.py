"""Enforcement: prints, for a table of enforcement cases, whether the rules that should flag a case's wording do.

Use: python tools/enforcement.py FILE [--all]
FILE is tab-separated with a header row that names the columns case, paraphrased_claim and rule_id (catalogue entries, by semicolon).
Cases of the ASA (column authority) are checked by British rules.
Each wording is checked alone, as promotional copy of the vertical that the expected rule names, else of the one told from it. An entry
counts as flagged when one of the rules that cover it fires (its successors: `catalogue:` in the rule files); an entry that no shipped
rule covers is listed as not covered. Ends with exit code 1 if a case of which some rule ships is flagged by none of them. `--all` runs
rules of every family, else those of compliance, disclaimers and language, which need no model.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from copycheck import ruleset
from copycheck.engine import Engine, Item, Settings
from copycheck.nlp.pipeline import load
from copycheck.ruleset.models import Rule
from copycheck.source import Source

RULES = Path(__file__).resolve().parents[1] / "rules"
FAMILIES = frozenset({"compliance", "disclaimers", "language"})


@dataclass(frozen=True)
class Case:
    name: str
    text: str
    entries: tuple[str, ...]
    jurisdiction: str = "us"


@dataclass(frozen=True)
class Verdict:
    """What became of a case: the shipped rules expected of it, those of them that fired, entries that nothing ships for."""

    case: Case
    expected: tuple[str, ...]
    fired: tuple[str, ...]
    uncovered: tuple[str, ...]

    @property
    def state(self) -> str:
        if not self.expected:
            return "not covered"
        return "flagged" if self.fired else "MISSED"


def read(path: Path) -> list[Case]:
    """The cases of a table. Raises KeyError for a column that is not there."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [
        Case(
            row["case"],
            row["paraphrased_claim"],
            tuple(entry.strip() for entry in row["rule_id"].split(";") if entry.strip()),
            "uk" if row.get("authority", "").startswith("ASA") else "us",
        )
        for row in rows
    ]


def judge(cases: Iterable[Case], engine: Engine, families: frozenset[str]) -> Iterator[Verdict]:
    """One verdict a case."""
    rules = [rule for rule in engine.ruleset.rules if rule.family in families]
    for case in cases:
        wanted = [rule for rule in rules if set(rule.catalogue) & set(case.entries) and case.jurisdiction in rule.jurisdictions]
        covered = {entry for rule in wanted for entry in rule.catalogue}
        settings = Settings(jurisdiction=case.jurisdiction, vertical=_vertical(wanted), promotional=True, select=families)
        report = next(engine.run([Item("case.txt", Source("case.txt", case.text), settings)]))
        if report.error:
            raise RuntimeError(f"{case.name}: {report.error}")
        fired = {finding.rule for finding in report.findings}
        names = tuple(rule.id for rule in wanted)
        yield Verdict(case, names, tuple(name for name in names if name in fired), tuple(e for e in case.entries if e not in covered))


def _vertical(rules: Sequence[Rule]) -> str | None:
    named = [vertical for rule in rules for vertical in rule.applies.vertical if vertical != "any"]
    return named[0] if named else None


def table(verdicts: Sequence[Verdict]) -> str:
    """The verdicts as a table, with a line of sums."""
    width = max((len(verdict.case.name) for verdict in verdicts), default=4)
    lines = []
    for verdict in verdicts:
        shown = ", ".join(verdict.fired or verdict.expected) or "-"
        rest = f"  (no rule ships for {', '.join(verdict.uncovered)})" if verdict.uncovered else ""
        lines.append(f"{verdict.state:<11}  {verdict.case.name:<{width}}  {'; '.join(verdict.case.entries)} → {shown}{rest}")
    counts = {state: sum(verdict.state == state for verdict in verdicts) for state in ("flagged", "MISSED", "not covered")}
    lines.append(f"{len(verdicts)} cases: {counts['flagged']} flagged, {counts['MISSED']} missed, {counts['not covered']} not covered")
    return "\n".join(lines) + "\n"


def main(arguments: Sequence[str]) -> int:
    paths = [argument for argument in arguments if not argument.startswith("--")]
    if len(paths) != 1:
        sys.stderr.write(f"{__doc__}")
        return 2
    loaded = ruleset.load([RULES])
    families: frozenset[str] = FAMILIES
    if "--all" in arguments:
        families = frozenset(rule.family for rule in loaded.rules)
    verdicts = list(judge(read(Path(paths[0])), Engine(loaded, lambda components: load(components=components)), families))
    sys.stdout.write(table(verdicts))
    return int(any(verdict.state == "MISSED" for verdict in verdicts))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

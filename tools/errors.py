"""Errors: writes docs/errors.md, which says of each rule that blocks, or once did, what it does now and on whose word.

Use: python tools/errors.py
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from copycheck import ruleset
from copycheck.reference import severity_of
from copycheck.ruleset.models import Rule

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "errors.md"
FIRST = frozenset(
    """claims/no-source-on-page compliance/addiction-cure compliance/alternative-screening compliance/assured-outcome
    compliance/care-replaced compliance/cbd-disease-claim compliance/compounded-as-same
    compliance/compounded-without-statement compliance/cure compliance/disease-reversal compliance/drug-comparison compliance/easy-detox
    compliance/effortless-weight-loss compliance/elimination compliance/fat-melting compliance/fda-approved
    compliance/guaranteed-result compliance/homeopathy compliance/inducement compliance/ketamine-claim compliance/miracle
    compliance/no-side-effects compliance/permanent-result compliance/prescription-promise compliance/product-for-addiction
    compliance/review-incentive compliance/stem-cell-claim compliance/supplement-disease-claim compliance/total-effect
    compliance/weight-loss-amount disclaimers/missing-dshea""".split()
)
"""The errors of the first edition, before its authorities were audited."""


def page(rules: Sequence[Rule]) -> str:
    """The table as Markdown."""
    listed = [rule for rule in rules if rule.id in FIRST or rule.severity == "error" or getattr(rule, "blocks", ())]
    lines = [
        "# Errors, before and after the audit of authorities",
        "",
        "Made by `python tools/errors.py` from the rule files; a test keeps it true. An error blocks by default, so each needs an",
        "authority whose own text bids it. Before the audit 31 rules were errors. Many were split: what no law bids is a rule of its own.",
        "A dash in the last column: the rule does not hold in the United Kingdom. [What each authority says](authorities.md).",
        "",
        "| rule | before | now | in the United States it rests on | in the United Kingdom on |",
        "| --- | --- | --- | --- | --- |",
    ]
    for rule in sorted(listed, key=lambda rule: rule.id):
        before = "error" if rule.id in FIRST else "warning or none"
        lines.append(f"| `{rule.id}` | {before} | {severity_of(rule)} | {_rests_on(rule, 'us')} | {_rests_on(rule, 'uk')} |")
    return "\n".join(lines) + "\n"


def _rests_on(rule: Rule, jurisdiction: str) -> str:
    """The authorities whose sentence was read, else those not verified; a dash where the rule does not hold."""
    if jurisdiction not in rule.jurisdictions:
        return "–"
    cited = rule.cited_in(jurisdiction)
    read = [one.authority.name for one in cited if one.authority.verified]
    return "; ".join(dict.fromkeys(read)) or "; ".join(dict.fromkeys(f"{one.authority.name} (not verified)" for one in cited))


if __name__ == "__main__":
    PAGE.write_text(page(ruleset.load([ROOT / "rules"]).rules), encoding="utf-8")

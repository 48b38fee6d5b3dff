"""GitLab code quality report: docs.gitlab.com/ci/testing/code_quality, section “Code Quality report format”."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence

from copycheck.findings import Report, Severity
from copycheck.reports import Options
from copycheck.reports.entries import all_entries
from copycheck.reports.inert import dumps

_SEVERITIES = {Severity.error: "major", Severity.warning: "minor", Severity.info: "info"}


def render(reports: Sequence[Report], options: Options) -> str:
    """One issue an entry; a file that was not checked is `critical`, what was silenced is `info` with its reason in words.

    A fingerprint is that of the JSON report with path and kind, since GitLab drops an issue whose fingerprint it knows already.
    """
    seen: Counter[str] = Counter()
    issues = []
    for entry in all_entries(reports, options):
        key = "\0".join((entry.path, entry.kind, entry.rule, entry.fingerprint or entry.message))
        seen[key] += 1
        digest = hashlib.sha256(f"{key}\0{seen[key]}".encode("utf-8", "surrogatepass"), usedforsecurity=False)
        issue = {
            "description": entry.message,
            "check_name": entry.rule,
            "fingerprint": digest.hexdigest()[:32],
            "severity": "critical" if entry.kind == "failure" else _SEVERITIES[entry.severity],
            "location": {"path": entry.path, "lines": {"begin": entry.start[0], "end": entry.end[0]}},
        }
        issues.append(issue)
    return dumps(issues, indent=1) + "\n"

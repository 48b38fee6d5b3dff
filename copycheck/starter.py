"""Starter: the configuration file that `copycheck init` writes."""

from __future__ import annotations

from collections.abc import Sequence

from copycheck.findings import CARRIES

_CODES = {
    "advice": "a line that the page informs and is no medical advice",
    "dshea": "the FDA statement for supplements, both sentences",
    "affiliate": "a plain disclosure of affiliate links",
    "crisis": "988 or 911 for a crisis",
    "risks": "the risks of the treatments offered",
}
_UK_CODES = {
    "crisis": "Samaritans (116 123) or 999 for a crisis",
    "registration": "the registration numbers of the dental professionals whom it names",
}


def questions(jurisdiction: str) -> dict[str, str]:
    """What the site's footer or layout may carry: code and meaning."""
    return {code: meaning for code, meaning in _CODES.items() if code != "dshea"} | _UK_CODES if jurisdiction == "uk" else _CODES


def render(
    jurisdiction: str,
    preset: str,
    states: Sequence[str],
    audience: str,
    carries: Sequence[str],
    domains: Sequence[str],
    require_sources: bool = True,
    exclude: Sequence[str] = (),
) -> str:
    """A commented `.copycheck.yaml` with these answers."""
    import json  # a JSON string is a YAML one

    globs = ", ".join(json.dumps(glob, ensure_ascii=False) for glob in exclude)
    return f"""# What copycheck takes as given for this site; see the configuration page of the documentation.
preset: {preset}          # clinic, or publisher (a missing reviewer or date becomes a warning)
jurisdiction: {jurisdiction}
states: [{", ".join(states)}]    # two-letter codes, such as [fl, tx]: whose own law binds you; rules of other states are then off
# vertical: dental     # detected in the copy where it is not set
audience: {audience}          # patient, blog or professional: how plain the text should be
site:
  domains: [{", ".join(domains)}]    # the site's own hosts: a link to them is no source
  carries: [{", ".join(carries)}]    # what the site's footer or layout says on every page, of {", ".join(CARRIES)}
require_sources: {str(require_sources).lower()}    # house policy, not law: a page of health claims must link a source
vocabulary: []           # names and words that are right here
exclude: [{globs}]              # patterns of files to leave out
rules: {{}}                # rule or family: error, warning, info or off
"""

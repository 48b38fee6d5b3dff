"""Reports: pure rendering of what was found; one module a format."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from copycheck.findings import Report
from copycheck.reports.options import Options

__all__ = ["FORMATS", "Options", "render"]


def _text(reports: Sequence[Report], options: Options) -> bytes:
    from copycheck.reports import lines, text

    return (text.render(reports, options) if options.grouped else lines.render(reports, options)).encode("utf-8", "replace")


def _json(reports: Sequence[Report], options: Options) -> bytes:
    from copycheck.reports import jsonreport

    return jsonreport.render(reports, options)


_RENDERERS: Mapping[str, Callable[[Sequence[Report], Options], bytes]] = {"text": _text, "json": _json}

FORMATS = tuple(_RENDERERS)


def render(reports: Sequence[Report], format: str, options: Options) -> bytes:
    """The report in one of FORMATS, in UTF-8, ending in a newline unless it is empty. The same reports give the same bytes, in any order.

    Hostile text shows as U+FFFD in text formats and escaped in JSON; no line begins with a command to a build log.
    """
    return _RENDERERS[format](reports, options)

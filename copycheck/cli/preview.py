"""Preview: what a run would take, and by what configuration, without checking anything."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from copycheck.cli import output
from copycheck.cli.session import Session
from copycheck.cli.trouble import TROUBLE, say


def list_files(session: Session) -> int:
    """Print the files that would be checked, a line each, and on standard error why a path gives none; the exit code."""
    from copycheck.reports.printable import path_label
    from copycheck.reports.summary import posix_path

    name, found = session.listing()
    if name is not None:
        output.echo(path_label(name))
    for one in found:
        label = path_label(posix_path(str(one.path)))
        if one.error is None:
            output.echo(label)
        else:
            say(f"{label}: not checked: {one.error}")
    return TROUBLE if any(one.error for one in found) else 0


def show_config(session: Session) -> int:
    """Print what is configured for each path, and what says so; the exit code."""
    from copycheck import origins
    from copycheck.config import check_rules
    from copycheck.reports.printable import path_label, printable

    for text in session.paths:
        path = Path(session.options.get("stdin_filename") or "-") if text == "-" else Path(text)
        check_rules(session.main, session.ruleset.ids)
        near = session.config_of(path)
        listed = origins.origins(path, session.main, near, session.overriding, {} if near.locked else _front_matter(path))
        pattern = near.excluding(path)
        rows = [(one.key, _shown(one.value), one.why) for one in listed]
        if pattern is not None:
            rows.append(("excluded", f"by {pattern}", "a file that is named is checked all the same without --force-exclude"))
        width = max(len(key) for key, _, _ in rows)
        wide = max(min(len(value), 40) for _, value, _ in rows)
        lines = [path_label(path.as_posix()), *(f"  {key:<{width}}  {value:<{wide}}  {why}" for key, value, why in rows)]
        output.echo("\n".join(map(printable, lines)))
    return 0


def _front_matter(path: Path) -> dict[str, Any]:
    """What a page's front matter says of its own checking; nothing where there is no such page."""
    from copycheck.readers import max_size, read, source_of
    from copycheck.source import Unreadable, read_bytes

    try:
        own = read(source_of(read_bytes(path, max_size(str(path))), str(path))).meta.get("copycheck")
    except Unreadable:
        return {}
    return own if isinstance(own, dict) else {}


def _shown(value: Any) -> str:
    """A value as the configuration writes it; `-` for one that is not set, and for an empty list."""
    if isinstance(value, bool):
        return str(value).lower()
    return (", ".join(map(str, value)) if isinstance(value, list) else str(value or "")) or "-"

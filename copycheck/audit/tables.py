"""Tables: what an audit says of pages, as rows of Parquet in a folder of each host."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pyarrow as pa
from pyarrow import parquet

from copycheck.audit.pages import plain
from copycheck.findings import Report
from copycheck.reports import jsonreport
from copycheck.reports.summary import count, named

_HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}", re.IGNORECASE)
_LONGEST = 200  # characters of a folder's name
_TEXT, _NUMBER, _TEXTS = pa.string(), pa.int64(), pa.list_(pa.string())
_PLACE = pa.struct([(name, _NUMBER) for name in ("start", "end", "line", "column")])
_OWN = [(name, _TEXT) for name in ("page", "host", "template")]


def _schema(*fields: tuple[str, Any]) -> pa.Schema:
    return pa.schema([*_OWN, *fields])


SCHEMAS: Mapping[str, pa.Schema] = {
    "findings": _schema(
        *((name, _TEXT) for name in ("rule", "severity", "confidence", "message")),
        *((name, _NUMBER) for name in ("start", "end", "line", "column", "end_line", "end_column")),
        *(("excerpt", _TEXT), ("sentence", _TEXT), ("evidence", _PLACE), ("related", pa.list_(_PLACE)), ("suggestions", _TEXTS)),
        *(("fix", _TEXT), ("help", _TEXT), ("fingerprint", _TEXT)),
    ),
    "claims": _schema(
        *(("kind", _TEXT), ("strength", _TEXT), ("start", _NUMBER), ("end", _NUMBER), ("text", _TEXT)),
        *(("status", _TEXT), ("source", _TEXT), ("hedged", pa.bool_())),
    ),
    "pages": _schema(
        *(("rules", _TEXT), ("error", _TEXT), ("vertical", _TEXT), ("promotional", pa.bool_())),
        *((name, _NUMBER) for name in ("errors", "warnings", "notes", "silenced", "claims")),
        *(("words", pa.float64()), ("grade", pa.float64()), ("notices", _TEXTS)),
    ),
    "failures": _schema(("reason", _TEXT)),
}
"""The tables by name. A row of findings or claims has the keys of the JSON report; `sentence` is the one that a finding speaks for."""
_DONE = pa.schema([(name, _NUMBER) for name in ("pages", "failures", "errors", "warnings", "notes", "silenced")])

Rows = dict[str, list[dict[str, Any]]]


def rows_of(report: Report, rules: str) -> Rows:
    """What there is to say of a page. `rules` is the fingerprint of the rules."""
    whole, counts, metrics = jsonreport.entry(report), count([report]), report.metrics or {}
    own = dict(zip(("page", "host", "template"), (report.path, *place_of(report.path)), strict=True))
    page = {
        "rules": rules,
        "error": report.error,
        "vertical": report.profile.vertical,
        "promotional": report.profile.promotional,
        "errors": counts.errors,
        "warnings": counts.warnings,
        "notes": counts.infos,
        "silenced": counts.suppressed,
        "claims": len(report.claims),
        "words": metrics.get("words"),
        "grade": metrics.get("flesch_kincaid_grade"),
        "notices": [notice.message for notice in report.notices],
    }
    sentences = [finding.context for finding, _ in named(report)]
    findings = [own | found | {"sentence": sentence} for found, sentence in zip(whole["findings"], sentences, strict=True)]
    return {
        "findings": findings,
        "claims": [own | claim for claim in whole["claims"]],
        "pages": [own | page],
        "failures": [] if report.error is None else [own | {"reason": report.error}],
    }


def place_of(page: str) -> tuple[str, str]:
    """Host and template of a page: the first folder of its path stands for what pages have in common.

    A path has the host of the folder that is named like one, as mirrors have it, else `local`.
    """
    try:
        parts = urlsplit(page)
        host, path = (parts.hostname, parts.path) if "://" in page else (None, page.replace("\\", "/"))
    except ValueError:
        return "local", "/"
    folders = [part for part in path.split("/")[:-1] if part]
    if host is None:
        at = next((number for number, folder in enumerate(folders) if _HOST.fullmatch(folder)), None)
        host, folders = ("local", folders[-1:]) if at is None else (folders[at].lower(), folders[at + 1 :])
    return host, f"/{folders[0]}/…" if folders else "/"


def write(folder: Path, fresh: Path, shard: str, rows: Rows) -> None:
    """Put a shard's rows in place, a file a table and host, each whole or not at all; last that which says that the shard is done.

    `fresh` is a folder on the same disk, for files that are not whole yet. Raises OSError.
    """
    for name, schema in SCHEMAS.items():
        by_host: Rows = {}
        for row in rows[name]:
            by_host.setdefault(row["host"], []).append(row)
        for host, members in by_host.items():
            place = folder / name / f"host={quote(host, safe='')[:_LONGEST]}" / f"{shard}.parquet"
            _put(members, schema, fresh / f"{shard}-{name}", place)
    counted = {key: sum(page[key] for page in rows["pages"]) for key in ("errors", "warnings", "notes", "silenced")}
    whole = {"pages": len(rows["pages"]), "failures": len(rows["failures"]), **counted}
    _put([whole], _DONE, fresh / f"{shard}-done", marker(folder, shard))


def _put(rows: Sequence[Mapping[str, Any]], schema: pa.Schema, fresh: Path, place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    table = pa.Table.from_pylist([{key: _plain(row.get(key)) for key in schema.names} for row in rows], schema)
    parquet.write_table(table, fresh, compression="zstd")
    fresh.replace(place)


def _plain(value: Any) -> Any:
    return plain(value) if isinstance(value, str) else value


def marker(folder: Path, shard: str) -> Path:
    """The file that says that a shard is done, and how many pages and findings it has."""
    return folder / "shards" / f"{shard}.parquet"


def done(folder: Path) -> dict[str, dict[str, int]]:
    """What is said so of the shards that are done, by their names."""
    return {path.stem: parquet.read_table(path).to_pylist()[0] for path in sorted((folder / "shards").glob("*.parquet"))}

"""Report: what an audit shows by host, template, rule and risk, across pages, and since an earlier one; asked of its Parquet by DuckDB."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import duckdb
from pyarrow import dataset

from copycheck.audit import run, tables
from copycheck.reports import html
from copycheck.reports.printable import guarded, one_line
from copycheck.reports.wording import GUIDANCE, closing, number

_WIDTH = 60  # characters of a cell of the text
_ROWS = 1_000  # of a table of the page

_VIEWS = """
CREATE VIEW places AS
  SELECT *, start = 0 AND "end" = 0 AS lacking FROM findings;
CREATE VIEW distinct_findings AS  -- what repeats across the pages of a site is one finding
  SELECT host, rule, CASE WHEN lacking THEN page ELSE sentence END AS place, any_value(lacking) AS lacking,
    max(CASE severity WHEN 'error' THEN 2 WHEN 'warning' THEN 1 ELSE 0 END) AS level, count(DISTINCT page) AS pages, min(page) AS page
  FROM places GROUP BY ALL;
"""
_LEVEL = "CASE level WHEN 2 THEN 'error' WHEN 1 THEN 'warning' ELSE 'note' END"
_COUNTS = "count(*) FILTER (level = 2) AS errors, count(*) FILTER (level = 1) AS warnings, count(*) FILTER (level = 0) AS notes"
_FIGURE = "regexp_replace(lower(text), '[0-9][0-9.,]*', '#', 'g')"

_TABLES = {
    "Hosts": f"""
        SELECT host, pages, failed AS "not checked", coalesce(errors, 0) AS errors, coalesce(warnings, 0) AS warnings,
          coalesce(notes, 0) AS notes
        FROM (SELECT host, count(*) AS pages, count(error) AS failed FROM pages GROUP BY host)
        LEFT JOIN (SELECT host, {_COUNTS} FROM distinct_findings GROUP BY host) USING (host)
        ORDER BY failed > 0 DESC, errors DESC, warnings DESC, host""",
    "Templates": """
        SELECT host, template, count(*) AS pages, count(*) FILTER (errors > 0) AS "pages with errors",
          round(avg(errors + warnings), 1) AS "to fix or decide a page"
        FROM pages GROUP BY host, template ORDER BY 4 DESC, 5 DESC, host, template""",
    "Rules": f"""
        SELECT rule, {_COUNTS}, (SELECT count(DISTINCT page) FROM findings AS f WHERE f.rule = d.rule) AS pages,
          count(DISTINCT host) AS hosts
        FROM distinct_findings AS d GROUP BY rule ORDER BY errors DESC, warnings DESC, notes DESC, rule""",
    "Pages by risk": """
        SELECT page, errors, warnings, notes, claims FROM pages WHERE errors + warnings > 0
        ORDER BY errors DESC, warnings DESC, notes DESC, page""",
    "Repeated on a site's pages, each counted once": f"""
        SELECT host, rule, {_LEVEL} AS severity, place AS sentence, pages, page AS "one of them"
        FROM distinct_findings WHERE pages > 1 AND NOT lacking ORDER BY level DESC, pages DESC, host, rule, place""",
    "Missing on every page of a site": """
        SELECT host, rule, count(DISTINCT page) AS pages FROM places WHERE lacking GROUP BY host, rule
        HAVING pages > 1 AND pages = (SELECT count(DISTINCT page) FROM pages AS p WHERE p.host = places.host AND error IS NULL)
        ORDER BY pages DESC, host, rule""",
    "The same claim with other figures": f"""
        SELECT host, list_aggregate(list_sort(list(DISTINCT text)), 'string_agg', ' | ') AS claims, count(DISTINCT page) AS pages
        FROM claims WHERE {_FIGURE} LIKE '%#%' GROUP BY host, {_FIGURE} HAVING count(DISTINCT lower(text)) > 1
        ORDER BY pages DESC, host, claims""",
    "Claims with a source on one page and none on another": """
        SELECT host, min(text) AS claim, count(DISTINCT page) FILTER (status IN ('cited', 'approved')) AS "with source",
          count(DISTINCT page) FILTER (status NOT IN ('cited', 'approved')) AS without
        FROM claims GROUP BY host, lower(text) HAVING "with source" > 0 AND without > 0 ORDER BY without DESC, host, claim""",
    "Not checked": "SELECT page, reason FROM failures ORDER BY page",
}
_GRAVE = "SELECT DISTINCT host, page, rule, fingerprint FROM {}findings WHERE severity <> 'info'"
_TREND = f"""
    WITH now AS ({_GRAVE.format("")}), before AS ({_GRAVE.format("earlier_")}),
      both_times AS (SELECT page FROM pages WHERE error IS NULL INTERSECT SELECT page FROM earlier_pages WHERE error IS NULL),
      came AS (SELECT host, rule, 1 AS new, 0 AS gone FROM (FROM now EXCEPT FROM before) WHERE page IN (FROM both_times)),
      went AS (SELECT host, rule, 0 AS new, 1 AS gone FROM (FROM before EXCEPT FROM now) WHERE page IN (FROM both_times))
    SELECT host, rule, sum(new)::BIGINT AS new, sum(gone)::BIGINT AS gone FROM (FROM came UNION ALL FROM went)
    GROUP BY host, rule ORDER BY new DESC, gone DESC, host, rule"""
_SINCE = {
    "New and gone since the earlier audit": _TREND,
    "Pages that the earlier audit had not": "SELECT page FROM pages ANTI JOIN earlier_pages USING (page) ORDER BY page",
}
_CLOSED: dict[str, Any] = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
}  # it reads nothing but what it is shown


class Table(NamedTuple):
    """An answer: its rows, and how many there are in all."""

    title: str
    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]
    numeric: tuple[bool, ...]
    whole: int


class Answers(NamedTuple):
    """All that a report shows."""

    told: str
    tables: list[Table]
    complete: bool  # every page of it was checked


def answers(folder: Path, earlier: Path | None) -> Answers:
    """What an audit shows, and what changed since an earlier one. Raises BadAudit."""
    state, before = run.load(folder), run.load(earlier) if earlier else None
    counts, finished = run.counts(folder), len(tables.done(folder))
    planned = (folder / run.PLAN).read_bytes().count(b"\n") if (folder / run.PLAN).exists() else 0
    left = "" if planned and finished == planned else f" The audit has not ended: {finished:,} of {number(planned, 'shard')} are done."
    other = " The earlier audit went by other rules." if before and before["rules"] != state["rules"] else ""
    with TemporaryDirectory(prefix="copycheck-") as spill, duckdb.connect(config=_CLOSED | {"temp_directory": spill}) as connection:
        _show(connection, folder, "")
        if earlier:
            _show(connection, earlier, "earlier_")
        connection.execute(_VIEWS)
        made = [_table(connection, title, query) for title, query in ((_SINCE if earlier else {}) | _TABLES).items()]
    told = closing(counts) + left + other
    return Answers(told, [table for table in made if table.whole], not left and not counts.failed)


def _show(connection: duckdb.DuckDBPyConnection, folder: Path, prefix: str) -> None:
    """Give DuckDB the rows of the shards that are done."""
    finished = tables.done(folder).keys()
    for name, schema in tables.SCHEMAS.items():
        files = [str(path) for path in sorted((folder / name).glob("*/*.parquet")) if path.stem in finished]
        connection.register(f"{prefix}{name}", dataset.dataset(files, schema=schema, format="parquet"))


def _table(connection: duckdb.DuckDBPyConnection, title: str, query: str) -> Table:
    asked = connection.execute(f"FROM ({query}) LIMIT {_ROWS}")
    described = asked.description or []
    rows = asked.fetchall()
    numeric = tuple(str(column[1]) not in ("STRING", "VARCHAR") for column in described)
    (whole,) = (len(rows),) if len(rows) < _ROWS else connection.execute(f"SELECT count(*) FROM ({query})").fetchone() or (0,)
    return Table(title, tuple(str(column[0]) for column in described), rows, numeric, whole)


def as_text(shown: Answers, top: int) -> str:
    """The answers as text, with so many rows of each."""
    lines = [shown.told]
    for table in shown.tables:
        lines += ["", table.title, *_aligned([table.columns, *table.rows[:top]], table.numeric)]
        if table.whole > top:
            lines.append(f"  and {table.whole - top:,} more (--top shows more)")
    return guarded("".join(f"{line.rstrip()}\n" for line in [*lines, "", GUIDANCE]))


def _aligned(rows: Iterable[tuple[Any, ...]], numeric: tuple[bool, ...]) -> list[str]:
    cells = [[one_line(str(value)) for value in row] for row in rows]
    short = [[cell if len(cell) <= _WIDTH else f"{cell[: _WIDTH - 1]}…" for cell in row] for row in cells]
    widths = [max(map(len, column)) for column in zip(*short, strict=True)]
    return [
        "  " + "  ".join(cell.rjust(width) if right else cell.ljust(width) for cell, width, right in zip(row, widths, numeric, strict=True))
        for row in short
    ]


def as_html(shown: Answers) -> bytes:
    """The answers as a page."""
    return html.page("audit.html", told=shown.told, tables=shown.tables)

"""Audits: every kind of source gives what the command gives, every page is a row, and what dies, fails or fills the disk loses none."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from shutil import which
from typing import Any

import pytest

from tests.command import run

if sys.platform != "linux":
    pytest.skip("the extra `audit` is installed for tests on Linux alone", allow_module_level=True)

import pandas
import pyarrow as pa
from fsspec.implementations.memory import MemoryFileSystem
from pyarrow import parquet
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from copycheck.audit import report, shards, tables, worker
from copycheck.audit import run as audits
from copycheck.audit.pages import Columns, pages
from copycheck.audit.shards import Shard, plan
from copycheck.audit.worker import RUNNING, Checker, Job, Notes
from copycheck.cli.session import Session
from copycheck.source import Unreadable

FOOTER = "<p>Everyone at our clinic is cured of back pain within a week.</p>"
PAGES = {
    f"https://clinic.example/{folder}/{number}.html": (
        f"<html><body><main><h1>Back pain, part {number}</h1><p>Massage lowers blood pressure by {number}5%.</p>"
        f"<p>Yoga eases gout. Zinc lowers blood sugar.</p><p>Our team helps substance abusers at desk {number}.</p>{FOOTER}</main></body></html>"
    )
    for number, folder in enumerate(("care", "care", "blog"), 1)
}
OPTIONS = dict.fromkeys(
    ("config", "select", "ignore", "preset", "jurisdiction", "vertical", "promotional", "audience", "locked_policy", "today")
)
RULES = ("--select", "claims,language,compliance")
SELECT = {"select": ["claims", "language", "compliance"]}


def session(*sources: object) -> Session:
    return Session([*map(str, sources)], OPTIONS | SELECT)


def checker(folder: Path, made: Session) -> Checker:
    (folder / RUNNING).mkdir(parents=True, exist_ok=True)
    return Checker(Job(made, folder.absolute(), Columns()))


def planned(*sources: object) -> list[Shard]:
    made = session(*sources)
    return [shard for source in sources for shard in plan(str(source), partial(audits.listing, made), Columns())]


def audited(folder: Path, *sources: object) -> Path:
    """A folder of an audit, made in this process as a worker makes it."""
    work = checker(folder, session(*sources))
    lines = [json.dumps(shard) for shard in planned(*sources)]
    for number, line in enumerate(lines):
        assert work({"name": f"{number:06}", "shard": line})["error"] == ""
    (folder / audits.STATE).write_text(
        json.dumps({"schema": audits.SCHEMA, "rules": session(*sources).ruleset.fingerprint}), encoding="ascii"
    )
    (folder / audits.PLAN).write_text("".join(f"{line}\n" for line in lines), encoding="ascii")
    return folder


def rows(folder: Path, table: str) -> list[dict[str, Any]]:
    return [row for path in sorted((folder / table).glob("*/*.parquet")) for row in parquet.ParquetFile(path).read().to_pylist()]


def found(folder: Path) -> list[tuple[str, str]]:
    """Findings by the end of the page's name, all but its own columns."""
    own = {"page", "host", "template"}
    listed = [(row["page"].rsplit("/", 1)[-1], {key: row[key] for key in row.keys() - own}) for row in rows(folder, "findings")]
    return sorted((page, json.dumps(row, sort_keys=True)) for page, row in listed)


def jsonl(path: Path, listed: dict[str, str], key: str = "url") -> Path:
    path.write_text("".join(json.dumps({key: page, "text": text}) + "\n\n" for page, text in listed.items()), encoding="utf-8")
    return path


def mirror(folder: Path, listed: dict[str, str] = PAGES) -> Path:
    for page, text in listed.items():
        path = folder / page.removeprefix("https://")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def archive(path: Path, listed: dict[str, str] = PAGES, gzip: bool = True, status: str = "200 OK") -> Path:
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=gzip)
        writer.write_record(writer.create_warcinfo_record("made.warc", {"software": "a test"}))
        for page, text in listed.items():
            head = StatusAndHeaders(status, [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
            writer.write_record(writer.create_warc_record(page, "response", payload=BytesIO(text.encode()), http_headers=head))
            picture = StatusAndHeaders("200 OK", [("Content-Type", "image/png")], protocol="HTTP/1.1")
            writer.write_record(writer.create_warc_record(f"{page}.png", "response", payload=BytesIO(b"\x89PNG"), http_headers=picture))
    return path


def sitemap(folder: Path, *addresses: str) -> Path:
    space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    listed = "".join(f"<url><loc>{address}</loc></url>" for address in addresses)
    (folder / "pages.xml").write_text(f"<urlset {space}>{listed}</urlset>", encoding="utf-8")
    index = f"<sitemapindex {space}><sitemap><loc>https://clinic.example/pages.xml</loc></sitemap></sitemapindex>"
    (folder / "sitemap.xml").write_text(index, encoding="utf-8")
    return folder / "sitemap.xml"


@pytest.fixture
def sources(tmp_path: Path) -> Iterator[dict[str, str]]:
    folder = mirror(tmp_path / "site")
    table = pa.table({"url": list(PAGES), "text": list(PAGES.values())})
    parquet.write_table(table, tmp_path / "pages.parquet", row_group_size=2)
    store = MemoryFileSystem()
    for page, text in PAGES.items():
        store.pipe_file(f"/crawl/{page.removeprefix('https://')}", text.encode())
    yield {
        "folder": str(folder),
        "jsonl": str(jsonl(tmp_path / "pages.jsonl", PAGES)),
        "parquet": str(tmp_path / "pages.parquet"),
        "warc": str(archive(tmp_path / "pages.warc.gz")),
        "plain warc": str(archive(tmp_path / "pages.warc", gzip=False)),
        "sitemap": str(sitemap(folder, *PAGES)),
        "store": "memory://crawl",
    }
    store.rm("/crawl", recursive=True)


def test_every_kind_of_source_gives_what_the_command_gives(sources, tmp_path):
    done = json.loads(run("--format", "json", *RULES, sources["folder"]).stdout)
    expected = []
    for file in done["files"]:
        for finding in file["findings"]:
            expected.append((file["path"].rsplit("/", 1)[-1], json.dumps(finding, sort_keys=True)))
    assert len(expected) >= 9
    for kind, source in sources.items():
        folder = audited(tmp_path / kind, source)
        without = [(page, {key: value for key, value in json.loads(row).items() if key != "sentence"}) for page, row in found(folder)]
        assert sorted((page, json.dumps(row, sort_keys=True)) for page, row in without) == sorted(expected), kind
        kept = rows(folder, "pages")
        assert len(kept) == len(PAGES) and {row["error"] for row in kept} == {None}, kind
        assert {row["host"] for row in kept} == ({"local"} if kind == "store" and not kept[0]["host"] else {"clinic.example"}), kind
    claims = rows(tmp_path / "warc", "claims")
    assert sorted(claim["text"] for claim in claims) == sorted(claim["text"] for file in done["files"] for claim in file["claims"])


def test_small_shards_hold_every_page_once(sources, monkeypatch):
    monkeypatch.setattr(shards, "PAGES", 1)
    monkeypatch.setattr(shards, "BYTES", 37)
    for kind, source in sources.items():
        made = planned(source)
        names = [page.name.rsplit("/", 1)[-1] for shard in made for page in pages(shard, session(source), Columns())]
        assert sorted(names) == ["1.html", "2.html", "3.html"], kind
        assert len(made) >= 3, kind


def test_a_page_that_cannot_be_read_is_a_row(tmp_path):
    source = tmp_path / "pages.jsonl"
    lines = ['{"url": "https://a.example/1.md", "text": "# Yoga\\n\\nOur yoga cures gout."}', "no json", '{"url": "https://a.example/2"}', '{"text": "x"}',
             '{"url": "https://a.example/3.md", "text": "---\\na: [\\n---\\n"}', '{"url": "https://a.example/\\ud800", "text": "\\ud800"}']  # fmt: skip
    source.write_text("\n".join(lines), encoding="utf-8")
    site = mirror(tmp_path / "site")
    (site / "clinic.example" / "bad.html").write_bytes(b"\0\1\2")
    named = sitemap(site, "https://clinic.example/bad.html", "https://clinic.example/gone.html", "https://clinic.example/../../etc/passwd")
    folder = audited(tmp_path / "out", source, named)
    reasons = {row["page"].rsplit("/", 1)[-1]: row["reason"] for row in rows(folder, "failures")}
    assert len(rows(folder, "pages")) == 9 and len(reasons) == 7
    assert {reason for page, reason in reasons.items() if page.startswith("pages.jsonl#byte=")} == {
        "no object or row with url stands there"
    }
    assert reasons["2"] == "it has no text" and "front matter" in reasons["3.md"]
    assert "binary" in reasons["bad.html"] and "does not lie beside" in reasons["gone.html"] and "does not lie beside" in reasons["passwd"]
    assert {row["page"] for row in rows(folder, "pages") if row["error"]} == {row["page"] for row in rows(folder, "failures")}


@pytest.mark.parametrize("by_option", [True, False])
def test_a_page_that_no_selected_rule_is_for_is_a_row_where_an_option_selects(tmp_path, by_option):
    rule = "disclaimers/missing-stem-cells"
    (tmp_path / ".copycheck.yaml").write_text("" if by_option else f"select: [{rule}]\n", encoding="utf-8")
    source = jsonl(tmp_path / "pages.jsonl", {"https://clinic.example/a": "# Rest\n\nBook in Tempe, AZ.\n"})
    made = Session([str(source)], OPTIONS | ({"select": [rule]} if by_option else {}))
    work = checker(tmp_path / "audit", made)
    assert work({"name": "000000", "shard": json.dumps(planned(source)[0])})["error"] == ""
    told = [row["reason"].partition(" holds for Florida")[0] for row in rows(tmp_path / "audit", "failures")]
    assert told == ([f"no selected rule applies to it: {rule}"] if by_option else [])


def test_a_page_over_the_limit_is_a_row(tmp_path):
    (tmp_path / ".copycheck.yaml").write_text("max_file_size: 10\n", encoding="utf-8")
    folder = audited(tmp_path / "out", jsonl(tmp_path / "pages.jsonl", {"https://a.example/1": "Yoga. " * 9}))
    assert "over the limit of 10 bytes" in rows(folder, "failures")[0]["reason"]


@pytest.mark.parametrize("gzip", [True, False])
def test_every_page_that_begins_in_an_archive_is_read_or_told(tmp_path, gzip):
    whole = archive(tmp_path / "whole.warc", gzip=gzip).read_bytes()
    made, path = session(tmp_path), tmp_path / "cut.warc"
    with (tmp_path / "whole.warc").open("rb") as file:
        every = ArchiveIterator(file)
        starts = [every.offset for record in every if shards.is_page(record)]
    for end in range(len(whole) % 31, len(whole) + 1, 31):
        path.write_bytes(whole[:end])
        read = told = 0
        for page in (page for shard in plan(str(path), list) for page in pages(shard, made, Columns())):
            try:
                page.read(1_000_000)
                read += 1
            except Unreadable:
                told += 1
        assert told or read == sum(start < end for start in starts), end


def test_an_error_page_of_a_crawl_is_none(tmp_path):
    assert not [
        page
        for shard in planned(archive(tmp_path / "a.warc", status="404 Not Found"))
        for page in pages(shard, session(tmp_path), Columns())
    ]


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("https://clinic.example/", "not fetched"),
        ("simplecache::https://clinic.example/", "not fetched"),
        ("nowhere", "there is no such file or folder"),
        ("nowhere.jsonl", "there is no such file or folder"),
        ("nosuch://bucket/pages", "cannot be opened"),
        ("broken.parquet", "cannot be read"),
        ("other.parquet", "it has no column text"),
        ("broken.xml", "cannot be read"),
    ],
)
def test_a_source_that_is_wrong_is_refused(tmp_path, monkeypatch, source, said):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "broken.parquet").write_bytes(b"PAR1")
    (tmp_path / "broken.xml").write_bytes(b"<urlset>")
    parquet.write_table(pa.table({"url": ["a"]}), tmp_path / "other.parquet")
    with pytest.raises(Unreadable, match=said):
        planned(source)


def test_a_folder_with_a_configuration_of_its_own_below_is_refused(tmp_path):
    site = mirror(tmp_path / "site")
    (site / "clinic.example" / "blog" / ".copycheck.yaml").write_text("preset: publisher\n", encoding="utf-8")
    with pytest.raises(Unreadable, match="configuration of its own"):
        planned(site)


@pytest.mark.parametrize(
    ("page", "host", "template"),
    [
        ("https://Clinic.example/care/a/b.html?x=1", "clinic.example", "/care/…"),
        ("https://clinic.example/", "clinic.example", "/"),
        ("/data/clinic.example/blog/a.md", "clinic.example", "/blog/…"),
        ("content/blog/a.md", "local", "/blog/…"),
        ("a.b.md", "local", "/"),
        ("http://[bad/a", "local", "/"),
    ],
)
def test_the_place_of_a_page(page, host, template):
    assert tables.place_of(page) == (host, template)


def test_a_host_cannot_name_a_folder_elsewhere(tmp_path):
    folder = audited(tmp_path / "out", jsonl(tmp_path / "a.jsonl", {"x://../../a": "Yoga.", f"x://{'a' * 400}/b": "Yoga."}))
    assert len(rows(folder, "pages")) == 2 and {path.parent.name for path in folder.rglob("*.parquet")} > {"host=.."}


def test_a_page_is_set_aside_when_three_workers_ended_with_it(tmp_path):
    source = jsonl(tmp_path / "pages.jsonl", PAGES)
    work, (shard,) = checker(tmp_path / "out", session(source)), planned(source)
    notes = tmp_path / "out" / RUNNING / "000000.notes"
    batches = []
    engine_run = work._engine.run
    work._engine.run = lambda items: (batches.append(len(items)), engine_run(items))[1]  # type: ignore[method-assign]
    for lines in (["0 2"], ["-1 -1", "1 1"], ["1 1"]):
        with Notes(notes) as taken:
            for line in lines:
                taken.write(*map(int, line.split()))
    with Notes(notes) as taken:
        assert [taken.deaths(number) for number in (-1, 0, 1, 2)] == [0, 1, 3, 1]
    with notes.open("a", encoding="ascii") as file:  # as a fourth worker would find it that ended between two pages
        file.write("-1 -1\n")
    assert work({"name": "000000", "shard": json.dumps(shard)})["error"] == ""
    assert batches == [1, 1, 1] and not notes.exists()
    (row,) = rows(tmp_path / "out", "failures")
    assert row["page"] == list(PAGES)[1] and "set aside: 3 processes ended" in row["reason"]
    assert len(rows(tmp_path / "out", "pages")) == 3


def test_a_shard_that_ends_every_worker_before_a_page_is_named(tmp_path):
    source = jsonl(tmp_path / "pages.jsonl", PAGES)
    work, (shard,) = checker(tmp_path / "out", session(source)), planned(source)
    for _ in range(worker.DEATHS):
        with Notes(tmp_path / "out" / RUNNING / "000000.notes") as notes:
            notes.write(-1, -1)
    work({"name": "000000", "shard": json.dumps(shard)})
    (row,) = rows(tmp_path / "out", "failures")
    assert row["page"] == f"{source}#jsonl=0,0" and "set aside" in row["reason"]


def test_a_full_disk_leaves_the_shard_to_be_done(tmp_path, monkeypatch):
    source = jsonl(tmp_path / "pages.jsonl", PAGES)
    work, (shard,) = checker(tmp_path / "out", session(source)), planned(source)
    row = {"name": "000000", "shard": json.dumps(shard)}
    with monkeypatch.context() as patch:
        patch.setattr(parquet, "write_table", lambda *_, **__: (_ for _ in ()).throw(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))))
        assert work(row)["error"] == "No space left on device"
    assert not tables.done(tmp_path / "out")
    assert work(row)["error"] == ""
    assert work(row)["error"] == "" and tables.done(tmp_path / "out")["000000"]["pages"] == 3


def test_the_report_counts_once_what_a_site_repeats(sources, tmp_path):
    folder = audited(tmp_path / "out", sources["jsonl"])
    shown = {table.title: table for table in report.answers(folder, None).tables}
    (repeated,) = [
        row
        for row in shown["Repeated on a site's pages, each counted once"].rows
        if "cured of back pain" in row[3] and row[1] == "compliance/cure"
    ]
    assert repeated[0] == "clinic.example" and repeated[4] == 3
    cure = next(row for row in shown["Rules"].rows if row[0] == "compliance/cure")
    assert sum(cure[1:4]) == 1 and cure[4:] == (3, 1)
    assert ("clinic.example", "claims/no-source-on-page", 3) in shown["Missing on every page of a site"].rows
    (figures,) = shown["The same claim with other figures"].rows
    assert figures[2] == 3 and "by 15%" in figures[1] and "by 35%" in figures[1]
    assert {row[1] for row in shown["Templates"].rows} == {"/care/…", "/blog/…"}
    assert len(shown["Pages by risk"].rows) == 3 and "Not checked" not in shown


def test_the_report_says_where_a_claim_has_a_source_and_where_not(tmp_path):
    link = "([NCCIH](https://www.nccih.nih.gov/health/massage-therapy))"
    both = {"https://a.example/1.md": f"Yoga eases pain {link}.", "https://a.example/2.md": "Yoga eases pain."}
    shown = {table.title: table for table in report.answers(audited(tmp_path / "out", jsonl(tmp_path / "a.jsonl", both)), None).tables}
    title = "Claims with a source on one page and none on another"
    assert title not in shown or shown[title].rows[0][2:] == (1, 1)


def test_the_report_shows_the_trend(sources, tmp_path):
    before = audited(tmp_path / "before", sources["jsonl"])
    first, *others = PAGES
    changed = {
        first: "<html><body><p>Our yoga cures gout.</p></body></html>",
        **{page: PAGES[page] for page in others},
        "https://new.example/": "Yoga.",
    }
    after = audited(tmp_path / "after", jsonl(tmp_path / "after.jsonl", changed))
    shown = {table.title: table for table in report.answers(after, before).tables}
    trend = {row[1]: row[2:] for row in shown["New and gone since the earlier audit"].rows}
    assert trend["compliance/cure"] == (1, 1) and trend["language/addiction-labels"] == (0, 1)
    assert shown["Pages that the earlier audit had not"].rows == [("https://new.example/",)]
    assert "other rules" not in report.answers(after, before).told
    (before / audits.STATE).write_text(json.dumps({"schema": audits.SCHEMA, "rules": "others"}), encoding="ascii")
    assert "The earlier audit went by other rules." in report.answers(after, before).told


def test_the_report_says_how_many_rows_a_long_table_has(sources, tmp_path, monkeypatch):
    monkeypatch.setattr(report, "_ROWS", 2)
    folder = audited(tmp_path / "out", sources["jsonl"])
    shown = report.answers(folder, None)
    (risk,) = [table for table in shown.tables if table.title == "Pages by risk"]
    assert (len(risk.rows), risk.whole) == (2, 3)
    assert "  and 2 more (--top shows more)" in report.as_text(shown, 1) and b"2 of 3; the Parquet files have all" in report.as_html(shown)


def test_the_report_command_prints_and_writes_a_page(tmp_path):
    hostile = {"https://a.example/<b>1</b>.md": "Our <yoga> yoga cures gout\u202e."}
    folder = audited(tmp_path / "o'ut[1]", jsonl(tmp_path / "a.jsonl", hostile))
    done = run("audit", "report", str(folder))
    assert done.exit_code == 0 and "Pages by risk" in done.stdout, done.output
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert "&lt;b&gt;1" in page and "<b>1" not in page and "\u202e" not in page
    with (folder / audits.PLAN).open("a", encoding="ascii") as file:
        file.write("[]\n")
    done = run("audit", "report", str(folder), "-o", str(tmp_path / "page.html"))
    assert done.exit_code == 2 and "has not ended: 1 of 2 shards are done" in done.stdout
    assert run("audit", "report", str(tmp_path)).exit_code == 2


def test_an_audit_goes_on_only_as_it_was_begun(tmp_path):
    source, out = jsonl(tmp_path / "pages.jsonl", PAGES), tmp_path / "out"

    def begin(**options: Any) -> Session:
        made = Session([str(source)], OPTIONS | options)
        audits._begin(Job(made, out, Columns()), [str(source)])
        return made

    begin(today=datetime(2026, 1, 31))
    assert begin().today.isoformat() == "2026-01-31"
    with pytest.raises(audits.BadAudit, match="other sources, rules, settings"):
        begin(today=datetime(2026, 2, 1))
    with pytest.raises(audits.BadAudit, match="other sources, rules, settings"):
        begin(preset="publisher")
    (out / audits.STATE).unlink()
    (out / "letter.txt").write_text("Dear all")
    with pytest.raises(audits.BadAudit, match="something else"):
        begin()


def test_an_audit_whose_engine_does_not_start_says_so(sources, tmp_path, monkeypatch):
    def fails(**_: object) -> None:
        raise Exception("The current node timed out\nduring startup.")

    monkeypatch.setattr("ray.init", fails)
    held = session(sources["jsonl"])
    with pytest.raises(audits.BadAudit, match=r"^Ray did not start: The current node timed out during startup\.$"):
        audits.run(Job(held, tmp_path / "out", Columns()), [str(sources["jsonl"])], 1, None, print, print)


def recipe(sources: dict[str, Path], tmp_path: Path) -> tuple[dict[str, Any], pandas.DataFrame, list[dict[str, Any]]]:
    """What the code for Spark in the docs defines, the pages, and their findings by an audit."""
    text = (Path(__file__).parent.parent / "docs" / "estate.md").read_text(encoding="utf-8")
    made: dict[str, Any] = {}
    exec(text.split("```python\n")[1].split("```")[0], made)
    (tmp_path / ".copycheck.yaml").write_text("select: [claims, language, compliance]\n", encoding="utf-8")
    keys = [part.split()[0] for part in made["SCHEMA"].split(", ")]
    expected = [{key: row[key] for key in keys} for row in rows(audited(tmp_path / "out", sources["jsonl"]), "findings")]
    return made, pandas.DataFrame({"url": list(PAGES), "text": list(PAGES.values())}), expected


def test_the_recipe_for_spark_gives_the_same_findings(sources, tmp_path, monkeypatch):
    """Its function over pandas, which is all that Spark hands it."""
    made, batch, expected = recipe(sources, tmp_path)
    monkeypatch.chdir(tmp_path)
    given = [row for frame in made["findings"](iter([batch])) for row in frame.to_dict("records")]
    assert given == expected and list(given[0]) == list(expected[0])


@pytest.mark.skipif(not find_spec("pyspark") or not which("java"), reason="needs Java and `pip install pyspark`, some 450 MB")
def test_the_recipe_runs_on_a_local_spark(sources, tmp_path, monkeypatch):
    from pyspark.sql import SparkSession

    made, batch, expected = recipe(sources, tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    spark = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").getOrCreate()
    try:
        given = spark.createDataFrame(batch).repartition(2).mapInPandas(made["findings"], made["SCHEMA"]).collect()
    finally:
        spark.stop()
    assert sorted((row.asDict() for row in given), key=str) == sorted(expected, key=str)


def below(top: int) -> list[int]:
    """A process and all that it started."""
    found, parents = [top], {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(entry.parent.name)] = int(entry.read_text().rpartition(") ")[2].split()[1])
        except OSError:  # it has ended
            continue
    for pid in found:
        found += [child for child, parent in parents.items() if parent == pid]
    return found


DEADLY = """
import os
from copycheck import readers
read = readers.read
def deadly(source, format=None):
    if "a deadly page" in source.text:
        os.kill(os.getpid(), 9)
    return read(source, format)
readers.read = deadly
"""


@pytest.mark.slow
def test_a_killed_audit_goes_on_and_a_deadly_page_is_set_aside(tmp_path):
    """The real command with Ray: killed once a shard is done, then run to its end, with a page that ends each worker that reads it."""
    sources = [
        str(jsonl(tmp_path / f"{number}.jsonl", {page.replace("clinic", f"clinic{number}"): text for page, text in PAGES.items()}))
        for number in range(3)
    ]
    expected = audited(tmp_path / "expected", *sources)
    with Path(sources[2]).open("a", encoding="utf-8") as file:
        file.write(json.dumps({"url": "https://clinic2.example/deadly.html", "text": "a deadly page"}) + "\n")
    (tmp_path / "sitecustomize.py").write_text(DEADLY, encoding="utf-8")
    out = tmp_path / "out"
    command = [sys.executable, "-m", "copycheck", "audit", *sources, "--out", str(out), "--jobs", "1", *RULES]
    environment = os.environ | {"PYTHONPATH": str(tmp_path)}
    first = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while not tables.done(out) and first.poll() is None:
        time.sleep(0.1)
    for pid in below(first.pid):
        os.kill(pid, signal.SIGKILL)
    first.wait()
    assert 1 <= len(tables.done(out)) < 3
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=600)
    assert done.returncode == 2 and "10 files" in done.stdout and "1 not checked" in done.stdout, done.stderr
    (failure,) = rows(out, "failures")
    assert failure["page"] == "https://clinic2.example/deadly.html" and "set aside" in failure["reason"]
    assert found(out) == found(expected) and len(rows(out, "pages")) == 10
    for path in (out / "findings").glob("host=clinic[01].example/*.parquet"):
        assert path.read_bytes() == (expected / path.relative_to(out)).read_bytes()
    again = run("audit", *sources, "--out", str(out), "--jobs", "1", "--preset", "publisher")
    assert again.exit_code == 2 and "it was begun with other sources" in again.stderr


@pytest.mark.parametrize("part", ["ray", "duckdb", "pyarrow", "fsspec", "warcio"])
def test_without_the_extra_the_command_says_what_to_install(tmp_path, monkeypatch, part):
    for name in [name for name in sys.modules if name.split(".")[0] == part or name.startswith("copycheck.audit")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.delattr("copycheck.audit", raising=False)  # it comes back with its modules
    monkeypatch.setitem(sys.modules, part, None)
    for arguments in (("report", str(tmp_path)),) if part == "duckdb" else ((str(tmp_path), "--out", str(tmp_path / "out")),):
        done = run("audit", *arguments)
        assert done.exit_code == 2 and "in your clone of copycheck, pip install '.[audit]'" in done.stderr


def test_what_a_signal_ends_leaves_nothing_of_ray_on_the_disk(tmp_path):
    own = tmp_path / "copycheck-x"
    (own / "session").mkdir(parents=True)
    ended = []
    audits._removing(str(own), lambda number, frame: ended.append(number), 15, None)
    assert ended == [15] and not own.exists()

"""Cache: whatever decides a report decides its key; what comes back is what was put in."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, fields, replace
from datetime import date
from pathlib import Path

import pytest

from copycheck import identity
from copycheck.cache import LIMIT, Cache, canonical, digest
from copycheck.checks import Site
from copycheck.findings import Claim, Finding, Paragraph, Profile, Report, Section, Severity, Suppressed
from copycheck.readers.events import Close, Open
from copycheck.settings import Item, Settings
from copycheck.source import Notice, Source, Span

DAY = date(2026, 11, 1)
TAGS = (Open("p", {}, 0, 0), Close("p", 7, 7))
ITEM = Item("page.md", Source("page.md", "A text.", tags=TAGS), Settings(site=Site(today=DAY)))
FINDING = Finding(
    "claims/x", Severity.warning, Span(1, 5), "“text” – ‘x’", ("a", "b"), (Span(0, 1), Span(2, 3)), "low", Span(0, 7), "text", "A text.", "https://x.org", Span(2, 4), "safe"
)  # fmt: skip
REPORT = Report(
    "page.md",
    Profile(
        "us", "dental", False, "editorial", "landing", "publisher", "patient", ("“teeth”",), frozenset({"page"}), ("fl", "tx"), ("az",)
    ),
    (FINDING, FINDING._replace(span=Span(0, 0), related=())),
    (Suppressed(FINDING, "confirmed by J. Doe"),),
    (Claim("efficacy", "causal", Span(0, 7), "A text.", "named", "a source", True), Claim("statistic", "causal", Span(0, 7), "A", "vague")),
    {"words": 2, "flesch_kincaid_grade": 7.3},
    (Notice("copycheck/off", "off"),),
    text="A text.",
    tags=TAGS,
    paragraphs=(Paragraph("f00d", FINDING), Paragraph("beef", FINDING, "confirmed by J. Doe")),
    sections=(Section("", Span(0, 0), 2, 9), Section("A text", Span(0, 2), 12, 90, (5.5, 9.0))),
    unapplied="a/b holds for uk",
    lapsed=(Suppressed(FINDING, "confirmed by J. Doe, until 2026-01-31"),),
)


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path, "rules", "model 1")


def test_a_report_comes_back_equal(cache):
    assert cache.get(ITEM) is None
    cache.put(ITEM, REPORT)
    assert cache.get(ITEM) == REPORT
    assert repr(cache.get(ITEM)) == repr(REPORT)
    bare = Report("page.md", Profile(), text="A text.", tags=TAGS)
    cache.put(ITEM, bare)
    assert cache.get(ITEM) == bare


def test_every_field_of_the_report_was_filled():
    """So that a field added to one of these types is added to the report above too."""
    empty = {Report: Report("", Profile()), Finding: Finding("", Severity.info, Span(0, 0), ""), Profile: Profile()}
    for made, default in ((REPORT, empty[Report]), (FINDING, empty[Finding]), (REPORT.profile, empty[Profile])):
        names = getattr(made, "_fields", None) or [f.name for f in fields(made)]
        same = {name for name in names if getattr(made, name) == getattr(default, name)}
        assert same <= {"error", "jurisdiction", "known"}, made  # no report with an error is kept; what is known is told after the cache


CHANGED = {
    Settings: {
        "jurisdiction": "uk", "vertical": "dental", "promotional": False, "page": "landing", "preset": "publisher", "audience": "patient",
        "site": Site(spelling="uk", today=DAY), "severity": {"language": "off"}, "select": frozenset({"typos"}), "ignore": frozenset({"typos"}),
        "cap": "warning", "approvers": ("J. Doe",), "locked": True,
    },
    Site: {
        "carries": frozenset({"advice"}), "domains": frozenset({"a.org"}), "trusted": frozenset({"a.org"}), "distrusted": frozenset({"a.org"}),
        "vocabulary": frozenset({"word"}), "spelling": "uk",
    },
}  # fmt: skip


@pytest.mark.parametrize("name", [f.name for f in fields(Settings)])
def test_every_setting_decides(cache, name):
    changed = replace(ITEM.settings, **{name: _other(ITEM.settings, name)})
    assert cache.key(replace(ITEM, settings=changed)) != cache.key(ITEM)


@pytest.mark.parametrize("name", [f.name for f in fields(Site) if f.name != "today"])
def test_every_fact_of_the_site_decides(cache, name):
    site = replace(ITEM.settings.site, **{name: _other(ITEM.settings.site, name)})
    assert cache.key(replace(ITEM, settings=replace(ITEM.settings, site=site))) != cache.key(ITEM)


def _other(value: object, name: str) -> object:
    """Another value of a field; of a field that is new here, one that no field has."""
    return CHANGED[type(value)].get(name, "something else")


def test_the_rest_decides_too(cache, monkeypatch):
    keys = {cache.key(ITEM)}
    keys.add(cache.key(replace(ITEM, path="other.md")))
    keys.add(cache.key(replace(ITEM, format="html")))
    keys.add(cache.key(replace(ITEM, source=Source("page.md", "Another text."))))
    keys.add(cache.key(replace(ITEM, source=Source("page.md", "A text.", (Notice("copycheck/encoding", "x"),)))))
    keys.add(replace(cache, rules="others", _settings={}).key(ITEM))
    keys.add(replace(cache, model="model 2", _settings={}).key(ITEM))
    monkeypatch.setattr(identity, "program", lambda: "another version")
    keys.add(replace(cache, _settings={}).key(ITEM))
    monkeypatch.setattr(identity, "surroundings", lambda: "another spaCy")
    keys.add(replace(cache, _settings={}).key(ITEM))
    assert len(keys) == 9


def test_the_date_decides(cache):
    cache.put(ITEM, REPORT)
    assert cache.get(replace(ITEM, settings=Settings(site=Site(today=date(2026, 11, 2))))) is None
    assert cache.get(ITEM) == REPORT


def test_what_failed_is_not_kept(cache):
    cache.put(ITEM, replace(REPORT, error="the claim check failed"))
    unread = replace(ITEM, source=None)
    cache.put(unread, REPORT)
    assert cache.get(ITEM) is None and cache.get(unread) is None
    assert not (cache.folder / "reports").exists()


def rewrite(cache: Cache, body: bytes) -> None:
    """Put another body under the key and digest of the entry of ITEM, as another program might."""
    key = cache.key(ITEM)
    cache._path(key).write_bytes(f"{key} {digest(body)}\n".encode() + body)


FORMS = ["null", "[]", "{}", "7", '"x"', '{"findings": null}']


@pytest.mark.parametrize("body", FORMS)
def test_an_entry_of_another_form_is_a_miss(cache, body):
    cache.put(ITEM, REPORT)
    rewrite(cache, body.encode())
    assert cache.get(ITEM) is None


@pytest.mark.parametrize("name", ["findings", "suppressed", "claims", "notices", "paragraphs", "profile"])
def test_nothing_where_a_list_should_be_is_never_taken_for_an_empty_one(cache, name):
    cache.put(ITEM, REPORT)
    values = json.loads(cache._path(cache.key(ITEM)).read_bytes().split(b"\n", 1)[1])
    others = [{**values, name: nothing} for nothing in (None, {}, "", 0)]
    for other in (*others, {key: value for key, value in values.items() if key != name}):
        rewrite(cache, json.dumps(other).encode())
        assert cache.get(ITEM) is None


def test_a_cache_that_cannot_be_written_to_is_none(tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    cache = Cache(tmp_path / "file", "rules", "model")
    cache.put(ITEM, REPORT)
    assert cache.get(ITEM) is None
    cache.prune()


def test_it_is_held_within_bounds(cache, monkeypatch):
    cache.put(ITEM, REPORT)
    path = cache._path(cache.key(ITEM))
    (path.parent / "old.json").write_bytes(b"x" * LIMIT)
    (path.parent / "old.json").touch()
    os.utime(path.parent / "old.json", (1, 1))
    cache.prune()
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


def test_a_hit_counts_as_use(cache):
    cache.put(ITEM, REPORT)
    path = cache._path(cache.key(ITEM))
    os.utime(path, (1, 1))
    cache.get(ITEM)
    assert path.stat().st_mtime > 1_000_000


@pytest.mark.parametrize("data", [b"", b"\xff", b"x", b" ", b"x" * 1_000])
def test_what_is_damaged_is_a_miss(cache, data):
    cache.put(ITEM, REPORT)
    path = cache._path(cache.key(ITEM))
    whole = path.read_bytes()
    for damaged in (data, whole[:-1], whole + b" ", cache.key(ITEM).encode() + b" " + data):
        path.write_bytes(damaged)
        assert cache.get(ITEM) is None


def test_text_that_utf_8_cannot_say(cache):
    item = replace(ITEM, source=Source("page.md", "lone \ud800 surrogate", tags=TAGS))
    report = replace(REPORT, text="lone \ud800 surrogate", findings=(FINDING._replace(excerpt="\ud800"),))
    cache.put(item, report)
    assert cache.get(item) == report


def test_values_are_said_alike_in_any_order():
    assert canonical(frozenset("abc")) == canonical(frozenset("cba"))
    assert canonical({"a": 1, "b": [Path("x"), DAY]}) == canonical({"b": [Path("x"), DAY], "a": 1})
    assert canonical(("a", "b")) != canonical(("ab",)) and canonical(1) != canonical("1") and canonical(Severity.info) != canonical(0)

    @dataclass(frozen=True)
    class Fact:
        hosts: frozenset[str] = frozenset()

    assert canonical(Fact()) != canonical(Fact(frozenset({"a"})))
    with pytest.raises(TypeError, match="say how it decides"):
        canonical(object())

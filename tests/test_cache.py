"""Cache: whatever decides a report decides its key; what comes back is what was put in."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields, replace
from datetime import date
from pathlib import Path

import pytest

from copycheck import identity, store
from copycheck.cache import LIMIT, Cache, said
from copycheck.checks import Site
from copycheck.findings import Claim, Finding, Paragraph, Profile, Report, Severity, Suppressed, changed
from copycheck.reports import jsonreport
from copycheck.settings import Item, Settings
from copycheck.source import Notice, Source, Span

DAY = date(2026, 11, 1)
ITEM = Item("page.md", Source("page.md", "A text."), Settings(site=Site(today=DAY)))
FINDING = Finding(
    "claims/x", Severity.warning, Span(1, 5), "“text” – ‘x’", ("a", "b"), (Span(0, 1), Span(2, 3)), "low", Span(0, 7), "text", "A text.", "https://x.org"
)  # fmt: skip
REPORT = Report(
    "page.md",
    Profile("us", "dental", False, "landing", "publisher", "patient", ("“teeth”",), frozenset({"page"})),
    (FINDING, FINDING._replace(span=Span(0, 0), related=())),
    (Suppressed(FINDING, "confirmed by J. Doe"),),
    (Claim("efficacy", "causal", Span(0, 7), "A text.", "named", "a source", True), Claim("statistic", "causal", Span(0, 7), "A", "vague")),
    {"words": 2, "flesch_kincaid_grade": 7.3},
    (Notice("copycheck/off", "off"),),
    text="A text.",
    paragraphs=(Paragraph("f00d", FINDING), Paragraph("beef", FINDING, "confirmed by J. Doe")),
    dated=True,
)


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path, "rules", "model 1")


def got(cache: Cache, item: Item) -> Report | None:
    """What the cache gives, as it was before it was put there."""
    report = cache.get(item)
    return report and changed(report)


def test_a_report_comes_back_equal(cache):
    assert cache.get(ITEM) is None
    cache.put(ITEM, REPORT)
    assert got(cache, ITEM) == REPORT
    assert repr(got(cache, ITEM)) == repr(REPORT)
    bare = Report("page.md", Profile(), text="A text.")
    cache.put(ITEM, bare)
    assert got(cache, ITEM) == bare


def test_it_comes_back_with_its_entry_in_the_json_report(cache):
    shown = jsonreport.show(REPORT)
    assert cache.put(ITEM, REPORT).shown == cache.get(ITEM).shown == shown
    assert changed(cache.get(ITEM), findings=()).shown is None  # or it would say what no longer holds


def test_what_every_report_is_asked_for_needs_no_reading_of_the_rest(cache, monkeypatch):
    cache.put(ITEM, REPORT)
    report = cache.get(ITEM)
    monkeypatch.setattr(json, "loads", None)
    assert (report.path, report.text, report.error) == (REPORT.path, REPORT.text, None)
    assert report.outline == REPORT.outline == ((0, 2, 0), 1, ("f00d", "beef"))
    with pytest.raises(ValueError):
        report.findings  # noqa: B018
    with pytest.raises(AttributeError):
        report.nothing  # noqa: B018


def test_every_field_of_the_report_was_filled():
    """So that a field added to one of these types is added to the report above too."""
    empty = {Report: Report("", Profile()), Finding: Finding("", Severity.info, Span(0, 0), ""), Profile: Profile()}
    for made, default in ((REPORT, empty[Report]), (FINDING, empty[Finding]), (REPORT.profile, empty[Profile])):
        names = getattr(made, "_fields", None) or [f.name for f in fields(made)]
        same = {name for name in names if getattr(made, name) == getattr(default, name)}
        assert same <= {"error", "jurisdiction", "shown"}


CHANGED = {
    Settings: {
        "jurisdiction": "uk", "vertical": "dental", "promotional": False, "page": "landing", "preset": "publisher", "audience": "patient",
        "site": Site(spelling="uk", today=DAY), "severity": {"language": "off"}, "select": frozenset({"typos"}), "ignore": frozenset({"typos"}),
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
    keys.add(replace(cache, rules="others", _said={}).key(ITEM))
    keys.add(replace(cache, model="model 2", _said={}).key(ITEM))
    monkeypatch.setattr(identity, "program", lambda: "another version")
    keys.add(replace(cache, _said={}).key(ITEM))
    monkeypatch.setattr(identity, "surroundings", lambda: "another spaCy")
    keys.add(replace(cache, _said={}).key(ITEM))
    assert len(keys) == 9


def test_the_date_decides_only_where_it_was_read(cache):
    tomorrow = replace(ITEM, settings=Settings(site=Site(today=date(2026, 11, 2))))
    cache.put(ITEM, REPORT)
    assert cache.get(tomorrow) is None and got(cache, ITEM) == REPORT
    cache.put(ITEM, replace(REPORT, dated=False))
    assert got(cache, tomorrow) == replace(REPORT, dated=False)
    assert cache.find(ITEM) == cache.find(tomorrow) != cache.find(replace(ITEM, path="other.md")) is None
    undated = replace(ITEM, settings=Settings())
    cache.put(undated, REPORT)
    assert got(cache, undated) == REPORT and cache.get(ITEM) is None


def test_what_failed_is_not_kept(cache):
    cache.put(ITEM, replace(REPORT, error="the claim check failed"))
    unread = replace(ITEM, source=None)
    cache.put(unread, REPORT)
    assert cache.get(ITEM) is None and cache.get(unread) is None
    assert not (cache.folder / "reports").exists()


@pytest.mark.parametrize(
    "head",
    [
        None,
        [],
        [None],
        [[1], 0],
        ["x", 0, []],
        [[1], 0, [7]],
        {"a": 1},
        "x",
        7,
    ],
)
def test_a_foreign_form_is_a_miss(cache, head):
    cache.put(ITEM, REPORT)
    path, key = cache.find(ITEM)
    _, *rest = store.lines(path, key)
    store.write(path, key, head, *rest)
    assert cache.get(ITEM) is None
    store.write(path, key, [[0, 0, 0], 0, []], *rest)
    assert cache.get(ITEM) is not None
    store.write(path, key, [[0, 0, 0], 0, []])
    assert cache.get(ITEM) is None


def test_nothing_where_a_list_should_be_is_never_taken_for_an_empty_one(cache):
    """Nobody but another program writes such an entry under the right name and digest; the run then fails."""
    cache.put(ITEM, REPORT)
    path, key = cache.find(ITEM)
    head, shown, values = store.lines(path, key)
    values = store.value(values)
    lists = [number for number, value in enumerate(values) if isinstance(value, list)]
    assert len(lists) > 4
    for number in lists:
        store.write(path, key, head, shown, [None if at == number else value for at, value in enumerate(values)])
        with pytest.raises(ValueError, match="another form; delete the cache"):
            cache.get(ITEM).findings  # noqa: B018


def test_a_cache_that_cannot_be_written_to_is_none(tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    cache = Cache(tmp_path / "file", "rules", "model")
    cache.put(ITEM, REPORT)
    assert cache.get(ITEM) is None
    cache.prune()


def test_it_is_held_within_bounds(cache, monkeypatch):
    cache.put(ITEM, REPORT)
    path = store.place(cache.folder / "reports", cache.key(ITEM))
    (path.parent / "old.json").write_bytes(b"x" * LIMIT)
    (path.parent / "old.json").touch()
    import os

    os.utime(path.parent / "old.json", (1, 1))
    cache.prune()
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


def test_a_hit_counts_as_use(cache):
    import os

    cache.put(ITEM, REPORT)
    path = store.place(cache.folder / "reports", cache.key(ITEM))
    os.utime(path, (1, 1))
    cache.get(ITEM)
    assert path.stat().st_mtime > 1_000_000


@pytest.mark.parametrize("data", [b"", b"\xff", b"x", b" ", b"x" * 1_000])
def test_what_is_damaged_is_not_found_or_not_got(cache, data):
    cache.put(ITEM, replace(REPORT, dated=False))
    path, name = cache.find(ITEM)
    path.write_bytes(data)
    assert cache.find(ITEM) is None
    path.write_bytes(name.encode() + b" " + data)
    assert cache.find(ITEM) == (path, name) and cache.get(ITEM) is None


def test_text_that_utf_8_cannot_say(cache):
    item = replace(ITEM, source=Source("page.md", "lone \ud800 surrogate"))
    report = replace(REPORT, text="lone \ud800 surrogate", findings=(FINDING._replace(excerpt="\ud800"),))
    cache.put(item, report)
    assert got(cache, item) == report


def test_values_are_said_alike_in_any_order():
    assert said(frozenset("abc")) == said(frozenset("cba"))
    assert said({"a": 1, "b": [Path("x"), DAY]}) == said({"b": [Path("x"), DAY], "a": 1})
    assert said(("a", "b")) != said(("ab",)) and said(1) != said("1") and said(Severity.info) != said(0)

    @dataclass(frozen=True)
    class Fact:
        hosts: frozenset[str] = frozenset()

    assert said(Fact()) != said(Fact(frozenset({"a"})))
    with pytest.raises(TypeError, match="say how it decides"):
        said(object())

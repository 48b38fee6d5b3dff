"""Touched: findings on blocks that an earlier version has too are known; the words, links and kind of a block decide."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_samples import find, missing

from copycheck.findings import Profile, Report
from copycheck.source import Span
from copycheck.touched import split

OLD = "# Help\n\nAn addict may call\nany time.\n\n- An addict rests.\n- All rest.\n\nSee [the study](https://example.org/1).\n"


def page(text: str, word: str = "addict", path: str = "a.md") -> Report:
    """A page with a finding on each occurrence of a word."""
    return Report(
        path, Profile(), tuple(find(text, "language/x", "warning", word, "No.", nth=n) for n in range(text.count(word))), text=text
    )


def counting(before: str | None, after: str, word: str = "addict", path: str = "a.md") -> list[int]:
    """Where the findings that count begin."""
    report = split(page(after, word, path), before)
    assert len(report.findings) + len(report.known) == after.count(word)
    return [finding.span.start for finding in report.findings]


def places(text: str, word: str = "addict") -> list[int]:
    return [finding.span.start for finding in page(text, word).findings]


@pytest.mark.parametrize(
    "edited",
    [
        OLD,
        OLD.replace("# Help", "# More help"),
        "More.\n\n" + OLD,
        OLD.replace("call\nany", "call any"),  # its lines broken elsewhere
        OLD.replace("\n", "\r\n"),
        OLD.replace("- All rest.\n", ""),
        "- An addict rests.\n\n# Help\n\nAn addict may call any time.\n",  # in another order
    ],
)
def test_a_block_that_is_the_same_is_known(edited: str) -> None:
    assert counting(OLD, edited) == []


def test_a_block_that_changed_counts_as_a_whole() -> None:
    edited = OLD.replace("any time", "any day")
    assert counting(OLD, edited) == places(edited)[:1]
    assert counting(OLD, OLD.replace("- An addict", "- An  addict")) == []
    heading = OLD.replace("An addict may", "## An addict may")
    assert counting(OLD, heading) == places(heading)[:1]


def test_a_link_is_part_of_its_block() -> None:
    for edited in (OLD.replace("/1)", "/2)"), OLD.replace("[the study](https://example.org/1)", "the study")):
        assert counting(OLD, edited, "the study") == places(edited, "the study")


def test_a_copy_counts_once() -> None:
    edited = OLD + "\nAn addict may call any time.\n"
    assert counting(OLD, edited) == places(edited)[-1:]


def test_all_of_a_new_file_counts() -> None:
    assert counting(None, OLD) == places(OLD)


def test_front_matter_is_blocks_too() -> None:
    before = "---\ntitle: An addict\ndescription: An addict calls\n---\n\nText.\n"
    after = before.replace("addict calls", "addict writes")
    assert counting(before, after) == places(after)[1:]


def test_what_the_page_lacks_counts_where_the_page_changed() -> None:
    lacking = Report("a.md", Profile(), (missing("disclaimers/missing-advice"),), text=OLD)
    assert split(lacking, OLD).findings == () and split(lacking, OLD.replace("\n", "\r\n")).findings == ()
    assert split(lacking, OLD + "More.\n").findings == lacking.findings


def test_a_finding_that_points_elsewhere_too_counts_if_that_changed() -> None:
    edited = OLD.replace("All rest", "All of us rest")
    (one,) = page(edited, "Help").findings
    for words, counts in (("All of us rest.", True), ("An addict rests.", False)):
        start = edited.index(words)
        report = Report("a.md", Profile(), (one._replace(related=(Span(start, start + len(words)),)),), text=edited)
        assert bool(split(report, OLD).findings) is counts


def test_what_stands_in_no_block_counts() -> None:
    text = "Text.\n\n<!-- addict -->\n"
    assert counting("Texts.\n\n<!-- addict -->\n", text) == places(text)


def test_an_error_stays_and_a_version_that_cannot_be_read_is_no_excuse(monkeypatch) -> None:
    report = Report("a.md", Profile(), error="it is broken", text="x")
    assert split(report, "x").error == split(report, "y").error == "it is broken"
    monkeypatch.setattr("copycheck.touched.read", lambda source: 1 / 0)
    assert counting(OLD + "x", OLD) == places(OLD)


@given(
    st.lists(st.sampled_from(["An addict.", "# Help", "- addict", "> addict", "Text\nruns.", "", "```\naddict\n```"]), max_size=8),
    st.data(),
)
def test_appending_makes_nothing_known_and_leaves_the_rest_known(parts: list[str], data: st.DataObject) -> None:
    before = "\n\n".join(parts) + "\n\n"
    assert counting(before, before) == []
    after = before + "Nobody, an addict, or anybody.\n"
    if "```\n\n" not in before:
        assert set(places(after)) - set(places(before)) <= set(counting(before, after))

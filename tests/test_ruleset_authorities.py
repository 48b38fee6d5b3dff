"""Authorities: one file says who says so; rules cite by id; every problem is told with its place."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from copycheck import ruleset
from copycheck.ruleset import BadRules, authorities
from copycheck.ruleset.location import rules_dir

GOOD = """act:
  name: The Act
  citation: 1 U.S.C. 2
  url: https://www.law.example/act
  year: 1994
  binds: sellers of supplements
  status: statute
  says: Sellers must say so.
  quoted: true
  verified: true
  checked: 2026-11-01
  how: read in the text
house:
  name: House rule
  citation: copycheck
  binds: nobody
  status: house rule
  says: A reader needs a source.
  checked: 2026-11-01
  how: agreed
"""
PATH = Path("rules/authorities.yaml")
PUBLISHERS = {  # beside governments: bodies, journals and platforms that issue the text themselves
    "988lifeline.org", "academic.oup.com", "apastyle.apa.org", "journals.lww.com", "ncdj.org", "obesityweek.org", "reportingonsuicide.org",
    "services.google.com", "transparency.meta.com", "www.ada.org", "www.apstylebook.com", "www.asa.org.uk", "www.gdc-uk.org", "www.gmc-uk.org", "www.nhs.uk", "www.samaritans.org", "www.asam.org", "www.legitscript.com",
    "www.naatp.org", "www.ncmedboard.org", "www.recoveryanswers.org", "www.w3.org",
}  # fmt: skip
ARCHIVES = {"cybercemetery.unt.edu", "doi.org", "www.law.cornell.edu"}
STALE = timedelta(days=2 * 365 + 1)


def warn_of_stale(found: Mapping[str, authorities.Authority], today: date) -> None:
    """Warns, in one line, of the entries that were last looked up more than two years before `today`."""
    if stale := [f"{name} ({entry.checked})" for name, entry in found.items() if today - entry.checked > STALE]:
        warnings.warn(f"authorities not looked up for two years: {', '.join(stale)}", stacklevel=2)


def read(text: str) -> tuple[dict[str, authorities.Authority], list[str]]:
    problems: list[str] = []
    return authorities.read(PATH, text.encode(), problems), problems


def test_entries_are_read():
    found, problems = read(GOOD)
    assert not problems and list(found) == ["act", "house"]
    assert (found["act"].year, found["act"].checked, found["house"].url) == (1994, date(2026, 11, 1), None)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (GOOD.replace("  binds: sellers of supplements\n", ""), "rules/authorities.yaml:1: act.binds: Field required"),
        (GOOD.replace("status: statute", "status: law"), "rules/authorities.yaml:7: act.status: "),
        (GOOD.replace("url: https://www.law.example/act", "url: law.example"), "rules/authorities.yaml:4: act.url: "),
        (GOOD.replace("checked: 2026-11-01\n  how: read", "checked: soon\n  how: read"), "rules/authorities.yaml:11: act.checked: "),
        (GOOD.replace("quoted: true", "quotd: true"), "rules/authorities.yaml:9: act.quotd: "),
        (GOOD.replace("  quoted: true\n", ""), "rules/authorities.yaml:1: act: verified: only a quoted sentence can be verified"),
        (GOOD.replace("status: house rule", "status: guidance"), "rules/authorities.yaml:13: house: url: only a house rule has none"),
        ("- act\n", "rules/authorities.yaml:1: file: authorities are a mapping of ids to entries"),
        ("act: [", "rules/authorities.yaml:2: yaml: "),
        ("act: 7\n", "rules/authorities.yaml:1: act: "),
        (GOOD + "act: {}\n", "yaml: the key `act` stands twice"),
    ],
)
def test_problems_name_file_line_and_key(text, said):
    problems = read(text)[1]
    assert any(said in problem for problem in problems), problems


def test_an_entry_not_looked_up_for_two_years_is_warned_of():
    found, _ = read(GOOD.replace("checked: 2026-11-01", "checked: 2024-10-31", 1))
    with pytest.warns(UserWarning, match=r"two years: act \(2024-10-31\)$"):
        warn_of_stale(found, date(2026, 11, 2))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        warn_of_stale(found, date(2026, 10, 31))


def test_not_utf_8():
    problems: list[str] = []
    assert authorities.read(PATH, b"act: caf\xe9", problems) == {} and problems[0].startswith("rules/authorities.yaml:1: yaml: ")


def test_a_citation_is_an_id_with_or_without_a_paragraph():
    found, _ = read(GOOD)
    whole, part = authorities.cite(["act", "act#3(b)"], found)
    assert (whole.id, whole.paragraph, part.paragraph) == ("act", None, "3(b)") and part.authority is found["act"]
    assert part.text == "The Act, 1 U.S.C. 2, 3(b) (statute; quoted)"
    assert authorities.cite(["house"], found)[0].text == "House rule, copycheck (house rule; not law)"
    with pytest.raises(ValueError, match="there is no authority 'ac' in"):
        authorities.cite(["ac#3"], found)


def test_an_authority_that_no_file_holds_is_none(rule_folder):
    """A mapping was taken, never looked at, and counted for the one that a rule must name."""
    folder = rule_folder("compliance/bad", "bad word", more="authority: [{name: An act, url: 'https://act.test/'}]")
    with pytest.raises(BadRules, match="Input should be a valid string"):
        ruleset.load([folder]).rules  # noqa: B018


def test_a_rule_cites_what_its_folders_hold(rule_folder):
    folder = rule_folder("compliance/bad", "bad word", more="authority: [act#3]")
    (folder / "authorities.yaml").write_text(GOOD, encoding="utf-8")
    (rule,) = ruleset.load([folder]).rules
    assert [(cited.id, cited.paragraph, cited.authority.name) for cited in rule.cited] == [("act", "3", "The Act")]
    (folder / "authorities.yaml").write_text(GOOD.replace("act:\n", "acts:\n"), encoding="utf-8")
    with pytest.raises(BadRules, match="there is no authority 'act'"):
        ruleset.load([folder]).rules  # noqa: B018


def test_an_authority_is_owed_where_a_rule_stands_on_law(rule_folder):
    with pytest.raises(BadRules, match="must name its authority"):
        ruleset.load([rule_folder("compliance/bad", "bad word")]).rules  # noqa: B018


def test_a_finding_links_to_the_first_authority_with_an_address(rule_folder, check):
    folder = rule_folder("language/bad", "bad word", more="authority: [house, act]")
    (folder / "authorities.yaml").write_text(GOOD, encoding="utf-8")
    assert [finding.help for finding in check("A bad word.").findings] == ["https://www.law.example/act"]


@pytest.fixture(scope="module")
def shipped() -> dict[str, authorities.Authority]:
    problems: list[str] = []
    path = rules_dir() / "authorities.yaml"
    found = authorities.read(path, path.read_bytes(), problems)
    assert not problems
    return found


class TestThoseThatShip:
    def test_they_load(self, shipped):
        assert shipped

    def test_each_was_looked_up_and_says_how(self, shipped):
        for name, authority in shipped.items():
            assert authority.checked <= date(2030, 1, 1) and authority.how and authority.says, name

    def test_old_look_ups_are_warned_of(self, shipped):
        warn_of_stale(shipped, date.today())

    def test_a_verified_quotation_says_where_it_was_read(self, shipped):
        for name, authority in shipped.items():
            assert not authority.verified or authority.how.startswith(("stored text at ", "stored copy of ", "stored copies of ")), name
            assert not authority.quoted or authority.verified, name

    def test_each_address_is_the_publisher_s_own_or_a_public_archive_s(self, shipped):
        """No law firm, mirror, blog, search or wiki: a reader must land where the text is issued."""
        hosts = {name: urlsplit(authority.url).hostname or "" for name, authority in shipped.items() if authority.url}
        odd = {name: host for name, host in hosts.items() if not (host.endswith((".gov", ".gov.uk")) or host in PUBLISHERS | ARCHIVES)}
        assert not odd
        assert set(hosts.values()) >= PUBLISHERS | ARCHIVES, "a host that no authority needs any more"

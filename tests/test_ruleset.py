"""Rule loading: strict, with every problem told at once; profiles choose."""

from pathlib import Path

import pytest

from copycheck import ruleset, strictyaml
from copycheck.findings import Profile
from copycheck.ruleset import BadRules, choose, language, reading
from copycheck.ruleset.location import rules_dir

GOOD = """kind: pattern
severity: warning
confidence: high
title: Says wonder
message: "“{match}” promises a wonder."
why: Wonders cannot be checked.
patterns: [wonder drug]
examples:
  flag: ["A [|wonder drug|]."]
  pass: ["A drug."]
"""


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def problems(folder: Path) -> list[str]:
    with pytest.raises(BadRules) as caught:
        ruleset.load([folder]).rules  # noqa: B018
    return list(caught.value.problems)


def test_id_is_the_path(tmp_path):
    write(tmp_path, "language/wonder.yaml", GOOD)
    loaded = ruleset.load([tmp_path])
    assert loaded.ids == ("language/wonder",)
    assert loaded["language/wonder"].family == "language"
    with pytest.raises(KeyError):
        loaded["language/none"]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("language/a.yaml", GOOD.replace("severity", "sevrity"), ":2: sevrity: unknown key; did you mean `severity`?"),
        ("language/a.yaml", GOOD.replace("severity: warning", "severity: loud"), ":2: severity: "),
        ("language/a.yaml", GOOD + "title: again\n", ":11: yaml: the key `title` stands twice"),
        ("language/a.yaml", "id: x\n" + GOOD, ":1: id: the id is the file's path"),
        ("language/a.yaml", GOOD.replace("kind: pattern", "kind: magic"), ":1: kind: must be one of "),
        ("language/a.yaml", GOOD.replace("[wonder drug]", "[good, ...9 drug]"), ":7: patterns.1: a gap is ...1 to"),
        ("language/a.yaml", GOOD.replace("[wonder drug]", "[<nolist>]"), ":7: patterns.0: there is no term list <nolist>"),
        ("language/a.yaml", GOOD.replace("[wonder drug]", "[[{LOWER: {REGEX: x}}]]"), ":7: patterns.0: LOWER: only IN"),
        ("language/a.yaml", GOOD + "except: [the]\nwith: [NOUN]\n", ":12: with.0: it names no word or list"),
        ("language/a.yaml", GOOD + "swap:\n  Wonder: drug\n", "swap.Wonder: 'Wonder': words are written in lower case"),
        ("language/a.yaml", GOOD + "unless: [nope]\n", ":11: unless.0: "),
        ("language/a.yaml", GOOD.replace("patterns: [wonder drug]", "regex: ['(a']"), "bad expression"),
        ("language/a.yaml", GOOD.replace("patterns: [wonder drug]", "regex: ['x*']"), "matches nothing"),
        ("language/a.yaml", GOOD.replace("patterns: [wonder drug]", "regex: ['(?R)?x']"), "calls itself"),
        ("language/a.yaml", GOOD.replace("patterns: [wonder drug]", "regex: ['(?P<y>x(?&y)?)']"), "calls itself"),
        ("language/a.yaml", GOOD.replace("patterns: [wonder drug]", ""), "one of patterns, swap and regex"),
        ("language/a.yaml", GOOD.replace('  pass: ["A drug."]\n', ""), "examples.pass: Field required"),
        ("compliance/a.yaml", GOOD, "authority: a rule of this family must name its authority"),
        ("nofamily/a.yaml", GOOD, "path: a rule stands at <family>/<name>.yaml"),
        ("a.yaml", GOOD, "path: a rule stands at <family>/<name>.yaml"),
        ("language/A_b.yaml", GOOD, "path: a rule's name is lower-case words"),
        ("language/a.yaml", "- 1\n", "file: a rule is a mapping"),
        ("language/a.yaml", "a: [", "yaml: "),
        ("terms/organ.txt", "liver\n--\n", ":2: term: it holds no letter or digit"),
        ("context.yaml", "negatd: []\n", ":1: negatd: unknown mark"),
        ("authorities.yaml", "act: 7\n", ":1: act: "),
    ],
)
def test_problems_name_file_line_key_and_reason(tmp_path, name, text, expected):
    write(tmp_path, "language/good.yaml", GOOD)
    path = write(tmp_path, name, text)
    found = problems(tmp_path)
    assert all(problem.startswith(f"{path}:") for problem in found)
    assert expected in found[-1]


def test_all_problems_are_told_at_once(tmp_path):
    write(tmp_path, "language/a.yaml", GOOD.replace("severity", "sev"))
    write(tmp_path, "language/b.yaml", "kind: no\n")
    assert len(problems(tmp_path)) >= 2


def test_folders(tmp_path):
    assert "no rule folder" in problems(tmp_path / "gone")[0]
    assert "holds no rules" in problems(tmp_path)[0]
    write(tmp_path, "one/language/a.yaml", GOOD)
    write(tmp_path, "two/language/a.yaml", GOOD)
    with pytest.raises(BadRules, match="exists already"):
        ruleset.load([tmp_path / "one", tmp_path / "two"])


def test_a_folder_may_bring_term_lists(tmp_path):
    write(tmp_path, "terms/wonder.txt", "wonder drug\n")
    write(tmp_path, "language/a.yaml", GOOD.replace("[wonder drug]", "[<wonder> now, <drug>]"))
    loaded = ruleset.load([tmp_path])
    assert loaded.ids == ("language/a",) and loaded.lists["wonder"] == {"WONDER"}
    assert [rule.id for rule in loaded.rules] == ["language/a"]  # and the lists that ship may be named too
    assert loaded.folders == (str(tmp_path),)


def test_the_rules_that_ship_read_the_same_without_guards():
    """So that an installed package reads them the quick way: `NO` in a list would be false there."""
    differ = [
        path.stem
        for path in rules_dir().glob("*/*.yaml")
        if strictyaml.load_own(path.read_bytes()) != strictyaml.load(path.read_text(encoding="utf-8")).data
    ]
    assert not differ


def test_the_components_that_patterns_need(tmp_path):
    write(tmp_path, "language/a.yaml", GOOD)
    assert ruleset.load([tmp_path]).components == frozenset()
    write(tmp_path, "language/b.yaml", GOOD + "except: [[{LOWER: drug, DEP: dobj}]]\n")
    assert ruleset.load([tmp_path]).components == {"parser"}


def test_what_the_files_say_is_checked_when_it_is_asked_for(tmp_path):
    """A run that finds every report in the cache checks no rule."""
    write(tmp_path, "language/a.yaml", GOOD)
    first = ruleset.load([tmp_path])
    write(tmp_path, "language/a.yaml", GOOD.replace("title", "titel"))
    second = ruleset.load([tmp_path])
    assert first.ids == second.ids == ("language/a",) and first.fingerprint != second.fingerprint
    assert first["language/a"].title == "Says wonder"
    with pytest.raises(BadRules, match="did you mean `title`"):
        second.rules  # noqa: B018


@pytest.mark.parametrize("name", ["terms/a.txt", "context.yaml", "authorities.yaml", "profile.yaml", "language/a.yaml"])
def test_every_file_decides_the_fingerprint(tmp_path, name):
    write(tmp_path, "language/a.yaml", GOOD)
    before = ruleset.load([tmp_path]).fingerprint
    write(tmp_path, name, GOOD + "# a comment\n")
    assert ruleset.load([tmp_path]).fingerprint != before


def test_not_utf8(tmp_path):
    (tmp_path / "language").mkdir()
    (tmp_path / "language" / "a.yaml").write_bytes(b"kind: caf\xe9")
    assert "a.yaml:1: yaml:" in problems(tmp_path)[0]


def test_choose_switches_off_what_was_set_and_lowers_what_was_guessed(tmp_path):
    write(tmp_path, "language/dental.yaml", GOOD + "applies: {vertical: [dental], promotional: true}\n")
    write(tmp_path, "language/news.yaml", GOOD + "applies: {page: [article]}\n")
    rules = ruleset.load([tmp_path]).rules
    fits = choose(rules, Profile(vertical="dental", promotional=True))
    assert (fits.lowered, fits.off) == (frozenset(), {})
    told = choose(rules, Profile(vertical="other", promotional=False, page="landing"))
    assert told.off == {"language/dental": "holds for dental", "language/news": "holds for article pages"}
    guessed = choose(rules, Profile(vertical="other", page="landing", guessed=frozenset({"vertical", "promotional", "page"})))
    assert guessed.lowered == {"language/dental", "language/news"} and not guessed.off
    assert choose(rules, Profile(jurisdiction="uk", page="article")).off == {"language/dental": "holds for dental"}
    sells = choose(rules, Profile(vertical="dental", promotional=False))
    assert sells.off["language/dental"] == "holds for promotional copy"


def test_choose_switches_off_a_number_without_a_limit_for_the_audience():
    grade = [rule for rule in ruleset.load([rules_dir()]).rules if rule.id == "readability/grade"]
    assert choose(grade, Profile(audience="professional")).off == {"readability/grade": "has no limit for the audience professional"}
    assert not choose(grade, Profile(audience="patient")).off


def test_the_rules_of_a_package_read_without_guards_are_the_same():
    """An installed package spares its own files the strict reading; here both are compared."""
    root = rules_dir()
    lists = language.load(()).terms.lists
    odd = []
    for path in sorted(root.glob("*/*.yaml")):
        name, data = path.relative_to(root).as_posix(), path.read_bytes()
        problems: list[str] = []
        strict = reading._rule(root, path, data, lists, problems)
        assert not problems and strict is not None
        own = reading._own(name, path, data)
        assert own in (None, strict), name
        odd += [name] if own is None else []
    assert len(odd) <= 3  # a word such as NO is another value to that reader: such a file is read strictly after all

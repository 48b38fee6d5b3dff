"""Rule loading: strict, with every problem told at once; profiles choose."""

from pathlib import Path

import pytest

from copycheck import ruleset
from copycheck.findings import Profile
from copycheck.ruleset import BadRules, choose

GOOD = """kind: phrase
severity: warning
confidence: high
title: Says wonder
message: "“{match}” promises a wonder."
why: Wonders cannot be checked.
phrases: [wonder drug]
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
        ruleset.load([folder])
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
        ("language/a.yaml", GOOD.replace("kind: phrase", "kind: magic"), ":1: kind: must be one of phrase, tokens"),
        ("language/a.yaml", GOOD.replace("phrases: [wonder drug]", "patterns: ['(a+)+b']"), "may take for ever"),
        ("language/a.yaml", GOOD.replace("phrases: [wonder drug]", "patterns: ['(a']"), "bad expression"),
        ("language/a.yaml", GOOD.replace("phrases: [wonder drug]", "patterns: ['x*']"), "matches nothing"),
        ("language/a.yaml", GOOD.replace("phrases: [wonder drug]", "patterns: ['{nolist} x']"), "no word list {nolist}"),
        ("language/a.yaml", GOOD.replace("phrases: [wonder drug]", ""), "one of phrases, patterns and swap"),
        ("language/a.yaml", GOOD.replace('  pass: ["A drug."]\n', ""), "examples.pass: Field required"),
        ("compliance/a.yaml", GOOD, "authority: a rule of this family must name its authority"),
        ("nofamily/a.yaml", GOOD, "path: a rule stands at <family>/<name>.yaml"),
        ("a.yaml", GOOD, "path: a rule stands at <family>/<name>.yaml"),
        ("language/A_b.yaml", GOOD, "path: a rule's name is lower-case words"),
        ("language/a.yaml", "- 1\n", "file: a rule is a mapping"),
        ("language/a.yaml", "a: [", "yaml: "),
    ],
)
def test_problems_name_file_line_key_and_reason(tmp_path, name, text, expected):
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


def test_terms(tmp_path):
    write(tmp_path, "_terms.yaml", "drug: ['[a-z]+mab', aspirin]\n")
    write(tmp_path, "language/a.yaml", GOOD.replace("phrases: [wonder drug]", "patterns: ['wonder {drug}']"))
    assert ruleset.load([tmp_path]).terms == {"drug": ["[a-z]+mab", "aspirin"]}
    write(tmp_path, "_terms.yaml", "drug: aspirin\n")
    assert any("must be a list of words" in problem for problem in problems(tmp_path))


def test_not_utf8(tmp_path):
    (tmp_path / "language").mkdir()
    (tmp_path / "language" / "a.yaml").write_bytes(b"kind: caf\xe9")
    assert "a.yaml:1: file:" in problems(tmp_path)[0]


def test_choose_switches_off_what_was_set_and_lowers_what_was_guessed(tmp_path):
    write(tmp_path, "language/dental.yaml", GOOD + "applies: {vertical: [dental], promotional: true}\n")
    write(tmp_path, "language/news.yaml", GOOD + "applies: {page: [article]}\n")
    rules = ruleset.load([tmp_path]).rules
    fits = choose(rules, Profile(vertical="dental", promotional=True))
    assert (len(fits.rules), fits.lowered, fits.off) == (2, frozenset(), {})
    told = choose(rules, Profile(vertical="other", promotional=False, page="landing"))
    assert told.rules == ()
    assert told.off == {"language/dental": "holds for dental", "language/news": "holds for article pages"}
    guessed = choose(rules, Profile(vertical="other", page="landing", guessed=frozenset({"vertical", "promotional", "page"})))
    assert guessed.lowered == {"language/dental", "language/news"} and not guessed.off
    assert choose(rules, Profile(jurisdiction="uk")).off["language/news"] == "holds for us"
    sells = choose(rules, Profile(vertical="dental", promotional=False))
    assert sells.off["language/dental"] == "holds for promotional copy"

"""Locked policies: what the repository of the copy says for itself does not count, by the real command and one thing at a time."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from click.testing import Result

from copycheck.config import BadConfig
from copycheck.policy import LENDABLE, load
from tests.command import run

CURE = "# Tea\n\nOur tea cures diabetes. It eases headaches, and it lowers blood pressure.\n"
POLICY = (
    "select: [compliance/cure, disclaimers/missing-advice, typos/misspelling]\npromotional: true\nvertical: supplement\nfail_on: warning\n"
)


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with an error in a post, and a policy outside it."""
    (tmp_path / "repo" / "posts").mkdir(parents=True)
    (tmp_path / "policy.yaml").write_text(POLICY, encoding="utf-8")
    (tmp_path / "repo" / "posts" / "tea.md").write_text(CURE, encoding="utf-8")
    monkeypatch.chdir(tmp_path / "repo")
    return tmp_path / "repo"


def gate(*arguments: str) -> Result:
    return run("--locked-policy", "../policy.yaml", *(arguments or (".",)))


WEAKER = [
    "fail_on: never",
    "cap: info",
    "rules: {compliance: off}",
    "rules: {compliance/cure: info}",
    "ignore: [compliance]",
    "select: [typos]",
    "preset: publisher",
    "promotional: false",
    "vertical: addiction",
    "exclude: [posts]",
    "overrides: [{paths: ['**'], ignore: [compliance], fail_on: never, cap: info}]",
    "max_file_size: 9000000",
    "approvers: [anybody]",
    "site: {carries: [advice]}",
    "model: en_core_web_md",
    "require_sources: false",
]


@pytest.mark.parametrize("weaker", WEAKER)
def test_a_configuration_of_the_repository_weakens_nothing(site: Path, weaker: str) -> None:
    for folder in (site, site / "posts"):
        (folder / ".copycheck.yaml").write_text(weaker + "\n", encoding="utf-8")
        done = gate()
        assert done.exit_code == 1 and "posts/tea.md:3:9: error: compliance/cure" in done.stdout, done.output
        assert "missing-advice" in done.stdout
        place = (folder / ".copycheck.yaml").relative_to(site)
        assert f"copycheck: {place}: under the locked policy this does not count: {weaker.split(':')[0]}\n" in done.stderr
        (folder / ".copycheck.yaml").unlink()


@pytest.mark.parametrize(
    "said",
    [
        "---\ncopycheck: {promotional: false, vertical: addiction, carries: [advice], preset: publisher}\n---\n" + CURE,
        "---\ncopycheck: {ignore: [compliance/cure, disclaimers/missing-advice]}\n---\n" + CURE,
        "---\nlang: es\n---\n" + CURE,
        "<!-- copycheck: ignore-file: it was always so -->\n\n" + CURE,
        "<!-- copycheck: ignore-file: it was always so, J. Doe, until 2026-01-01 -->\n\n" + CURE,
        "<!-- copycheck: off compliance: by law -->\n\n" + CURE,
    ],
)
def test_a_page_weakens_nothing(site: Path, said: str) -> None:
    (site / "posts" / "tea.md").write_text(said, encoding="utf-8")
    done = gate()
    assert done.exit_code == 1 and "error: compliance/cure" in done.stdout and "warning: disclaimers/missing-advice" in done.stdout
    assert "front matter" not in gate("--show-config", "posts/tea.md").stdout


def test_a_directive_with_a_reason_and_a_name_counts(site: Path) -> None:
    page = site / "posts" / "tea.md"
    page.write_text("<!-- copycheck: ignore-file: a quotation of the law, J. Doe -->\n\n" + CURE, encoding="utf-8")
    assert gate().exit_code == 0
    policy = site.parent / "policy.yaml"
    policy.write_text(POLICY + "approvers: [A. Lee]\n", encoding="utf-8")
    assert gate().exit_code == 1


def test_a_baseline_and_words_of_the_repository_count_only_where_that_is_allowed(site: Path) -> None:
    (site / ".copycheck.yaml").write_text("promotional: true\nvertical: supplement\nvocabulary: [diabets]\n", encoding="utf-8")
    (site / ".copycheck-words").write_text("garantee\n", encoding="utf-8")
    (site / "posts" / "tea.md").write_text(CURE.replace("diabetes.", "diabets. A garantee."), encoding="utf-8")
    assert run("baseline", "write", ".").exit_code == 0 and run(".").exit_code == 0
    done = gate()
    assert done.exit_code == 1 and "“diabets”" in done.stdout and "“garantee”" in done.stdout
    assert gate("--baseline", ".copycheck-baseline.json", ".").stdout.count("typos/misspelling") == 2  # the gate's own word
    policy = site.parent / "policy.yaml"
    policy.write_text(POLICY + "allow: [baseline, vocabulary, vocabulary_files]\n", encoding="utf-8")
    assert gate().exit_code == 0


def test_what_is_allowed_is_taken_from_the_repository_with_its_own_paths(site: Path) -> None:
    (site / "posts" / "words.txt").write_text("diabets\n", encoding="utf-8")
    (site / "posts" / ".copycheck.yaml").write_text(
        "site: {carries: [advice]}\nvocabulary_files: [words.txt]\naudience: patient\n", encoding="utf-8"
    )
    (site / "posts" / "tea.md").write_text("# Tea\n\nOur tea eases diabets.\n", encoding="utf-8")
    policy = site.parent / "policy.yaml"
    policy.write_text(POLICY + "allow: [site, vocabulary_files]\nsite: {domains: [example.org]}\n", encoding="utf-8")
    done = gate()
    assert done.exit_code == 0 and "does not count: audience" in done.stderr, done.output
    shown = gate("--show-config", "posts/tea.md").stdout
    assert "posts/.copycheck.yaml:2" in shown and "policy.yaml:4" in shown


def test_gitignore_hides_nothing_and_a_link_is_an_error(site: Path) -> None:
    (site / ".gitignore").write_text("posts/\n", encoding="utf-8")
    assert gate().exit_code == 1
    if sys.platform != "win32":
        (site / "posts" / "link.md").symlink_to("../../policy.yaml")
        done = gate()
        assert done.exit_code == 2 and "posts/link.md: not checked: it is a link" in done.stdout
        assert run(".").exit_code == 2  # nothing but ignored pages


@pytest.mark.parametrize(
    "option", [["--config", "x.yaml"], ["--fail-on", "never"], ["--ignore", "compliance"], ["--not-promotional"], ["--model", "x"]]
)
def test_an_option_that_the_policy_can_say_is_refused_beside_it(site: Path, option: list[str]) -> None:
    done = gate(*option, ".")
    assert done.exit_code == 2 and "cannot stand beside --locked-policy" in done.stderr and done.stdout == ""


def test_overrides_and_patterns_of_the_policy_start_where_the_run_does(site: Path) -> None:
    (site / "posts" / ".copycheck.yaml").write_text("audience: blog\n", encoding="utf-8")
    policy = site.parent / "policy.yaml"
    policy.write_text(POLICY + "overrides: [{paths: ['posts/**'], cap: info}]\n", encoding="utf-8")
    assert gate().exit_code == 0
    policy.write_text(POLICY + "overrides: [{paths: ['posts/**'], fail_on: never}]\n", encoding="utf-8")
    assert gate().exit_code == 0 and "error: compliance/cure" in gate().stdout
    policy.write_text(POLICY + "exclude: [posts/]\n", encoding="utf-8")
    assert gate().exit_code == 2  # no file is left, and that is said


@pytest.mark.parametrize("text", ["allow: [rules]", "allow: all", "alow: []", "allow: [exclude]", "preset: 1"])
def test_a_policy_that_is_wrong_stops_the_run(site: Path, text: str) -> None:
    policy = site.parent / "policy.yaml"
    policy.write_text(text + "\n", encoding="utf-8")
    with pytest.raises(BadConfig):
        load(policy)
    assert gate().exit_code == 2
    policy.unlink()
    assert gate().exit_code == 2


def test_what_decides_which_rules_count_cannot_be_lent() -> None:
    assert not {"rules", "select", "ignore", "fail_on", "cap", "preset", "overrides", "exclude", "rule_folders", "model", "approvers"} & {
        *LENDABLE
    }

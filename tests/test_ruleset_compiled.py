"""Compiled rules: read back the same, noticed when a byte changes, and without what checks rule files."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from copycheck import ruleset, store
from copycheck.ruleset import BadRules, compiled
from copycheck.ruleset.location import rules_dir
from tests.test_ruleset import GOOD, write

PROBE = """
import sys
from pathlib import Path
from copycheck import ruleset
loaded = ruleset.load([Path(folder) for folder in sys.argv[2:]], Path(sys.argv[1]))
print(loaded.rules[0].title, sorted({"pydantic", "yaml", "regex"} & set(sys.modules)))
"""


def probe(kept: Path, *folders: Path) -> str:
    arguments = [str(path) for path in (kept, *folders)]
    done = subprocess.run([sys.executable, "-c", PROBE, *arguments], capture_output=True, text=True, check=True, env=os.environ)
    return done.stdout.strip()


def only(kept: Path) -> Path:
    (path,) = (kept / "rules").rglob("*.json")
    return path


def test_an_unchanged_folder_is_not_checked_again(tmp_path):
    write(tmp_path / "rules", "language/wonder.yaml", GOOD)
    assert probe(tmp_path / "kept", tmp_path / "rules") == "Says wonder ['pydantic', 'yaml']"
    assert probe(tmp_path / "kept", tmp_path / "rules") == "Says wonder []"


def test_a_change_is_noticed_by_content_not_by_time(tmp_path):
    path = write(tmp_path / "rules", "language/wonder.yaml", GOOD)
    before = path.stat()
    ruleset.load([tmp_path / "rules"], tmp_path / "kept")
    path.write_text(GOOD.replace("Says wonder", "Says magic!"), encoding="utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert ruleset.load([tmp_path / "rules"], tmp_path / "kept").rules[0].title == "Says magic!"
    path.write_text(GOOD, encoding="utf-8")
    assert ruleset.load([tmp_path / "rules"], tmp_path / "kept").rules[0].title == "Says wonder"


def test_rules_come_back_the_same():
    fresh, again = ruleset.load([rules_dir()]), None
    kept = Path(os.environ["COPYCHECK_CACHE_DIR"])
    for _ in range(2):
        again = ruleset.load([rules_dir()], kept)
    assert again and again.ids == fresh.ids and again.name == fresh.name
    assert again.rules == fresh.rules
    assert again.terms == fresh.terms and again.terms.needed == fresh.terms.needed
    assert again.rules[0] != fresh.rules[1] and len({fresh.rules[0], fresh.rules[0]}) == 1


def test_the_same_rules_elsewhere_share_their_form_but_not_their_path(tmp_path):
    for name in ("one", "two"):
        write(tmp_path / name, "language/wonder.yaml", GOOD)
        assert ruleset.load([tmp_path / name], tmp_path / "kept").rules[0].path == str(tmp_path / name / "language" / "wonder.yaml")
    assert only(tmp_path / "kept")


@pytest.mark.parametrize("damage", [b"", b"\xff\xfe", b"[]"])
def test_a_damaged_form_is_made_again(tmp_path, damage):
    write(tmp_path / "rules", "language/wonder.yaml", GOOD)
    ruleset.load([tmp_path / "rules"], tmp_path / "kept")
    only(tmp_path / "kept").write_bytes(damage)
    assert ruleset.load([tmp_path / "rules"], tmp_path / "kept").rules[0].title == "Says wonder"
    assert probe(tmp_path / "kept", tmp_path / "rules") == "Says wonder []"


def test_rules_that_do_not_load_are_never_kept(tmp_path):
    write(tmp_path / "rules", "language/wonder.yaml", GOOD.replace("severity", "sevrity"))
    for _ in range(2):
        with pytest.raises(BadRules, match="sevrity"):
            ruleset.load([tmp_path / "rules"], tmp_path / "kept")
    assert not (tmp_path / "kept").exists()


def test_word_lists_of_another_folder_decide_too(tmp_path):
    write(tmp_path / "one", "_terms.yaml", "drug: [aspirin]\n")
    write(tmp_path / "two", "language/wonder.yaml", GOOD.replace("phrases: [wonder drug]", "patterns: ['wonder {drug}']"))
    folders = [tmp_path / "one", tmp_path / "two"]
    assert ruleset.load(folders, tmp_path / "kept").terms.needed.sets("wonder {drug}") == [[frozenset({"\0aspirin"})]]
    write(tmp_path / "one", "_terms.yaml", "medicine: [aspirin]\n")
    with pytest.raises(BadRules, match="no word list"):
        ruleset.load(folders, tmp_path / "kept")


def test_a_broken_word_list_is_told(tmp_path):
    write(tmp_path, "language/wonder.yaml", GOOD)
    for text, said in (("a: [\n", "terms:"), ("- x\n", "are a mapping")):
        write(tmp_path, "_terms.yaml", text)
        with pytest.raises(BadRules, match=said):
            ruleset.load([tmp_path])


def test_a_build_may_ship_the_form(tmp_path, monkeypatch):
    write(tmp_path / "rules", "language/wonder.yaml", GOOD)
    name = ruleset.load([tmp_path / "rules"], tmp_path / "kept").name
    monkeypatch.setattr(compiled, "SHIPPED", tmp_path / "shipped")
    (tmp_path / "shipped").mkdir()
    only(tmp_path / "kept").rename(tmp_path / "shipped" / f"{name}.json")
    assert ruleset.load([tmp_path / "rules"]).rules[0].title == "Says wonder"
    assert store.read(tmp_path / "shipped" / f"{name}.json", name)


def test_rules_are_read_only_and_can_be_handed_over(tmp_path):
    write(tmp_path, "language/wonder.yaml", GOOD)
    loaded = ruleset.load([tmp_path])
    with pytest.raises(AttributeError, match="not changed"):
        loaded.rules[0].title = "x"
    again = pickle.loads(pickle.dumps(loaded))
    assert again.rules == loaded.rules and again.terms == loaded.terms and again.ids == loaded.ids and again.name == loaded.name


def test_an_unreadable_rule_file_is_told(tmp_path):
    write(tmp_path, "language/wonder.yaml", GOOD)
    (tmp_path / "language" / "folder.yaml").mkdir()
    with pytest.raises(BadRules, match=r"folder\.yaml:1: file:"):
        ruleset.load([tmp_path])

"""The JSON Schemas of configuration and rule files: in step with what reads them, and with what the documentation shows."""

from __future__ import annotations

import json
import re
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from jsonschema import Draft7Validator

from copycheck import config, policy, proposal, strictyaml
from copycheck.ruleset import BadRules, load
from copycheck.ruleset.location import is_rule
from tests.command import run

ROOT = Path(__file__).parent.parent
RULES = ROOT / "rules"


def schema(name: str) -> Any:
    return json.loads((ROOT / "copycheck" / "data" / "schema" / f"{name}-1.json").read_text("utf-8"))


CONFIG, RULE = Draft7Validator(schema("config")), Draft7Validator(schema("rules"))


@pytest.fixture(scope="module")
def build() -> ModuleType:
    spec = spec_from_file_location("build_schemas", ROOT / "tools" / "build_schemas.py")
    assert spec and spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def refused_config(text: str, folder: Path) -> bool:
    """Whether the program refuses a configuration; the schema must say the same."""
    (folder / ".copycheck.yaml").write_text(text, encoding="utf-8")
    try:
        config.load(folder / ".copycheck.yaml")
    except config.BadConfig:
        return True
    return False


@pytest.mark.parametrize("name", ["config", "rules"])
def test_the_files_are_those_that_the_tool_makes(build: ModuleType, name: str) -> None:
    assert schema(name) == build.SCHEMAS[f"{name}-1.json"](), "run: python tools/build_schemas.py"
    Draft7Validator.check_schema(schema(name))


def test_every_key_has_its_meaning() -> None:
    properties = CONFIG.schema["properties"]
    assert {key for key, value in properties.items() if "description" not in value} == {"site"}  # said of each of its keys


@pytest.mark.parametrize("name", ["config", "rules", "report"])
def test_the_command_prints_them(name: str) -> None:
    done = run("schema", name)
    assert done.exit_code == 0 and json.loads(done.output) == schema(name)
    assert run("schema", "none").exit_code == 2


def test_every_rule_that_ships_is_valid() -> None:
    paths = [path for path in sorted(RULES.rglob("*.yaml")) if is_rule(path.relative_to(RULES).as_posix())]
    wrong = [path.name for path in paths if not RULE.is_valid(strictyaml.load(path.read_text("utf-8")).data)]
    assert len(paths) > 100 and not wrong


GOOD_RULE = """kind: pattern
severity: warning
confidence: high
title: House word
message: Not “{match}”.
why: House style.
patterns: [people who drink]
examples:
  flag: ['For [|people who drink|].']
  pass: [{text: For all., vertical: addiction}]
"""


@pytest.mark.parametrize(
    ("old", "new", "refused"),
    [
        ("", "", False),
        ("severity: warning", "sevrity: warning", True),
        ("severity: warning", "severity: loud", True),
        ("kind: pattern", "kind: phrase", True),
        ("kind: pattern", "kind: judged", True),  # one that knows no patterns, and needs a label
        ("title: House word\n", "", True),
        ("title: House word", "title: ''", True),
        ("title: House word", "id: language/house-word\ntitle: House word", True),
        ("title: House word", "applies: {vertical: [addiction], promotional: true}\ntitle: House word", False),
        ("title: House word", "applies: {vertical: [none]}\ntitle: House word", True),
        ("title: House word", "applies: {state: [xx]}\ntitle: House word", True),
        ("title: House word", "unless: [negated]\nsafe: true\nswap: {be drunk: [drink]}\ntitle: House word", False),
        ("title: House word", "unless: [denied]\ntitle: House word", True),
        ("text: For all.", "txt: For all.", True),
        ("['For [|people who drink|].']", "[]", True),
        ("patterns: [people who drink]", "patterns: people who drink", True),
    ],
)
def test_schema_and_program_agree_on_rules(tmp_path: Path, old: str, new: str, refused: bool) -> None:
    text = GOOD_RULE.replace(old, new, 1) if old else GOOD_RULE
    assert old in GOOD_RULE
    (tmp_path / "language").mkdir()
    (tmp_path / "language" / "house-word.yaml").write_text(text, encoding="utf-8")
    assert RULE.is_valid(strictyaml.load(text).data) is not refused
    if refused:
        with pytest.raises(BadRules):
            load([tmp_path]).rules  # noqa: B018
    else:
        assert load([tmp_path]).rules


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        "preset: publisher\nfail_on: never\nspelling: uk",
        "states: [fl, TX]",
        "rules: {typos: off, claims/bare-statistic: error}",
        "overrides: [{paths: ['a/**'], audience: patient, require_sources: false, states: [fl]}]",
        "site: {domains: [a.example], carries: [advice, stem-cells]}",
        "max_file_size: 10\nsource_age: 5",
        proposal.render("us", "clinic", ["fl"], "blog", ["advice"], ["a.example"]),
    ],
)
def test_schema_and_program_take_the_same_configurations(tmp_path: Path, text: str) -> None:
    assert not refused_config(text, tmp_path)
    CONFIG.validate(strictyaml.load(text).data)


@pytest.mark.parametrize(
    "text",
    [
        "presett: clinic",
        "preset: strict",
        "- a",
        "states: [florida]",
        "vocabulary: word",
        "vocabulary: [1]",
        "max_file_size: 0",
        "source_age: true",
        "model: 3",
        "promotional: 'true'",
        "rules: {typos: false}",
        "site: {footer: [advice]}",
        "site: {carries: [advise]}",
        "overrides: {}",
        "overrides: [{audience: blog}]",
        "overrides: [{paths: [a], exclude: [b]}]",
        "overrides: [{paths: [a], fail_on: loud}]",
    ],
)
def test_schema_and_program_refuse_the_same_configurations(tmp_path: Path, text: str) -> None:
    assert refused_config(text, tmp_path)
    assert not CONFIG.is_valid(strictyaml.load(text).data)


def examples() -> list[Any]:
    """The YAML blocks of the documentation that are configurations or whole rules."""
    found = []
    for page in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))):
        for block in re.findall(r"^```yaml\n(.*?)^```$", page.read_text("utf-8"), re.M | re.S):
            data = strictyaml.load(block).data
            if isinstance(data, dict) and (data.keys() & CONFIG.schema["properties"].keys() or "examples" in data):
                found.append(pytest.param(data, id=f"{page.name}-{next(iter(data))}"))
    return found


def test_the_documentation_has_examples() -> None:
    assert len(examples()) >= 2


@pytest.mark.parametrize("data", examples())
def test_what_the_documentation_shows_is_valid(data: dict[str, Any]) -> None:
    own = {key: value for key, value in data.items() if key != policy.ALLOW}  # of a gate's policy
    (RULE if "examples" in data else CONFIG).validate(own)

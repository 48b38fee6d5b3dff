"""Build schemas: JSON Schemas of configuration and rule files, of the tables and models that read them; meanings are those of the docs.

Use: python tools/build_schemas.py
Writes copycheck/data/schema/config-1.json and rules-1.json. They are of draft 7, which every editor knows.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Annotated, Any, Union

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from pydantic import Field, TypeAdapter

from copycheck import config
from copycheck.findings import JURISDICTIONS, STATES, VERTICALS
from copycheck.ruleset.models import KINDS

FOLDER = ROOT / "copycheck" / "data" / "schema"
DRAFT = "http://json-schema.org/draft-07/schema#"


def meanings(page: str, heading: str) -> dict[str, str]:
    """What the first table below a heading of a page says of each key: the text of its last column, without mark-up."""
    rows = re.split(rf"^#+ {heading}$", (ROOT / page).read_text(encoding="utf-8"), maxsplit=1, flags=re.M)[1].split("\n| ")[3:]
    found = {}
    for row in rows:
        cells = row.partition("\n")[0].strip(" |").split(" | ")
        plain = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", cells[-1]).replace("`", "")
        found |= dict.fromkeys(re.findall(r"`([a-z_.]+)`", cells[0]), plain[:1].upper() + plain[1:])
        if not row.endswith("|"):  # the row before the text below the table
            break
    return found


def config_schema() -> dict[str, Any]:
    """Of a `.copycheck.yaml`."""
    said = meanings("docs/configuration.md", "Configuration")
    texts = {"type": "array", "items": {"type": "string"}}
    levels = {"enum": [*config.SEVERITIES]}
    kinds: dict[str, dict[str, Any]] = {
        **{key: {"enum": [*choices]} for key, choices in config.CHOICES.items()},
        **{key: {"type": "string"} for key in config.TEXTS},
        **dict.fromkeys(config.LISTS, texts),
        **{key: {"type": "integer", "minimum": 1} for key in config.NUMBERS},
        "jurisdiction": {"enum": [*JURISDICTIONS]},
        "vertical": {"enum": [*VERTICALS]},
        "states": {"type": "array", "items": {"enum": [*STATES, *(code.upper() for code in STATES)]}},
        "rules": {"type": "object", "additionalProperties": levels},
        "site": _closed(
            {
                "domains": texts | {"description": said["site.domains"]},
                "carries": {"type": "array", "items": {"enum": [*config.CARRIES]}, "description": said["site.carries"]},
            }
        ),
    }
    described = {key: kind | ({"description": said[key]} if key in said else {}) for key, kind in kinds.items()}
    override = _closed({"paths": texts} | {key: described[key] for key in sorted(config.OVERRIDABLE)}) | {"required": ["paths"]}
    described["overrides"] = {"type": "array", "items": override, "description": said["overrides"]}
    return _named("config", "Configuration of copycheck") | _closed(dict(sorted(described.items())))


def rules_schema() -> dict[str, Any]:
    """Of a rule file; what holds between keys, and the pattern language, `copycheck test` checks."""
    made = TypeAdapter(Annotated[Union[*KINDS.values()], Field(discriminator="kind")]).json_schema()
    said = meanings("CONTRIBUTING.md", "What the keys mean")
    for kind in {kind.__name__ for kind in KINDS.values()}:
        for key, value in made["$defs"][kind]["properties"].items():
            if key in said and "$ref" not in value:
                value["description"] = said[key]
    made.pop("discriminator")
    return _named("rules", "A rule of copycheck") | _plain(made)


def _named(name: str, title: str) -> dict[str, Any]:
    return {"$schema": DRAFT, "$id": f"urn:copycheck:{name}-1", "title": title}


def _closed(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": False, "properties": properties}


def _plain(node: Any, named: bool = False) -> Any:
    """Without the titles that pydantic makes of names; `named`: the keys are names of properties or definitions."""
    if isinstance(node, list):
        return [_plain(item) for item in node]
    if not isinstance(node, dict):
        return node
    return {
        key: _plain(value, not named and key in ("properties", "$defs"))
        for key, value in node.items()
        if named or key != "title" or not isinstance(value, str)
    }


SCHEMAS = {"config-1.json": config_schema, "rules-1.json": rules_schema}

if __name__ == "__main__":
    for name, make in SCHEMAS.items():
        (FOLDER / name).write_text(json.dumps(make(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")

"""Build hook: puts into a wheel what is made of the rules and of the data on claims, so that no run need make it; a bad rule fails it."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompiledRules(BuildHookInterface):  # type: ignore[type-arg]
    """Found by hatchling in this file."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":  # its rules change, and are compiled when they do
            return
        sys.path.insert(0, self.root)
        from copycheck import identity, making, ready, ruleset, store

        kept = Path(tempfile.mkdtemp(prefix="copycheck-rules-"))
        rules = ruleset.load([Path(self.root, "rules")], kept)
        made = {f"{rules.name}.json": store.place(kept / "rules", rules.name)}
        for file, (key, value) in making.make().items():
            made[file] = kept / file
            store.write(made[file], key, value)
        made[ready.SHIPPED.name] = kept / ready.SHIPPED.name
        ready.write(made[ready.SHIPPED.name], making.expressions(rules))
        for file, path in made.items():
            build_data["force_include"][str(path)] = f"copycheck/{identity.MADE}/{file}"

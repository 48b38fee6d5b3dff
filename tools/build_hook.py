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
        name = rules.name
        build_data["force_include"][str(store.place(kept / "rules", name))] = f"copycheck/{identity.MADE}/{name}.json"
        for file, (key, value) in making.make().items():
            store.write(kept / file, key, value)
            build_data["force_include"][str(kept / file)] = f"copycheck/{identity.MADE}/{file}"
        ready.write(kept / ready.SHIPPED.name, making.expressions(rules))
        build_data["force_include"][str(kept / ready.SHIPPED.name)] = f"copycheck/{identity.MADE}/{ready.SHIPPED.name}"

"""Build hook: puts the compiled form of the bundled rules into a wheel, so that no run need check them; a bad rule fails the build."""

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
        from copycheck import identity, ruleset, store

        kept = Path(tempfile.mkdtemp(prefix="copycheck-rules-"))
        name = ruleset.load([Path(self.root, "rules")], kept).name
        build_data["force_include"][str(store.place(kept / "rules", name))] = f"copycheck/{identity.MADE}/{name}.json"

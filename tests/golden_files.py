"""Golden files: what a report must look like, letter by letter.

Set COPYCHECK_WRITE_GOLDEN=1 to write what the code says now; read the difference before you commit it.
"""

from __future__ import annotations

import os
from pathlib import Path

FOLDER = Path(__file__).parent / "golden"


def assert_golden(name: str, text: str) -> None:
    """`text` is exactly what tests/golden/<name> holds."""
    path = FOLDER / name
    if os.environ.get("COPYCHECK_WRITE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text.encode("utf-8"))
    assert path.is_file(), f"{path} does not exist; write it with COPYCHECK_WRITE_GOLDEN=1"
    assert text == path.read_bytes().decode("utf-8")

"""Build: the extension as a package, `dist/copycheck-VERSION.vsix`. Needs node with npm, and its registry."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PARTS = ("package.json", "package-lock.json", "extension.js", "README.md", "LICENSE")
"""What goes into the package, or is made into it: of this folder, else of the project."""
ESBUILD, VSCE = "esbuild@0.25.10", "@vscode/vsce@3.9.2"


def gather(folder: Path) -> None:
    """Lay the parts of the extension into a folder."""
    for name in PARTS:
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(next(path for path in (HERE / name, ROOT / name) if path.exists()), target)


def build(dist: Path) -> Path:
    """Build the package into a folder and give its path."""
    npm, npx = shutil.which("npm"), shutil.which("npx")
    if npm is None or npx is None:
        sys.exit("npm is needed to build the extension, and is not installed")
    dist.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder:
        _package(Path(folder), dist.resolve(), npm, npx)
    (made,) = dist.glob("copycheck-*.vsix")
    return made


def _package(work: Path, dist: Path, npm: str, npx: str) -> None:
    gather(work)
    (work / ".vscodeignore").write_text("node_modules/**\nextension.js\npackage-lock.json\n", encoding="utf-8")
    bundle = ("extension.js", "--bundle", "--platform=node", "--minify", "--external:vscode", "--outfile=out/extension.js")
    subprocess.run((npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"), cwd=work, check=True)
    subprocess.run((npx, "--yes", ESBUILD, *bundle), cwd=work, check=True)
    licences = [path.read_text(encoding="utf-8") for path in sorted((work / "node_modules").glob("*/[Ll][Ii][Cc][Ee][Nn][SsCc][Ee]*"))]
    (work / "NOTICE.txt").write_text("out/extension.js holds libraries under these licences.\n\n" + "\n\n".join(licences), encoding="utf-8")
    package = (npx, "--yes", VSCE, "package", "--no-dependencies", "--allow-missing-repository", "--out", str(dist))
    subprocess.run(package, cwd=work, check=True)


if __name__ == "__main__":
    print(build(Path(sys.argv[1]) if sys.argv[1:] else HERE / "dist"))

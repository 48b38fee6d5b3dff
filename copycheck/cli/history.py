"""History: what files were at a git revision, asked of the `git` command with fixed arguments, never through a shell."""

from __future__ import annotations

import os
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from copycheck.cli.trouble import stop
from copycheck.findings import Report

_ASK = {"GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0"}  # it neither writes nor asks the network
_OF_HOOKS = frozenset({"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"})  # a hook's are as seen from another folder


class History:
    """A revision of the repository that the first folder lies in which lies in one. Stops where there is no git or no such revision."""

    def __init__(self, revision: str, *folders: Path) -> None:
        for self._top in folders:
            top = self._git("rev-parse", "--show-toplevel")
            if top is not None:
                break
        else:
            stop(f"--diff: {folders[0]} lies in no git repository that git will read")
        self._top = Path(os.fsdecode(top.removesuffix(b"\n"))).resolve()
        commit = self._git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        if commit is None:
            stop(f"--diff: {self._top} has no revision {revision!r}; a shallow clone has to fetch it, and a new repository has none yet")
        self._commit = commit.decode("ascii").strip()

    def split(self, reports: Sequence[Report]) -> list[Report]:
        """The reports with what stands on text that the revision has too among `known`."""
        from copycheck import touched
        from copycheck.readers import source_of
        from copycheck.source import Unreadable

        split = []
        for report, data in zip(reports, self._contents([Path(report.path) for report in reports]), strict=True):
            try:
                before = None if data is None else source_of(data, report.path).text
            except Unreadable:  # as good as new
                before = None
            split.append(touched.split(report, before))
        return split

    def _contents(self, paths: Sequence[Path]) -> list[bytes | None]:
        """What each file was at the revision, under its present name or the one before a rename; None for one that git did not know."""
        renamed = self._renamed()
        names = [self._name(path) for path in paths]
        names = [renamed.get(name, name) for name in names]
        asked = b"".join(self._commit.encode() + b":" + name + b"\n" for name in names if name)
        answer = self._git("cat-file", "--batch", given=asked)
        if answer is None:
            stop(f"--diff: git cannot read what is in {self._top}")
        stream = BytesIO(answer)
        return [_content(stream) if name else None for name in names]

    def _renamed(self) -> dict[bytes, bytes]:
        """The earlier names of tracked files that were renamed since."""
        listed = self._git("diff", "--name-status", "-z", "--find-renames", "--diff-filter=R", "--no-ext-diff", self._commit, "--") or b""
        parts = listed.split(b"\0")
        return dict(zip(parts[2::3], parts[1::3], strict=False))

    def _name(self, path: Path) -> bytes:
        """The file as git names it; empty for one outside the repository, or that cannot be asked for on a line of its own."""
        try:
            name = os.fsencode(Path(os.path.realpath(path.parent), path.name).relative_to(self._top).as_posix())
        except ValueError:
            return b""
        return b"" if b"\n" in name else name

    def _git(self, *arguments: str, given: bytes = b"") -> bytes | None:
        """What git answers; None where it fails. Stops where there is no such command."""
        import subprocess

        surroundings = {name: value for name, value in os.environ.items() if name not in _OF_HOOKS} | _ASK
        command = ["git", "-C", str(self._top), "-c", "core.fsmonitor=false", *arguments]
        try:
            done = subprocess.run(command, input=given, capture_output=True, env=surroundings, check=False)
        except OSError as error:
            stop(f"--diff: the command git cannot be run: {error.strerror}")
        except ValueError:  # a NUL in the revision
            return None
        return done.stdout if done.returncode == 0 else None


def _content(answer: BytesIO) -> bytes | None:
    """The next of the objects in an answer of `git cat-file --batch`; None for one that is missing, or no file."""
    *_, kind, size = answer.readline().split()
    if not size.isdigit():  # the line says `missing` in its place
        return None
    data = answer.read(int(size) + 1)[:-1]
    return data if kind == b"blob" else None

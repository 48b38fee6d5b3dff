"""Files: what a run checks; what it leaves out; what can't be read."""

import os
from pathlib import Path

import pytest

from copycheck.files import discover, read_bytes, write_bytes
from copycheck.source import Unreadable


def tree(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Text.\n", encoding="utf-8")


def names(folder: Path, *paths: str, excluded=lambda path: False, force: bool = False) -> list[str]:
    found = list(discover([folder / path for path in paths] or [folder], excluded, force))
    assert not any(entry.error for entry in found)
    return [entry.path.relative_to(folder).as_posix() for entry in found]


def test_a_folder_gives_its_articles_in_order(tmp_path):
    tree(tmp_path, "b.md", "a.html", "sub/c.mdx", "sub/x.py", "data.json", "z.txt", "README")
    assert names(tmp_path) == ["a.html", "b.md", "sub/c.mdx", "z.txt"]


def test_what_tools_leave_behind_is_no_content(tmp_path):
    tree(tmp_path, "a.md", "node_modules/b.md", ".git/c.md", "_site/d.html")
    assert names(tmp_path) == ["a.md"]


def test_gitignore_files_count_from_their_folder(tmp_path):
    tree(tmp_path, "a.md", "drafts/b.md", "sub/c.md", "sub/old/d.md", "old/e.md")
    (tmp_path / ".gitignore").write_text("drafts/\n", encoding="utf-8")
    (tmp_path / "sub" / ".gitignore").write_text("old\n", encoding="utf-8")
    assert names(tmp_path) == ["a.md", "old/e.md", "sub/c.md"]


def test_excluded_files_only_where_they_are_not_named_or_forced(tmp_path):
    tree(tmp_path, "a.md", "b.md")
    excluded = lambda path: path.name == "b.md"  # noqa: E731
    assert names(tmp_path, excluded=excluded) == ["a.md"]
    assert names(tmp_path, "b.md", excluded=excluded) == ["b.md"]
    assert names(tmp_path, "b.md", excluded=excluded, force=True) == []


def test_each_file_once(tmp_path):
    tree(tmp_path, "a.md")
    assert names(tmp_path, "a.md", ".", "a.md") == ["a.md"]


def test_each_file_once_whatever_leads_to_it(tmp_path, monkeypatch):
    tree(tmp_path, "in/a.md")
    (tmp_path / "link").symlink_to(tmp_path / "in")
    assert names(tmp_path, "in", "link", "link/../in/a.md") == ["in/a.md"]
    monkeypatch.chdir(tmp_path)
    assert [str(one.path) for one in discover(map(Path, ["in", str(tmp_path)]), lambda path: False)] == [str(Path("in", "a.md"))]


def test_links_are_not_followed_in_a_walk_but_may_be_named(tmp_path):
    tree(tmp_path, "out/a.md", "in/b.md")
    (tmp_path / "in" / "link.md").symlink_to(tmp_path / "out" / "a.md")
    (tmp_path / "in" / "loop").symlink_to(tmp_path / "in")
    assert names(tmp_path, "in") == ["in/b.md"]
    assert names(tmp_path, "in/link.md") == ["in/link.md"]


def test_what_is_not_there_is_an_error(tmp_path):
    (tmp_path / "empty").mkdir()
    found = list(discover([tmp_path / "gone.md", tmp_path / "empty"], lambda path: False))
    assert "no such file" in (found[0].error or "") and "no articles" in (found[1].error or "")


def test_bytes_of_a_file(tmp_path):
    tree(tmp_path, "a.md")
    assert read_bytes(tmp_path / "a.md") == b"Text.\n"


def test_a_file_over_the_limit_is_refused(tmp_path):
    tree(tmp_path, "a.md")
    with pytest.raises(Unreadable, match="6 bytes, over the limit of 3; the setting max_file_size"):
        read_bytes(tmp_path / "a.md", 3, "max_file_size")
    assert read_bytes(tmp_path / "a.md", 10**18) == b"Text.\n"


def test_what_is_no_file_is_refused(tmp_path):
    with pytest.raises(Unreadable, match="cannot be opened"):
        read_bytes(tmp_path / "gone.md")
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.md")
        with pytest.raises(Unreadable, match="no regular file"):
            read_bytes(tmp_path / "pipe.md")
    with pytest.raises(Unreadable):
        read_bytes(tmp_path)
    with pytest.raises(Unreadable, match="no file has such a name"):
        read_bytes(tmp_path / "a\0b.md")


def test_a_folder_or_ignore_file_that_cannot_be_read_is_an_error_of_its_own(tmp_path, monkeypatch):
    tree(tmp_path, "a.md", "locked/b.md", "z.md")
    (tmp_path / ".gitignore").write_text("#" * 6_000_000, encoding="utf-8")
    real = os.scandir

    def scandir(path):
        if str(path).endswith("locked"):
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    found = [(entry.path.name, entry.error) for entry in discover([tmp_path], lambda path: False)]
    assert [name for name, error in found if error is None] == ["a.md", "z.md"]
    errors = {name: error for name, error in found if error}
    assert "over the limit" in errors[".gitignore"] and "Permission denied" in errors["locked"]


def test_folders_lie_as_deep_as_the_system_lets(tmp_path):
    inner = tmp_path / "top"
    inner.mkdir()
    made = [inner]
    try:
        while len(made) < 1_500:  # further than Python recurses; one by one, since Path.mkdir recurses too
            made.append(made[-1] / "d")
            os.mkdir(made[-1])  # noqa: PTH102
        found = list(discover([inner], lambda path: False))
        assert len(found) == 1 and "no articles" in (found[0].error or "")
    finally:
        for path in reversed(made):
            path.rmdir()


def test_a_file_that_grows_while_it_is_read_is_refused(tmp_path):
    endless = Path("/proc/self/maps")  # says it is 0 bytes and is not
    if not endless.exists():
        pytest.skip("this system has no such file")
    with pytest.raises(Unreadable, match="over the limit"):
        read_bytes(endless, 10)


@pytest.mark.parametrize("at", ["open", "replace"])
def test_a_file_is_written_whole_or_not_at_all(tmp_path, monkeypatch, at):
    """What was there stays until the new one is complete, and nothing is left beside it."""
    path = tmp_path / "a.md"
    path.write_bytes(b"before")
    real = getattr(Path, at)

    def failing(self, *arguments, **named):
        if at == "open":
            real(self, *arguments, **named).write(b"aft")
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, at, failing)
        with pytest.raises(OSError, match="No space left"):
            write_bytes(path, b"after")
    assert path.read_bytes() == b"before" and list(tmp_path.iterdir()) == [path]
    write_bytes(path, b"after")
    assert path.read_bytes() == b"after" and list(tmp_path.iterdir()) == [path]

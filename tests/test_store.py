"""Store: values come back as they were written, or not at all."""

from __future__ import annotations

import json
import os
import threading

import pytest

from copycheck import store

KEY = store.digest(b"key")
VALUE = {"text": "naïve “quotes” \ud800", "numbers": [1, 2.5, None, True]}


def test_a_value_comes_back(tmp_path):
    path = store.place(tmp_path, KEY)
    assert store.read(path, KEY) is None
    assert store.write(path, KEY, VALUE)
    assert store.read(path, KEY) == VALUE
    assert path.parent.name == KEY[:2] and [entry.name for entry in path.parent.iterdir()] == [path.name]


def test_cuts_between_parts_count():
    assert len({store.digest(b"ab", b"c"), store.digest(b"a", b"bc"), store.digest(b"abc"), store.digest(b"abc", b"")}) == 4


@pytest.mark.parametrize("damage", ["cut", "flipped", "empty", "another key", "no json", "binary", "deep"])
def test_what_is_damaged_is_not_there(tmp_path, damage):
    path = store.place(tmp_path, KEY)
    store.write(path, KEY, VALUE)
    data = path.read_bytes()
    head = data.partition(b"\n")[0]
    body = {"no json": b"{", "deep": b"[" * 100_000}.get(damage, b"")
    path.write_bytes(
        {
            "cut": data[:-3],
            "flipped": data.replace(b"quotes", b"quotas"),
            "empty": b"",
            "another key": data.replace(KEY.encode(), store.digest(b"other").encode()),
            "binary": b"\xff" + data,
        }.get(damage, f"{KEY} {store.digest(body)}".encode() + b"\n" + body)
    )
    assert head and store.read(path, KEY) is None


def test_a_folder_that_cannot_be_written_to_is_no_error(tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    assert not store.write(tmp_path / "file" / "inner" / "x.json", KEY, VALUE)
    store.prepare(tmp_path / "file")
    store.prune(tmp_path / "none", 1)


def test_a_failed_write_leaves_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr("pathlib.Path.replace", lambda *_: (_ for _ in ()).throw(OSError("full")))
    assert not store.write(tmp_path / "a.json", KEY, VALUE)
    assert list(tmp_path.iterdir()) == []


def test_concurrent_writers_leave_a_whole_file(tmp_path):
    path = tmp_path / "a.json"
    seen = []

    def work(number: int) -> None:
        for _ in range(40):
            store.write(path, KEY, [number] * 2_000)
            seen.append(store.read(path, KEY))

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(value is not None and len(set(value)) == 1 for value in seen)


def test_prune_drops_what_was_used_longest_ago(tmp_path):
    for age, name in enumerate(["new", "middle", "old"]):
        (tmp_path / name).write_bytes(b"x" * 100)
        os.utime(tmp_path / name, (1_000_000 - age, 1_000_000 - age))
    store.prune(tmp_path, 250)
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["middle", "new"]


def test_a_cache_folder_is_marked(tmp_path):
    store.prepare(tmp_path / "kept")
    assert (tmp_path / "kept" / "CACHEDIR.TAG").read_text(encoding="ascii").startswith("Signature: 8a477f597d28d172789f06886806bc55")
    assert (tmp_path / "kept" / ".gitignore").read_text(encoding="ascii") == "*\n"


def test_it_is_plain_json(tmp_path):
    store.write(tmp_path / "a.json", KEY, VALUE)
    assert json.loads((tmp_path / "a.json").read_bytes().partition(b"\n")[2]) == VALUE

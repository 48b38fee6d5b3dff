"""Strict TOML: what is read, what the guards refuse, and in which line."""

import pytest

from copycheck.stricttoml import MAX_DEPTH, BadToml, is_deeper, load


def test_values_as_the_standard_library_reads_them():
    assert load("a = 1\r\n[b]\r\nc = '[[['  # ]]]\r\n") == {"a": 1, "b": {"c": "[[["}}
    assert load('a = """\n[[[ \\""" ]"""\nb = [[1]]\n') == {"a": '[[[ """ ]', "b": [[1]]}
    assert load("a = '''\n[[\n'''\n") == {"a": "[[\n"}


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("a = 1\na = 2\n", 2, "overwrite"),
        ("a = 1\nb = \n", 2, "Invalid value"),
        ('a = """', 1, "Unterminated"),
        ("a = " + "1" * 5_000, 1, "limit"),
        ("\na = " + "[" * 5_000 + "]" * 5_000, 2, "nested"),
        ("\n" + ".".join(["a"] * 20_000) + " = 1", 2, "nested"),
        ("[" + " . ".join(["a"] * 2_000) + "]", 1, "nested"),
        ("".join("{a = " for _ in range(50)), 1, "nested"),
        ('b = "' + "]" * 1_500 + '"\na = ' + "[" * 1_000 + "]" * 1_000, 2, "nested"),
        (".".join(["a"] * 30) + " = {" + ".".join(["b"] * 30) + " = 1}", 1, "nested"),
    ],
)
def test_what_is_refused(text, line, said):
    with pytest.raises(BadToml) as refused:
        load(text)
    assert refused.value.line == line and said in refused.value.reason


def test_depth_is_told_without_recursion():
    deep: list[object] = []
    for _ in range(100_000):
        deep = [deep]
    assert is_deeper(deep, MAX_DEPTH)
    assert not is_deeper([[1], {"a": [2]}], 3) and is_deeper([[1], {"a": [2]}], 2)
    while deep:  # taken apart by hand: its own end would be recursive
        deep = deep[0]  # type: ignore[assignment]

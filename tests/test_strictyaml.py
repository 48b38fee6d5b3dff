"""Strict YAML: plain values with lines; hostile text is refused in milliseconds, never a crash."""

import pytest

from copycheck import strictyaml
from copycheck.strictyaml import BadYaml


def test_scalars_stay_what_they_look_like():
    loaded = strictyaml.load("a: 1\nb: [no, 'yes', 2024-01-01, 012, true, ~, 1.5, 1e3, '']\n")
    assert loaded.data == {"a": 1, "b": ["no", "yes", "2024-01-01", "012", True, None, 1.5, 1000.0, ""]}


def test_keys_are_texts():
    assert strictyaml.load("1: a\ntrue: b\nnull: c\n").data == {"1": "a", "true": "b", "null": "c"}


def test_lines_of_keys_and_items():
    loaded = strictyaml.load("kind: pattern\nexamples:\n  flag:\n    - one\n    - two\n")
    assert loaded.line(("examples", "flag", 1)) == 5
    assert loaded.line(("examples", "flag", 9)) == 3
    assert loaded.line(("nothing",)) == 1


def test_empty_and_scalar_documents():
    assert strictyaml.load("").data is None
    assert strictyaml.load("just text").data == "just text"


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("a: 1\na: 2", 2, "twice"),
        ("a: &x 1\nb: *x", 1, "anchors"),
        ("a: 1\nb: *x", 2, "aliases"),
        ("!!python/object:os.system x", 1, "tags"),
        ("a: !!set {x}", 1, "tags"),
        ("? [a]\n: b", 1, "key that is itself"),
        ("a: 1\n---\nb: 2", 2, "second document"),
        ("a: [1", 1, ""),
        ("a: 'x", 1, ""),
    ],
)
def test_refusals_name_the_line(text, line, reason):
    with pytest.raises(BadYaml) as caught:
        strictyaml.load(text)
    assert reason in caught.value.reason
    assert caught.value.line >= line


@pytest.mark.parametrize("text", ["[" * 100_000, "{a: " * 50_000, "- " * 50_000, "x" * 4_000_001])
def test_bombs_are_refused(text):
    with pytest.raises(BadYaml):
        strictyaml.load(text)


def test_aliases_stand_for_values_where_they_are_asked_for():
    assert strictyaml.load("a: &x [1, 2]\nb: *x\nc: {d: *x}", aliases=True).data == {"a": [1, 2], "b": [1, 2], "c": {"d": [1, 2]}}
    assert strictyaml.load("a: &x 1\nb: [*x, *x]", aliases=True).data == {"a": 1, "b": [1, 1]}


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("b: *x", 1, "stands for nothing"),
        ("a: &x [*x]", 1, "stands for nothing"),
        ("a: &x b\n*x : c", 2, "a key that is an alias"),
        (
            "a0: &a0 [1, 1]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 9)),
            5,
            "more than 20,000 values",
        ),
        ("a0: &a0 [1]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}]\n" for n in range(1, 60)), 40, "nested more than 40 deep"),
    ],
)
def test_aliases_that_are_refused(text, line, reason):
    with pytest.raises(BadYaml) as caught:
        strictyaml.load(text, aliases=True)
    assert reason in caught.value.reason and caught.value.line >= line

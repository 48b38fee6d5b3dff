"""Ready: expressions that a build compiled are the same, and where they cannot be had they are compiled as any other."""

from __future__ import annotations

import json
import re
import warnings
from array import array

import pytest

from copycheck import lazy, lookbehind, making, ready, ruleset
from copycheck.ruleset import patterns
from copycheck.ruleset.location import rules_dir
from copycheck.screen import Pattern

IGNORING = int(re.IGNORECASE)
GIVEN = [
    (r"(?P<flag>b+)(c)?(?P<more>d)", IGNORING),
    (r"(?<=a|bc)d", 0),
    (r"(?m)^x", 0),
    ("é", IGNORING),
    ("(", 0),
]


@pytest.fixture
def shipped(tmp_path, monkeypatch):
    """The path at which the program looks for what a build left; what was read is forgotten before and after."""
    monkeypatch.setattr(ready, "SHIPPED", tmp_path / "expressions.bin")
    ready._shipped.cache_clear()
    yield ready.SHIPPED
    ready._shipped.cache_clear()


@pytest.fixture
def written(shipped):
    ready.write(shipped, GIVEN)
    return shipped


def test_they_are_what_they_would_have_been(written):
    for source, flags in GIVEN[:-1]:
        found, fresh = ready.find(source, flags), lookbehind.compile_pattern(source, flags)
        assert found is not None and found.pattern == source
        assert (found.flags, found.groups, dict(found.groupindex)) == (fresh.flags, fresh.groups, dict(fresh.groupindex))
        for text in ("abcd", "ABCD bbcd BD", "x\nx", "É e", ""):
            assert [(m.span(), m.groups(), m.groupdict(), m.lastgroup) for m in found.finditer(text)] == [
                (m.span(), m.groups(), m.groupdict(), m.lastgroup) for m in fresh.finditer(text)
            ]


def test_what_is_not_there_is_compiled(written):
    assert ready.find("other", 0) is None and ready.find("é", 0) is None and ready.find("(", 0) is None
    assert ready.compile_pattern("other").search("an other") and ready.compile_pattern("(?<=a|bc)d", IGNORING).search("xBCd")
    with pytest.raises(re.error):
        ready.compile_pattern("(")


def test_without_a_build_all_is_compiled(shipped):
    assert ready.find("é", IGNORING) is None and ready.compile_pattern("é", IGNORING).search("É")


@pytest.mark.parametrize("damage", ["", "{}\n", "[]\n", "no json\n", '{"key": "x"}\n'])
def test_a_file_of_another_form_is_left_alone(shipped, damage):
    shipped.write_text(damage, encoding="ascii")
    assert ready.find("é", IGNORING) is None


def test_what_another_python_wrote_is_left_alone(written, monkeypatch):
    monkeypatch.setattr("sys.version", "4.0")
    assert ready.find("é", IGNORING) is None


def test_a_wrong_byte_is_noticed(written):
    data = bytearray(written.read_bytes())
    first = data.index(b"\n") + 1
    for at in range(first, len(data)):
        data[at] ^= 1
    written.write_bytes(data)
    assert not any(ready.find(*given) for given in GIVEN)


def test_what_is_told_beside_a_code_is_under_its_digest_too(written):
    data = written.read_bytes()
    assert data.count(b'"flag":1') == 1 and ready.find(*GIVEN[0]) is not None
    ready._shipped.cache_clear()
    written.write_bytes(data.replace(b'"flag":1', b'"flog":1'))
    assert ready.find(*GIVEN[0]) is None and ready.find(*GIVEN[1]) is not None


def test_a_code_that_python_refuses_is_compiled_anew(written):
    head = written.read_bytes().partition(b"\n")[0]
    made = json.loads(head)
    wrong = array("I", [2**31 - 1] * 3)
    for entry in made["index"].values():
        entry[:3] = [0, 3, ready._digest(wrong.tobytes(), *entry[3:])]
    head = json.dumps(made).encode()
    written.write_bytes(head + b" " * (-(len(head) + 1) % 4) + b"\n" + wrong.tobytes())
    assert ready.find("é", IGNORING) is None and ready.compile_pattern("é", IGNORING).search("É")


def test_all_that_a_run_may_compile_is_made_and_matches_the_same(shipped):
    """Of the rules and of the program's own modules; the examples of the rules are the texts."""
    loaded = ruleset.load([rules_dir()])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        every = sorted(set(making.expressions(loaded)))
        ready.write(shipped, every)
    ready._shipped.cache_clear()  # for it was asked for
    texts = [example.text for rule in loaded.rules for example in (*rule.examples.flag, *rule.examples.pass_)][::3]
    together = "\n".join(texts)[:40_000]
    assert {given for given in lazy.GIVEN if given[0] != "("} <= set(every)
    left = [given for given in every if ready.find(*given) is None]
    assert len(every) > 1_800 and len(left) < len(every) / 50
    for source, flags in every[::7]:
        found = ready.find(source, flags)
        if found is not None:
            fresh = lookbehind.compile_pattern(source, flags)
            assert [m.span() for m in found.finditer(together)] == [m.span() for m in fresh.finditer(together)], source


def test_patterns_of_rules_and_of_the_program_are_taken_from_there(shipped, monkeypatch):
    loaded = ruleset.load([rules_dir()])
    source = next(source for source in sorted(loaded.terms.tried) if "{disease}" in source)
    filled = patterns.fill(source, loaded.terms)
    ready.write(shipped, [(filled, IGNORING), ("cured?", IGNORING), ("lazy+", 0)])
    ready._shipped.cache_clear()
    monkeypatch.setattr(lookbehind, "compile_pattern", None)
    loaded.terms.expect(["nothing of it"])  # what is ready is taken whole
    assert patterns.compile_pattern(source, loaded.terms).quick("short").pattern == filled
    assert Pattern("cured?", re.I).compiled.search("it is CURED") and lazy.pattern("lazy+").search("lazyy")

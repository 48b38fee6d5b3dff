"""Init: the configuration holds what the repository shows, and what was answered at a terminal."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from copycheck import config
from copycheck.cli import cli
from tests.command import run

FOOTER = """<footer>
<p>This site is for general information only. It is not medical advice. Talk with your doctor about your own health.</p>
<p>{{ .Site.Params.phone }} · In a crisis, call or text 988.</p>
</footer>
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def hugo(root: Path) -> None:
    for name, text in (
        ("hugo.toml", 'baseURL = "https://clinic.test/"\n'),
        ("content/en/a.md", "# Sleep\n"),
        ("content/de/a.md", "# Schlaf\n"),
        ("layouts/partials/footer.html", FOOTER),
    ):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")


def test_what_the_repository_shows_is_written(folder: Path) -> None:
    hugo(folder)
    (folder / ".copycheck.yaml").write_text("broken: [", encoding="utf-8")
    assert run("init").exit_code == 2
    done = run("init", "--force")
    assert done.exit_code == 0, done.output
    assert "found generator: Hugo" in done.output and "found footer carries crisis: layouts/partials/footer.html" in done.output
    assert done.output.endswith("Next: copycheck content\n")
    written = config.load(folder / ".copycheck.yaml")
    assert written.get("site") == {"domains": ["clinic.test"], "carries": ["advice", "crisis"]}
    assert written.get("exclude") == ["/layouts/", "/content/de/"]


def test_an_empty_folder_shows_nothing_and_asks_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("copycheck.cli.given.loader", None)  # no model is loaded where there is no page to read
    done = run("init")
    assert done.exit_code == 0 and done.output == "wrote .copycheck.yaml; look it over\nNext: copycheck .\n"
    assert config.load(folder / ".copycheck.yaml").get("site") == {"domains": [], "carries": []}


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_answers_go_before_what_is_shown(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    hugo(folder)
    (folder / "layouts" / "partials" / "footer.html").unlink()
    preset, audience, place, states, domains, codes, sources = "publisher", "", "", "fl, tx", "", ["", "y", "", "", ""], "n"
    monkeypatch.setattr("sys.stdin", Terminal("\n".join([preset, audience, place, states, domains, *codes, sources, ""])))
    command = cli.commands["init"].callback
    assert command
    command(force=False, yes=False)
    assert "[clinic.test]" in capsys.readouterr().out  # what is shown is what an empty answer takes
    written = config.load(folder / ".copycheck.yaml")
    assert (written.get("preset"), written.get("states"), written.get("require_sources")) == ("publisher", ["fl", "tx"], False)
    assert written.get("site") == {"domains": ["clinic.test"], "carries": ["dshea"]}


@pytest.mark.parametrize(
    ("text", "jurisdiction"),
    [
        ("Our organisation is registered with the CQC. We specialise in anaemia. Call 0800 123 4567. Fees start at £60.", "uk"),
        ("Our organization specializes in anemia. In London the NHS pays, and a visit is £60. Call 0800 123 4567.", "us"),
        ("Our organisation specialises in anaemia. Talk with us.", "us"),  # Australians spell so too
    ],
)
def test_british_pages_are_for_british_readers(folder: Path, text: str, jurisdiction: str) -> None:
    (folder / "content").mkdir()
    (folder / "content" / "a.md").write_text(f"# Help\n\n{text}\n", encoding="utf-8")
    done = run("init")
    assert done.exit_code == 0 and ("jurisdiction: uk" in done.stdout) == (jurisdiction == "uk")
    assert config.load(folder / ".copycheck.yaml").get("jurisdiction") == jurisdiction

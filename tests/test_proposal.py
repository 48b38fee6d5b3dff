"""Proposal: what a repository shows of generator, content, languages, domains and footer; nothing where nothing is sure."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest

from copycheck.config import matches
from copycheck.proposal import Proposal, look


def site(root: Path, files: dict[str, str]) -> Proposal:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return look(root)


@pytest.mark.parametrize(
    ("files", "generator", "content", "domains"),
    [
        ({"hugo.toml": 'baseURL = "https://www.clinic.test/"\n', "content/a.md": ""}, "Hugo", ("content",), ("clinic.test",)),
        ({"hugo.yaml": "baseURL: https://clinic.test/blog\n", "content/a.md": ""}, "Hugo", ("content",), ("clinic.test",)),
        ({"_config.yml": "url: 'https://rehab.test'\n", "_posts/a.md": ""}, "Jekyll", ("_posts",), ("rehab.test",)),
        (
            {"docusaurus.config.ts": "  url: 'https://docs.test',\n", "docs/a.md": "", "blog/b.md": ""},
            "Docusaurus",
            ("docs", "blog"),
            ("docs.test",),
        ),
        ({"astro.config.mjs": "  site: 'https://Star.test',\n", "src/content/a.md": ""}, "Astro", ("src/content",), ("star.test",)),
        ({".eleventy.js": "", "posts/a.md": "", "CNAME": "www.eleven.test\n"}, "Eleventy", ("posts",), ("eleven.test",)),
        ({"articles/a.md": ""}, None, ("articles",), ()),
        ({"a.md": "", "config.toml": 'url = "https://tool.test"\n'}, None, (), ()),
        ({"hugo.toml": 'baseURL = "https://example.org/"\n'}, "Hugo", (), ()),
        ({"hugo.toml": "baseURL = \x00 'https://'\n", "CNAME": "two hosts\n"}, "Hugo", (), ()),
    ],
)
def test_generator_content_and_domains(
    tmp_path: Path, files: dict[str, str], generator: str | None, content: tuple[str, ...], domains: tuple[str, ...]
) -> None:
    shown = site(tmp_path, files)
    assert (shown.generator, shown.content, shown.domains) == (generator, content, domains)


@pytest.mark.parametrize(
    ("files", "exclude"),
    [
        (["hugo.toml", "content/en/a.md", "content/de/a.md", "content/pt-BR/a.md", "content/qq/a.md"], ("/content/de/", "/content/pt-BR/")),
        (["hugo.toml", "content/it/a.md", "content/no/a.md"], ()),  # no English beside them: they may be topics
        (["docusaurus.config.js", "docs/a.md", "i18n/fr/a.md", "build/a.html"], ("/build/", "/i18n/fr/")),
        (["en/a.md", "es/a.md"], ("/es/",)),
        ([".eleventy.js", "src/posts/a.md", "src/_includes/base.njk", "_site/a.html"], ("/_site/", "/src/_includes/")),
        (["_config.yml", "a.md", "_includes/head.html", "_layouts/post.html"], ("/_includes/", "/_layouts/")),
    ],
)
def test_translations_and_what_is_built_are_left_out(tmp_path: Path, files: list[str], exclude: tuple[str, ...]) -> None:
    assert site(tmp_path, dict.fromkeys(files, "")).exclude == exclude
    assert not any(matches(PurePosixPath("content/en/build/es/a.md"), glob) for glob in exclude)  # of that name elsewhere


def test_footers_are_files_of_the_layout(tmp_path: Path) -> None:
    names = ("layouts/partials/footer.html", "layouts/partials/footer.css", "_includes/site-Disclaimer.md", "content/footer-care.md")
    assert site(tmp_path, dict.fromkeys(names, "")).footers == (tmp_path / names[2], tmp_path / names[0])


def test_a_folder_that_reads_as_another_language_and_layouts_are_left_out(tmp_path: Path) -> None:
    spanish = "El masaje es bueno para la espalda y para el cuello, y muchas personas lo usan en casa con sus hijos y sus padres."
    files = {
        "hugo.toml": "",
        "layouts/index.html": "",
        "content/a.md": "",
        "content/es/a.md": spanish,
        "content/it/a.md": "It is for the team.",
    }
    assert site(tmp_path, files).exclude == ("/layouts/", "/content/es/")

"""Proposal: what a site's repository shows of generator, content, languages, domains and footer, and the configuration made of it."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from copycheck.files import discover
from copycheck.findings import CARRIES
from copycheck.source import Unreadable, read_bytes

_GENERATORS = {  # names of its configuration, folders of content, folders that it builds
    "Hugo": ("hugo.toml hugo.yaml hugo.json config/_default/hugo.toml", "content", "public resources"),
    "Jekyll": ("_config.yml _config.yaml", "_posts _pages _drafts", "_site"),
    "Docusaurus": ("docusaurus.config.js docusaurus.config.ts docusaurus.config.mjs", "docs blog src/pages", "build .docusaurus"),
    "Astro": ("astro.config.mjs astro.config.js astro.config.ts", "src/content src/pages", "dist .astro"),
    "Eleventy": (".eleventy.js eleventy.config.js eleventy.config.cjs eleventy.config.mjs", "content posts blog src", "_site"),
}
_OTHERS = "content posts articles blog pages"
_LAYOUTS = "layouts _includes _layouts src/_includes src/_layouts src/components src/layouts includes partials templates"
_FOOTER = re.compile(r"footer|disclaimer", re.IGNORECASE)
_ADDRESS = re.compile(
    r"""^[ \t]*["']?(?:base_?url|url|site)["']?\s*[:=]\s*["']?https?://(?:www\.)?([a-z0-9-]+(?:\.[a-z0-9-]+)+)""",
    re.IGNORECASE | re.MULTILINE,
)
_LANGUAGES = frozenset("ar cs da de el es et fa fi fr he hi hr hu id it ja ko lt lv nb nl no pl pt ro ru sk sl sv th tr uk vi zh".split())
_LANGUAGE = re.compile(r"([A-Za-z]{2})(?:[-_]\w{2,4})?")
_MOST = 100_000  # characters of a configuration that are read
_PAGES = 12  # articles that show for whose readers a site is
_CODES = {
    "advice": "a line that the page informs and is no medical advice",
    "dshea": "the FDA statement for supplements, both sentences",
    "affiliate": "a plain disclosure of affiliate links",
    "crisis": "988 or 911 for a crisis",
    "risks": "the risks of the treatments offered",
}
_UK_CODES = {
    "crisis": "Samaritans (116 123) or 999 for a crisis",
    "registration": "the registration numbers of the dental professionals whom it names",
}


@dataclass(frozen=True)
class Proposal:
    """Folders are relative to the repository's, with forward slashes; `exclude` are patterns for them there alone; `footers` are files,
    `pages` a few of the articles, from all over.
    """

    generator: str | None = None
    content: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    footers: tuple[Path, ...] = ()
    pages: tuple[Path, ...] = ()


def look(root: Path) -> Proposal:
    """What the repository in a folder shows. Only names are read, and the text of the generator's configuration and of CNAME."""
    generator = next((name for name in _GENERATORS if _configured(root, name)), None)
    _, content, built = _GENERATORS[generator] if generator else ("", _OTHERS, "")
    folders = [name for name in content.split() if (root / name).is_dir()]
    exclude = [f"/{name}/" for name in built.split() if (root / name).is_dir()]
    exclude += [f"/{name}/" for name in _LAYOUTS.split() if ("_" in name or name.endswith("layouts")) and (root / name).is_dir()]
    exclude += [f"/{name}/" for name in _other_languages(root, folders)]
    listed = [root / name for name in folders] or [root]
    found = [one.path for one in discover(listed, lambda path: f"/{path.relative_to(root).as_posix()}/" in exclude) if one.error is None]
    pages = found[:: max(1, -(-len(found) // _PAGES))]
    return Proposal(
        generator, tuple(folders), tuple(_domains(root, generator)), tuple(exclude), tuple(sorted(_footers(root))), tuple(pages)
    )


def _configured(root: Path, generator: str) -> list[Path]:
    return [root / name for name in _GENERATORS[generator][0].split() if (root / name).is_file()]


def _domains(root: Path, generator: str | None) -> list[str]:
    found = [host for path in (_configured(root, generator) if generator else ()) for host in _ADDRESS.findall(_text(path))]
    for name in ("CNAME", "static/CNAME", "public/CNAME"):
        found += re.findall(r"\A\s*(?:www\.)?([a-z0-9-]+(?:\.[a-z0-9-]+)+)\s*\Z", _text(root / name))
    hosts = dict.fromkeys(host.lower() for host in found)
    return [host for host in hosts if not re.search(r"(?:^|\.)(?:example\.(?:com|org|net)|github\.com|docusaurus\.io)$", host)]


def _other_languages(root: Path, folders: list[str]) -> Iterator[str]:
    """Folders of translations: below `i18n`, beside one for English, or with a page that reads so."""
    for parent in (*folders, "i18n", "."):
        named = {path.name: match[1].lower() for path in sorted((root / parent).glob("*/")) if (match := _LANGUAGE.fullmatch(path.name))}
        told = parent == "i18n" or "en" in named.values()
        others = [name for name, code in named.items() if code in _LANGUAGES and (told or _is_foreign(root / parent / name))]
        yield from (name if parent == "." else f"{parent}/{name}" for name in others)


def _is_foreign(folder: Path) -> bool:
    from copycheck.languages import language
    from copycheck.readers import is_article

    page = next((page for page in sorted(folder.rglob("*")) if is_article(page.name) and page.is_file()), None)
    return page is not None and language(_text(page)) is not None


def _footers(root: Path) -> Iterator[Path]:
    """Files of the layout that are named for what stands on every page."""
    from copycheck.readers import is_article

    for name in _LAYOUTS.split():
        for folder, _, files in os.walk(root / name):
            yield from (Path(folder, file) for file in files if _FOOTER.search(file) and is_article(file))


def _text(path: Path) -> str:
    try:
        return read_bytes(path).decode("utf-8", "replace")[:_MOST]
    except Unreadable:
        return ""


def questions(jurisdiction: str) -> dict[str, str]:
    """What the site's footer or layout may carry: code and meaning."""
    return {code: meaning for code, meaning in _CODES.items() if code != "dshea"} | _UK_CODES if jurisdiction == "uk" else _CODES


def render(
    jurisdiction: str,
    preset: str,
    states: Sequence[str],
    audience: str,
    carries: Sequence[str],
    domains: Sequence[str],
    require_sources: bool = True,
    exclude: Sequence[str] = (),
) -> str:
    """A commented `.copycheck.yaml` with these answers."""
    globs = ", ".join(json.dumps(glob, ensure_ascii=False) for glob in exclude)  # a JSON string is a YAML one
    return f"""# What copycheck takes as given for this site; see the configuration page of the documentation.
preset: {preset}          # clinic, or publisher (a missing reviewer or date becomes a warning)
jurisdiction: {jurisdiction}
states: [{", ".join(states)}]    # two-letter codes, such as [fl, tx]: whose own law binds you; rules of other states are then off
# vertical: dental     # detected in the copy where it is not set
audience: {audience}          # patient, blog or professional: how plain the text should be
site:
  domains: [{", ".join(domains)}]    # the site's own hosts: a link to them is no source
  carries: [{", ".join(carries)}]    # what the site's footer or layout says on every page, of {", ".join(CARRIES)}
require_sources: {str(require_sources).lower()}    # house policy, not law: a page of health claims must link a source
vocabulary: []           # names and words that are right here
exclude: [{globs}]              # patterns of files to leave out
rules: {{}}                # rule or family: error, warning, info or off
"""

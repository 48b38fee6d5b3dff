"""Documentation: what the site has beside docs/ (the hook of mkdocs.yml): the README as front page, the files beside it, a page a rule."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from copycheck import reference, ruleset
from copycheck.ruleset.location import FAMILIES

if TYPE_CHECKING:
    from copycheck.ruleset.models import Example, Rule

ROOT = Path(__file__).parent.parent
BESIDE = {"README.md": "index.md", "CONTRIBUTING.md": "CONTRIBUTING.md", "SECURITY.md": "SECURITY.md", "CHANGELOG.md": "CHANGELOG.md"}
_RULE = re.compile(rf"`((?:{'|'.join(FAMILIES)})/[a-z0-9-]+)`")
_FILE = re.compile(r"\[([^\]\n]*)\]\((?!https?:|#|mailto:)(?![^)\s]*\.(?:md|png)\b)[^)\s]*\)")  # a link to a file that is no page


def on_files(files: Any, config: Any) -> Any:
    """Add what does not lie in docs/ to the files of the site."""
    from mkdocs.structure.files import File

    made = [(site, _from_root((ROOT / name).read_text(encoding="utf-8"))) for name, site in BESIDE.items()]
    for name, text in [*made, *rule_pages(ruleset.load([ROOT / "rules"]).rules)]:
        files.append(File.generated(config, name, content=text))
    return files


def on_page_markdown(markdown: str, page: Any, config: Any, files: Any) -> str:
    """Link each rule that a page names to its own page, and what lies beside docs/ to where it lies in the site."""
    here = "../" * page.file.src_uri.count("/")
    known = {file.src_uri for file in files}
    markdown = _FILE.sub(r"\1", markdown.replace("](../", "](" + here))

    def link(match: re.Match[str]) -> str:
        target = f"rules/{match[1]}.md"
        return f"[{match[0]}]({here}{target})" if target in known and page.file.src_uri != target else match[0]

    parts = re.split(r"(```.*?```|\[[^\]\n]*\]\([^)\n]*\))", markdown, flags=re.DOTALL)  # code and links stay as they are
    return "".join(part if number % 2 else _RULE.sub(link, part) for number, part in enumerate(parts))


def rule_pages(rules: Sequence[Rule]) -> Iterator[tuple[str, str]]:
    """For each rule the name of its page and the page: what it flags, why, on whose authority, what clears it, with examples."""
    for rule in rules:
        yield f"rules/{rule.id}.md", "\n\n".join(_page(rule)) + "\n"


def _page(rule: Rule) -> Iterator[str]:
    yield f"# {rule.title}"
    yield f"`{rule.id}` · {rule.severity}, {rule.confidence} confidence · {reference.where(rule)}"
    yield rule.why
    if rule.fix:
        yield f"**What clears it.** {rule.fix}"
    if rule.cited:
        yield "## Who says so"
        for cited in rule.cited:
            authority = cited.authority
            yield reference.quoted(cited)
            yield f"{'Verified' if authority.verified else 'Not verified'}: {authority.how} ({authority.checked})."
    yield "## Flagged"
    yield "\n".join(f"- {_shown(example)}" for example in rule.examples.flag)
    yield "## Left alone"
    yield "\n".join(f"- {_shown(example)}" for example in rule.examples.pass_)
    yield reference.GUIDANCE


def _shown(example: Example) -> str:
    """An example as one line, with what is flagged in bold."""
    text = html.escape(" ".join(example.text.removeprefix("[||]").split()), quote=False)
    parts = re.split(r"(\[[|+]|[|+]\])", text)  # even: text, odd: where a flagged part begins or ends
    return "".join(("<mark>" if part[0] == "[" else "</mark>") if at % 2 else _inert(part) for at, part in enumerate(parts))


def _inert(text: str) -> str:
    """Text that stands in Markdown as it is."""
    return re.sub(r"([\\`*_\[\]()#!|~+-])", r"\\\1", text)


def _from_root(text: str) -> str:
    """A page of the repository's top folder, whose links into docs/ are links beside it here."""
    return re.sub(r"\]\(docs/", "](", text)

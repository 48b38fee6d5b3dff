"""Authorities: who says so, in one file; rules cite them as `id` or `id#paragraph`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

from pydantic import Field, model_validator

from copycheck.ruleset.strict import Model, Text, checked, read_mapping


class Authority(Model):
    """A statute, rule, guide or standard.

    Attributes:
        name: as findings show it.
        citation: in the field's form.
        url: the publisher's own page, or a public archive; None for a house rule.
        year: of the text that is cited.
        binds: who must keep it.
        status: what force it has.
        jurisdiction: the only country that it speaks for; None where that is told by its status.
        says: the sentence that counts; a quotation where `quoted`, else a close paraphrase.
        verified: the quoted sentence was read in the text itself.
        checked: when that was last looked up.
        how: where it was seen.
    """

    name: Text
    citation: Text
    url: Annotated[str, Field(pattern=r"^https?://")] | None = None
    year: int | None = None
    binds: Text
    status: Literal["statute", "regulation", "guidance", "standard", "case", "house rule"]
    jurisdiction: Literal["us", "uk"] | None = None
    says: Text
    quoted: bool = False
    verified: bool = False
    checked: date
    how: Text

    @model_validator(mode="after")
    def _whole(self) -> Authority:
        if self.verified and not self.quoted:
            raise ValueError("verified: only a quoted sentence can be verified")
        if self.url is None and self.status != "house rule":
            raise ValueError("url: only a house rule has none")
        return self


class Cited(NamedTuple):
    """An authority as a rule cites it, with the paragraph meant."""

    id: str
    authority: Authority
    paragraph: str | None = None

    def speaks_for(self, jurisdiction: str) -> bool:
        """Whether it counts in a jurisdiction: its own, else law and guidance in the United States, standards and house rules anywhere."""
        own = self.authority.jurisdiction
        anywhere = self.authority.status in ("standard", "house rule")
        return own == jurisdiction if own else anywhere or jurisdiction == "us"

    @property
    def text(self) -> str:
        """The citation in words: “FTC Endorsement Guides, 16 CFR part 255, 255.5 (regulation)”."""
        parts = [self.authority.name, self.authority.citation, self.paragraph]
        shown = ", ".join(dict.fromkeys(part for part in parts if part))
        seen = "quoted" if self.authority.verified else "not law" if self.authority.status == "house rule" else "not verified"
        return f"{shown} ({self.authority.status}; {seen})"


def read(path: Path, data: bytes, problems: list[str]) -> dict[str, Authority]:
    """The authorities of one file by id. What is wrong is added to `problems` as `file:line: key: reason`."""
    loaded = read_mapping(path, data, "authorities are a mapping of ids to entries", problems)
    entries = loaded.data.items() if loaded else ()
    found = {name: checked(Authority, entry, (name,), path, loaded, problems) for name, entry in entries if loaded}
    return {name: authority for name, authority in found.items() if authority}


def cite(citations: list[str], known: Mapping[str, Authority]) -> list[Cited]:
    """What a rule cites. Raises ValueError for an id that is not in the file."""
    cited = []
    for citation in citations:
        name, _, paragraph = citation.partition("#")
        if name not in known:
            raise ValueError(f"there is no authority {name!r} in authorities.yaml")
        cited.append(Cited(name, known[name], paragraph or None))
    return cited

"""Applies: the part of the profile that a rule holds for."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, field_validator

from copycheck.findings import STATES, VERTICALS
from copycheck.ruleset.strict import Model


class Applies(Model):
    """Where a rule holds. Outside it the rule is off if the user set that part of the profile, one step lower if it was guessed.

    `jurisdiction`: told from the authorities where it is not given, see `Rule.jurisdictions`.
    `state`: codes of the states whose own law it rests on. It is off for a site of other states, and where no state
    is set a note, unless the page names other places only.
    """

    jurisdiction: list[Literal["us", "uk"]] = []
    state: Annotated[list[str], Field(json_schema_extra={"items": {"enum": [*STATES]}})] = []
    vertical: Annotated[list[str], Field(json_schema_extra={"items": {"enum": ["any", *VERTICALS]}})] = ["any"]
    promotional: bool | None = None  # None: either
    page: list[Literal["article", "landing"]] = ["article", "landing"]

    @field_validator("vertical")
    @classmethod
    def _known(cls, value: list[str]) -> list[str]:
        for name in value:
            if name != "any" and name not in VERTICALS:
                raise ValueError(f"unknown vertical {name!r}; known: any, {', '.join(VERTICALS)}")
        return value

    @field_validator("state")
    @classmethod
    def _states(cls, value: list[str]) -> list[str]:
        for code in value:
            if code not in STATES:
                raise ValueError(f"unknown state {code!r}; it is a two-letter code in small letters, such as ca")
        return value

"""Strict: how the files of a rule folder are read, with what is wrong in them told by file, line and key."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from copycheck import strictyaml

Text = Annotated[str, Field(min_length=1)]


class Model(BaseModel):
    """What a file says, or a part of it; no key but its own."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


M = TypeVar("M", bound=Model)


def read_mapping(path: Path, data: bytes, what: str, problems: list[str]) -> strictyaml.Loaded | None:
    """A file that maps keys to values; `what` says so of it. What is wrong is added to `problems`."""
    try:
        loaded = strictyaml.load(data.decode("utf-8"))
    except (strictyaml.BadYaml, UnicodeDecodeError) as error:
        problems.append(f"{path}:{getattr(error, 'line', 1)}: yaml: {error}")
        return None
    if not isinstance(loaded.data, dict):
        problems.append(f"{path}:1: file: {what}")
        return None
    return loaded


def checked(model: type[M], data: Any, at: tuple[str | int, ...], path: Path, loaded: strictyaml.Loaded, problems: list[str]) -> M | None:
    """The data at a place of a file as a model. What is wrong is added to `problems`."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        for item in error.errors():
            where = (*at, *item["loc"])
            reason = item["msg"].removeprefix("Value error, ")
            if item["type"] == "extra_forbidden":
                near = get_close_matches(str(where[-1]), {field.alias or name for name, field in model.model_fields.items()}, 1)
                reason = f"unknown key{f'; did you mean `{near[0]}`?' if near else ''}"
            problems.append(f"{path}:{loaded.line(where)}: {'.'.join(map(str, where)) or 'rule'}: {reason}")
        return None

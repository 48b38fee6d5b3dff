"""Run: an audit from its sources to its Parquet; Ray Data hands the shards to workers, and again where one dies."""

from __future__ import annotations

import json
import logging
import shutil
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType
from typing import Any

import ray
import ray.data

from copycheck import __version__, identity
from copycheck.audit import shards, tables
from copycheck.audit.worker import RUNNING, Checker, Job
from copycheck.cache import canonical, digest
from copycheck.cli.session import Session
from copycheck.cli.streams import ENDING
from copycheck.config import BadConfig
from copycheck.files import write_bytes
from copycheck.modelfiles import name_of
from copycheck.reports.summary import Counts
from copycheck.source import Refused, Unreadable, read_bytes

SCHEMA = "copycheck-audit/1"
STATE, PLAN = "audit.json", "plan.jsonl"
_STORE = 100_000_000  # bytes of memory that Ray shares between processes; pages do not go through it
_BLOCKS = 2_000  # parts that Ray hands out; each of few shards, so that no worker is long alone at the end


class BadAudit(Refused):
    """An audit that cannot begin or go on; the message is one sentence."""


def run(job: Job, sources: Sequence[str], jobs: int, address: str | None, start: Callable[[int], None], step: Callable[[], None]) -> Counts:
    """Check all shards that are not done, and count over all.

    Args:
        jobs: workers. address: of a cluster; None to use this machine alone.
        start: called with how many shards there are to check; step: for each that is done.

    Raises BadAudit; what is done stays done.
    """
    folder = job.folder
    _begin(job, sources)
    shutil.rmtree(folder / RUNNING, ignore_errors=True)  # notes of a run that was ended speak of no page
    (folder / RUNNING).mkdir()
    with _started(jobs, address):
        if not (folder / PLAN).exists():
            write_bytes(folder / PLAN, _planned(job, sources))
        job.session.options["config"] = job.session.main.path or Path()  # one configuration for all, wherever a page says that it lies
        planned = enumerate((folder / PLAN).read_text(encoding="ascii").splitlines())
        known = tables.done(folder)
        missing = [{"name": name, "shard": line} for number, line in planned if (name := f"{number:06}") not in known]
        start(len(missing))
        for row in _checked(job, missing, jobs):
            if row["error"]:
                raise BadAudit(f"{folder}: {row['error']}; what is done is kept, and the same command goes on from there")
            step()
    shutil.rmtree(folder / RUNNING, ignore_errors=True)
    return counts(folder)


def counts(folder: Path) -> Counts:
    """What the shards that are done come to."""
    whole = tables.done(folder).values()
    names = {"pages": "files", "failures": "failed", "notes": "infos", "silenced": "suppressed", "errors": "errors", "warnings": "warnings"}
    return Counts(**{field: sum(row[name] for row in whole) for name, field in names.items()})


def load(folder: Path) -> dict[str, Any]:
    """What an audit goes by. Raises BadAudit."""
    try:
        state = json.loads(read_bytes(folder / STATE))
        if state["schema"] != SCHEMA:
            raise ValueError("another schema")
    except (Unreadable, ValueError, KeyError, TypeError) as error:
        raise BadAudit(f"{folder}: it is no folder of an audit ({error})") from None
    return dict(state)


def _begin(job: Job, sources: Sequence[str]) -> None:
    """Note what the audit goes by; where it was begun before it must be the same, and its date holds."""
    session, folder = job.session, job.folder
    begun = load(folder) if (folder / STATE).exists() else None
    if begun and not session.options.get("today"):
        session.today = date.fromisoformat(begun["today"])
    made_by = identity.program(), identity.surroundings(), session.ruleset.fingerprint, name_of(session.model)
    decides = (*made_by, session.settings_of(Path("page.html")), session.main.overrides, [*sources], job.columns)
    state = {"schema": SCHEMA, "version": __version__, "rules": session.ruleset.fingerprint, "today": session.today.isoformat()}
    state |= {"sources": [*sources], "key": digest(repr(canonical(decides)).encode())}
    if begun and begun != state:
        raise BadAudit(f"{folder}: it was begun with other sources, rules, settings or another version; name a new folder")
    if not begun and folder.exists() and any(folder.iterdir()):
        raise BadAudit(f"{folder}: it holds something else than an audit; name a new folder")
    folder.mkdir(parents=True, exist_ok=True)
    write_bytes(folder / STATE, json.dumps(state, indent=1).encode())


def _planned(job: Job, sources: Sequence[str]) -> bytes:
    """The shards, a line each. Raises BadAudit where a source is wrong."""
    items = [{"number": number, "source": source} for number, source in enumerate(sources)]
    planned = ray.data.from_items(items, override_num_blocks=len(items)).flat_map(partial(_plan, job.session, tuple(job.columns)))
    rows = sorted(planned.take_all(), key=lambda row: (row["number"], row["place"]))
    if wrong := [row for row in rows if row["error"]]:
        raise BadAudit("\n".join(f"{sources[row['number']]}: {row['error']}" for row in wrong))
    return "".join(f"{row['shard']}\n" for row in rows).encode("ascii")


def _plan(session: Session, columns: tuple[str, ...], row: dict[str, Any]) -> list[dict[str, Any]]:
    """The shards of a source as rows, or one with what is wrong with it."""
    try:
        made = [json.dumps(shard) for shard in shards.plan(row["source"], partial(listing, session), columns)]
        return [{"number": row["number"], "place": place, "shard": shard, "error": ""} for place, shard in enumerate(made)]
    except (Unreadable, BadConfig) as error:
        return [{"number": row["number"], "place": 0, "shard": "", "error": str(error)}]


def listing(session: Session, source: str) -> Iterator[str]:
    """The articles of a folder, as the command finds them. Raises Unreadable."""
    for found in session.found([Path(source)]):
        if found.error and found.path == Path(source):
            raise Unreadable(found.error)
        if session.config_of(found.path) is not session.main:
            raise Unreadable(f"{found.path.parent} has a configuration of its own: audit it by itself, or name one for all by --config")
        yield str(found.path)


def _checked(job: Job, missing: Sequence[dict[str, Any]], jobs: int) -> Iterator[dict[str, Any]]:
    if missing:
        blocks = ray.data.from_items(missing, override_num_blocks=min(len(missing), _BLOCKS))
        yield from blocks.map(Checker, fn_constructor_args=(job,), concurrency=min(jobs, len(missing)), num_cpus=1).iter_rows()


def _removing(own: str, handler: Callable[[int, FrameType | None], object], number: int, frame: FrameType | None) -> None:
    """End as `handler` does, which is at once, with nothing of Ray left on the disk."""
    shutil.rmtree(own, ignore_errors=True)
    handler(number, frame)


@contextmanager
def _started(jobs: int, address: str | None) -> Iterator[None]:
    """Ray on this machine alone, gone at the end with all that it wrote, or the cluster at an address."""
    logging.getLogger("ray.data").setLevel(logging.ERROR)
    ray.data.DataContext.get_current().enable_progress_bars = False
    short = "/tmp" if Path("/tmp").is_dir() else None  # names of sockets may not be long
    with TemporaryDirectory(prefix="copycheck-", dir=short, ignore_cleanup_errors=True) as own:
        local: dict[str, Any] = {"num_cpus": jobs, "include_dashboard": False, "object_store_memory": _STORE, "_temp_dir": own}
        handlers = {number: signal.getsignal(number) for number in ENDING}
        try:
            ray.init(log_to_driver=False, logging_level=logging.ERROR, **({"address": address} if address else local))
        except Exception as error:  # of many kinds
            raise BadAudit(f"Ray did not start: {' '.join(str(error).split())}") from error
        for number, handler in handlers.items():  # those of Ray print where it was and end with other codes
            signal.signal(number, partial(_removing, own, handler) if callable(handler) else handler)
        try:
            yield
        finally:
            ray.shutdown()

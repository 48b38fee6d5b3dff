"""Streams: standard streams that are closed, full or of another encoding, and the signals that end a run."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Any

import click

from copycheck.cli.trouble import stop

_accounts: list[Callable[[], str]] = []
ENDING = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))


def prepare() -> None:
    """Make what is printed UTF-8 in any locale, and let signals end the run, its processes included, with 128 + signal."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    for number in ENDING:
        if signal.getsignal(number) is not signal.SIG_IGN:  # under nohup, SIGHUP is to be ignored
            signal.signal(number, _end)


def _end(number: int, frame: FrameType | None) -> None:
    """At once: what lies in the cache, and a file that was fixed, is whole."""
    processes: Any = sys.modules.get("multiprocessing")
    for process in processes.active_children() if processes else ():
        process.kill()
    with suppress(OSError):
        os.write(2, b"\n" * os.isatty(2) + f"copycheck: {stopped()}\n".encode())  # a bar or a question may stand there
    os._exit(128 + number)


@contextmanager
def accounting(done: Callable[[], str]) -> Iterator[None]:
    """While this lasts, a run that is broken off, by a signal or at a question, says what it has done by then."""
    _accounts.append(done)
    try:
        yield
    except click.Abort:
        click.echo(err=True, nl=is_terminal(sys.stderr))
        stop(stopped())
    finally:
        _accounts.remove(done)


def stopped() -> str:
    """What is said of a run that is broken off."""
    return ": ".join(["stopped before the end", *(done() for done in _accounts)]) + "."


def is_terminal(*streams: Any) -> bool:
    """Whether a person sits at each of these; one that is closed is None."""
    return all(stream is not None and stream.isatty() for stream in streams)


def flushed() -> bool:
    """Whether all that was printed has gone out. What has not is dropped, or Python would try again, and complain, at its end."""
    whole = True
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except (OSError, ValueError):
            whole = False
            drop(stream)
    return whole


def drop(stream: Any) -> None:
    """Send what is still to be written to a broken stream nowhere."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)

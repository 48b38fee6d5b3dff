"""Main: runs the command line, and turns what nobody expected into one sentence and exit 2."""

from __future__ import annotations

import gc
import os
import signal
import sys

_COLLECT = 300_000  # objects made before unreachable ones are looked for; with Python's 700 the looking takes a twentieth of a run
_TROUBLE = 2


def main() -> None:
    """The entry point of `copycheck` and `python -m copycheck`."""
    gc.set_threshold(_COLLECT)
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # until `streams` has its own way
        signal.signal(signal.SIGINT, lambda *_: os._exit(128 + signal.SIGINT))
    from copycheck.cli import streams

    streams.prepare()
    given = sys.stdout
    try:
        code = _run()
    finally:
        gc.freeze()  # or the end of the process would look through all that it made, for a tenth of a short run
    if sys.stdout is not given:  # click's way with a reader that went away, for which it exits 1 as if there were findings
        sys.stdout, code = given, _TROUBLE
    sys.exit(code if streams.flushed() else _TROUBLE)


def _run() -> int:
    """The exit code of a run."""
    from copycheck.cli import cli
    from copycheck.cli.trouble import say

    try:
        cli(prog_name="copycheck")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else _TROUBLE if end.code else 0
    except OSError as error:  # of the machine, not ours: a full disk, a folder that is gone
        place = f"{os.fsdecode(error.filename)}: " if isinstance(error.filename, str | bytes) else ""
        say(f"{place}{error.strerror or error}")
    except MemoryError:
        say("there is not enough memory for this run")
    except Exception as error:
        say(f"internal error, please report it: {error!r}")
    return _TROUBLE


if __name__ == "__main__":
    main()

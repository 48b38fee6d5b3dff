"""Main: runs the command line, and turns what nobody expected into one sentence and exit 2."""

from __future__ import annotations

import gc
import sys

_COLLECT = 300_000  # objects made before unreachable ones are looked for; with Python's 700 the looking takes a twentieth of a run


def main() -> None:
    """The entry point of `copycheck` and `python -m copycheck`."""
    gc.set_threshold(_COLLECT)
    from copycheck.cli import cli

    try:
        cli(prog_name="copycheck")
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(2)
    except Exception as error:
        print(f"copycheck: internal error, please report it: {error!r}", file=sys.stderr)
        sys.exit(2)
    finally:
        gc.freeze()  # or the end of the process would look through all that it made, for a tenth of a short run


if __name__ == "__main__":
    main()

"""Fuzz: `python -m tests.fuzz [TARGET …] --seconds N`. By atheris where it is installed, else by hypothesis; ends with 1 where something fell."""

from __future__ import annotations

import argparse
import importlib.util
import subprocess
import sys
import tempfile
import time
from pathlib import Path

CORPUS = Path(__file__).parent / "corpus"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("targets", nargs="*", metavar="TARGET", help="all, if none is named")
    parser.add_argument("--seconds", type=int, default=60, help="for each target")
    parser.add_argument("--seed", type=int, default=0, help="of the first round; 0 takes one by the clock")
    parser.add_argument("--engine", choices=("atheris", "hypothesis"))
    parser.add_argument("--here", action="store_true", help="in this process, which one target may end")
    given = parser.parse_args()
    engine = given.engine or ("atheris" if importlib.util.find_spec("atheris") else "hypothesis")
    seed = given.seed or int(time.time())
    if given.here:
        return (_by_atheris if engine == "atheris" else _by_hypothesis)(given.targets[0], given.seconds, seed)
    from tests.fuzz.targets import TARGETS

    fallen = []
    for name in given.targets or TARGETS:
        print(f"{name}: {given.seconds} s by {engine}, seed {seed}", flush=True)
        own = [sys.executable, "-m", "tests.fuzz", name, "--here", "--engine", engine]
        if subprocess.run([*own, "--seconds", str(given.seconds), "--seed", str(seed)], check=False).returncode:
            fallen.append(name)
    print(f"something fell: {', '.join(fallen)}" if fallen else "nothing fell")
    return 1 if fallen else 0


def corpus_of(name: str) -> Path:
    """The folder of inputs that a target begins with."""
    from tests.fuzz.targets import CORPORA

    return CORPUS / CORPORA.get(name, name)


def _by_atheris(name: str, seconds: int, seed: int) -> int:
    import atheris

    with atheris.instrument_imports(include=["copycheck", "markdown_it", "mdit_py_plugins"]):
        from tests.fuzz.targets import TARGETS

    grown = tempfile.mkdtemp(prefix=f"fuzz-{name}-")  # the first folder takes what libFuzzer finds new
    limits = [f"-max_total_time={seconds}", f"-seed={seed}", "-timeout=30", "-rss_limit_mb=4096", "-max_len=4096"]
    atheris.Setup([sys.argv[0], grown, str(corpus_of(name)), *limits, "-print_final_stats=1", "-verbosity=0"], TARGETS[name])
    atheris.Fuzz()  # ends the process
    return 1


def _by_hypothesis(name: str, seconds: int, seed: int) -> int:
    import hypothesis
    from hypothesis import strategies as st

    from tests.fuzz.targets import TARGETS
    from tests.test_readers_linear import PIECES

    inputs = [path.read_bytes() for path in sorted(corpus_of(name).iterdir())]
    parts = [line for data in inputs for line in data.splitlines(keepends=True)] + [piece.encode() for piece in PIECES]
    mixed = st.lists(st.sampled_from(parts) | st.binary(max_size=8) | st.text(max_size=8).map(str.encode), max_size=30).map(b"".join)
    end, rounds = time.monotonic() + seconds, 0
    quiet = [hypothesis.HealthCheck.too_slow, hypothesis.HealthCheck.data_too_large]

    while time.monotonic() < end:
        test = hypothesis.given(mixed | st.sampled_from(inputs))(lambda data: TARGETS[name](data))
        hypothesis.seed(seed + rounds)(
            hypothesis.settings(max_examples=20, deadline=None, database=None, suppress_health_check=quiet)(test)
        )()
        rounds += 1
    print(f"{rounds} rounds of up to 20 inputs")
    return 0


if __name__ == "__main__":
    sys.exit(main())

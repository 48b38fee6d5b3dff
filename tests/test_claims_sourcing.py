from __future__ import annotations

from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from copycheck import strictyaml
from copycheck.article import Article, Sentence
from copycheck.claims.sourcing import Sources, Support
from tests import rulekit

STATUSES = ("cited", "weak", "broken", "self", "named", "vague", "unsourced")
PASSAGES: list[dict[str, Any]] = strictyaml.load(Path(__file__).with_name("passages").joinpath("sourcing.yaml").read_text("utf-8")).data


def sources(text: str, format: str = "markdown", **hosts: frozenset[str]) -> Sources:
    return Sources(rulekit.article(text, format), **hosts)


def support(marked: str, format: str = "markdown", **hosts: frozenset[str]) -> Support:
    """The support of the sentence that `@@` begins."""
    place = marked.index("@@")
    found = sources(marked.replace("@@", "", 1), format, **hosts)
    return found.support(_unit_at(found.article, place))


def _unit_at(article: Article, place: int) -> Sentence:
    """The first sentence that ends after a place in the source."""
    return min((sentence for sentence in article.sentences if sentence.span().end > place), key=lambda sentence: sentence.span())


@cache
def judged() -> list[tuple[dict[str, Any], Support]]:
    """Each passage with the support of its sentence."""
    found = []
    for passage in PASSAGES:
        hosts = {name: frozenset(passage[name]) for name in ("own", "trusted", "distrusted") if name in passage}
        found.append((passage, support(passage["text"], passage.get("format", "markdown"), **hosts)))
    return found


def test_there_are_enough_passages_of_every_status() -> None:
    assert len(PASSAGES) >= 150
    assert {passage["status"] for passage in PASSAGES} == set(STATUSES)
    texts = [passage["text"] for passage in PASSAGES]
    assert len(set(texts)) == len(texts)


def test_the_status_of_the_passages_is_told() -> None:
    wrong = defaultdict(list)
    for passage, told in judged():
        if told.status != passage["status"]:
            wrong[passage["form"]].append(f"{told.status} for {passage['status']}: {passage['text']!r}")
    lines = [f"{form}: {line}" for form, found in wrong.items() for line in found]
    assert len(lines) <= 0.05 * len(PASSAGES), "\n".join(lines)


def test_a_source_is_named_where_there_is_one() -> None:
    for passage, found in judged():
        assert (found.source is None) <= (found.status in ("unsourced", "broken")), passage
        assert (found.reason != "") == (found.status in ("weak", "broken", "self")), passage


@pytest.mark.parametrize(
    ("front", "status"), [("bibliography: refs.bib", "cited"), ("references:\n- id: hall2019", "cited"), ("title: Rest", "named")]
)
def test_a_citation_key_counts_where_the_page_has_a_bibliography(front: str, status: str) -> None:
    assert support(f"---\n{front}\n---\n\n@@Walking eases back pain in most adults [@hall2019].\n").status == status


def test_the_source_is_the_address() -> None:
    found = support("@@Massage [lowers pain](https://pubmed.ncbi.nlm.nih.gov/27165970/) (2016).")
    assert found == Support("cited", "https://pubmed.ncbi.nlm.nih.gov/27165970/", "", 2016)


def test_the_year_of_a_reference_is_the_last_one_in_it() -> None:
    found = support("@@Smoking fell by half [1].\n\n## References\n\n1. Lee J. Smoking 1999-2004. Chest 2006;4:5.\n")
    assert (found.status, found.year) == ("cited", 2006)


def test_the_reason_says_what_is_wrong_with_the_note() -> None:
    assert support("@@Massage lowers pain [3].\n\n## References\n\n1. Lee J. Chest 2006;4:5.\n").reason == (
        "the reference list has no number 3"
    )
    assert support("@@Massage lowers pain [3].\n").reason == "there is no reference list"
    assert support("@@Massage lowers pain.[^a]\n").reason == "the footnote is not defined"
    assert support("@@Massage lowers pain.[^a]\n\n[^a]: Ask us.\n").reason == "the note names no source"


def test_a_better_source_wins() -> None:
    text = "@@Massage [lowers](https://www.nytimes.com/2021/06/01/a.html) [pain](https://pubmed.ncbi.nlm.nih.gov/27165970/) [a lot](/pain)."
    assert support(text).status == "cited"


def test_sources_that_count_are_counted() -> None:
    listed = "# A\n\nMassage lowers pain.\n\n## References\n\n- https://www.nih.gov/\n- https://pubmed.ncbi.nlm.nih.gov/16162447/\n- doi:10.1080/0020\n- Our blog\n"
    assert sources(listed).references.listed == 2
    assert sources("Massage lowers pain.\n").references.listed == 0


def test_a_link_that_ends_before_the_sentence_is_not_its_own() -> None:
    text = "Zinc [shortens colds](https://pubmed.ncbi.nlm.nih.gov/27165970/) in adults. Parking is free. @@Massage lowers pain."
    assert support(text).status == "unsourced"


def test_a_quotation_has_the_source_of_the_line_above_it() -> None:
    lead = "A report of the [WHO](https://www.who.int/news/cbd.pdf) states"
    assert support(f"{lead}:\n\n> @@It shows no sign of abuse.\n").status == "cited"
    assert support(f"{lead}:\n\n> It is safe.\n>\n> @@It shows no sign of abuse.\n").status == "cited"
    assert support(f"{lead} much.\n\n> @@It shows no sign of abuse.\n").status != "cited"

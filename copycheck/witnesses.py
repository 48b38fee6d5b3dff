"""Witnesses: what a pattern says and what the judge says of one sentence, put together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from copycheck.article import Article
from copycheck.findings import Finding, Severity
from copycheck.source import Span
from copycheck.verdicts import bars, opinion

_NEITHER = {"testimonial": "research", "safety": "condition"}
"""What a study found is no one person's story, and what may go wrong is no promise of safety."""


def agree(findings: Sequence[Finding], labels: Mapping[str, tuple[str, str]], article: Article) -> list[Finding]:
    """Findings of rules with a label, as both witnesses allow; others as they are.

    A pattern that the judge doubts is one step lower. The judge speaks alone once a sentence, by its likeliest label, and not where a
    pattern speaks of the sentence already.

    Args:
        labels: by rule, its kind and its label.
    """
    if not any(finding.rule in labels for finding in findings):
        return list(findings)
    sentences = {sentence.span(): sentence for sentence in article.sentences}
    settled: list[Finding] = []
    alone: dict[Span, tuple[float, Finding]] = {}
    spoken: set[Span] = set()
    for finding in findings:
        kind, label = labels.get(finding.rule, ("", ""))
        sentence = sentences.get(finding.sentence)
        said = opinion(article, sentence) if kind and sentence is not None else None
        if said is None:
            settled.append(finding)
        elif kind == "judged":
            if label in _NEITHER and said.kind == _NEITHER[label]:
                continue
            best = alone.get(finding.sentence)
            if best is None or said.labels[label] > best[0]:
                alone[finding.sentence] = said.labels[label], finding
        else:
            if said.labels[label] < bars(label)[0]:
                finding = finding._replace(severity=finding.severity.lowered(), confidence="medium")
            if finding.severity > Severity.info:
                spoken.add(finding.sentence)
            settled.append(finding)
    return settled + [finding for span, (_, finding) in alone.items() if span not in spoken]

"""Languages: blocks that are not English are told and left out; a page that is not English is not checked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from copycheck.cli import cli
from copycheck.document import Document
from copycheck.languages import language, set_apart
from copycheck.readers import read
from copycheck.source import Source, Unreadable

PASSAGES = {
    "Spanish": "Nuestro equipo está con usted en todo el camino de la recuperación y en su casa.",
    "French": "Nous sommes avec vous dans votre chambre et nous parlons de ce qui est bon pour vous.",
    "German": "Wir sind für Sie da und zeigen Ihnen die Übungen, die der Rücken nach einer Operation braucht, auch im Haus.",
    "Portuguese": "A nossa equipe não fica longe de você, e o médico fala com a sua família em casa.",
    "Italian": "Il medico parla con la famiglia e non lascia il paziente da solo nella stanza di cura.",
    "Dutch": "Wij zijn er voor u met een team dat naar uw rug kijkt en ook bij u thuis komt.",
    "Polish": "Nasz zespół jest z panem w domu i na sali, a lekarz nie odchodzi od łóżka przez noc.",
    "Tagalog": "Ang aming mga nars ay nasa tabi ninyo sa gabi at sa umaga para hindi kayo mag-isa.",
    "Haitian Creole": "Ekip nou an ap ede ou ak fanmi ou lè ou gen doulè nan do, epi li pa kite moun pou kont yo.",
    "Vietnamese": "Chúng tôi chăm sóc bạn và gia đình của bạn trong những ngày khó khăn, không để bạn một mình.",
    "another script": "Наша команда всегда рядом.",
}
ENGLISH = "A nurse meets you at the door. You can bring one bag. Your family can call you after lunch, and they can visit in the evening."


@pytest.mark.parametrize(("name", "text"), PASSAGES.items())
def test_passages_are_told(name, text):
    assert language(text) == name


@pytest.mark.parametrize(
    "text",
    [
        ENGLISH,
        "Hablamos español",
        "Semaglutide, tirzepatide, liraglutide, exenatide, dulaglutide, metformin, glipizide, insulin glargine",
        "Lactobacillus rhamnosus GG, Bifidobacterium lactis, L. acidophilus, Saccharomyces boulardii, B. infantis",
        "Dr. José de la Cruz, Dra. María del Río, Jean-Luc Le Goff, Hans von der Heide",
        "Botox® · Dysport® · Juvéderm® · Restylane® · Kybella® · Sculptra® · Radiesse® · Xeomin®",
        "Las Vegas, Los Angeles, El Paso, San Antonio, Santa Fe, La Jolla, Des Moines, Baton Rouge",
        "α-tocopherol, β-carotene, ω-3 fatty acids and γ-linolenic acid in one capsule",
        "A 20-minute first visit. No fee, no referral, no pressure, a free parking space.",
        "A no-needle, no-downtime facial: no pain, no redness, a glow",
        "",
        "🎉🎉🎉",
    ],
)
def test_english_and_names_are_none(text):
    assert language(text) is None


def document(text: str) -> Document:
    return set_apart(read(Source("page.md", text)))


def left_out(document: Document) -> list[str]:
    return [block.text for block in document.blocks if block.region == "foreign"]


def test_a_heading_goes_with_what_stands_below():
    page = document(f"# Visits\n\n{ENGLISH}\n\n## La primera visita\n\n{PASSAGES['Spanish']}\n\n## The first visit\n\n{ENGLISH}\n")
    assert left_out(page) == ["La primera visita", PASSAGES["Spanish"]]
    assert left_out(document(f"# Visits\n\n{ENGLISH}\n")) == []


@pytest.mark.parametrize("text", ["", "#\n", "\n\n"])
def test_nothing_is_no_language(text):
    assert left_out(document(text)) == []


@pytest.mark.parametrize("name", ["Spanish", "Vietnamese"])
def test_a_page_of_another_language_is_unreadable(name):
    with pytest.raises(Unreadable, match=name):
        document(f"# Clinic\n\n{PASSAGES[name]}\n\nBook now\n")


def run(folder: Path, text: str) -> Any:
    page = folder / "page.md"
    page.write_text(text, encoding="utf-8", newline="")
    return CliRunner().invoke(cli, ["--format", "json", str(page)], prog_name="copycheck")


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_a_block_is_left_out_with_one_notice(tmp_path, ends):
    text = (
        f"# Visits\n\n{ENGLISH}\n\nNuestra clínica: el masaje con la mejora de la cita y los pacientes, una hoja en su casa.\n\n{ENGLISH}\n"
    )
    done = run(tmp_path, text.replace("\n", ends))
    (report,) = json.loads(done.stdout)["files"]
    assert [notice["message"] for notice in report["notices"]] == ["What is not English was not checked: line 5."]
    assert [finding["rule"] for finding in report["findings"] if finding["line"] == 5] == ["content/foreign-text"]


def test_a_page_is_not_passed_as_clean(tmp_path):
    done = run(tmp_path, f"\ufeff# Dolor de espalda\n\n{PASSAGES['Spanish']}\n")
    (report,) = json.loads(done.stdout)["files"]
    assert done.exit_code == 2 and "reads like Spanish" in report["error"] and not report["findings"]


@pytest.mark.parametrize("line", ["lang: es", "language: es-MX", "locale: es_US"])
def test_a_page_that_says_so_is_left_out_with_a_notice(tmp_path, line):
    done = run(tmp_path, f"---\n{line}\n---\n\n# Dolor de espalda\n\n{PASSAGES['Spanish']}\n")
    (report,) = json.loads(done.stdout)["files"]
    assert done.exit_code == 0 and report["error"] is None
    assert any("not English was not checked: line" in notice["message"] for notice in report["notices"])
    assert {finding["rule"] for finding in report["findings"]} <= {"content/foreign-text"}


def test_a_page_cannot_say_so_of_english(tmp_path):
    done = run(tmp_path, f"---\nlang: es\n---\n\n# Visits\n\n{ENGLISH} Acupuncture cures gout.\n")
    assert done.exit_code == 1 and "compliance/cure" in done.stdout

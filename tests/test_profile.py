"""The profile: what the copy sells, whether it sells, its form, and for whose readers."""

import pytest

from copycheck.analysis import units_of
from copycheck.profile import Told, tell
from copycheck.readers import read
from copycheck.source import Source


def told(text: str, format: str = "markdown") -> Told:
    document = read(Source("page.x", text), format)
    return tell(document, units_of(document))


@pytest.mark.parametrize(
    ("text", "vertical"),
    [
        ("# Residential rehab\n\nOur detox program and sober living homes.", "addiction"),
        ("# Help for anxiety\n\nA licensed therapist offers EMDR and couples therapy.", "mental-health"),
        ("# Daily gummies\n\nA dietary supplement with turmeric, 30 servings per jar.", "supplement"),
        ("# Full-spectrum CBD\n\nHemp oil with less than 0.3 % THC.", "cbd"),
        ("# Teeth whitening\n\nYour dentist looks at your gums.", "dental"),
        ("# Chiropractic care\n\nSpinal adjustments for your back.", "chiropractic"),
        ("# Deep tissue massage\n\nMassage therapy eases trigger points.", "physio-massage"),
        ("# Botox and dermal fillers\n\nFine lines and wrinkles.", "medspa-aesthetic"),
        ("# Telehealth visits\n\nAn online doctor writes prescriptions.", "telehealth"),
        ("# Medical weight loss\n\nSemaglutide for those who want to lose weight.", "weight-loss"),
        ("# IVF and fertility\n\nPrenatal care by a midwife.", "womens-health"),
        ("# Emergency department\n\nOur hospital has intensive care and oncology.", "hospital"),
        ("# Primary care\n\nFamily medicine and urgent care.", "general-clinic"),
        ("# Garden chairs\n\nSit down in the sun.", "other"),
    ],
)
def test_vertical(text, vertical):
    assert told(text).vertical == vertical


def test_one_word_tells_no_vertical():
    assert told("We had a panic at the door.").vertical == "other"


def test_what_told_it_is_said():
    by = told("# Teeth whitening\n\nYour dentist looks at your teeth. Call us today.").told_by
    assert by[0] == "“teeth whitening”" and "call to action “Call us”" in by


@pytest.mark.parametrize(
    "text",
    [
        "Call us today.",
        "Schedule a free consultation.",
        "At Calm Clinic, we listen.",
        "Our therapists listen to you.",
        "I listen to my patients.",
        "Add to cart for $20.",
        "We offer massage. Call 303-555-0134.",
        "CALM CITY (Newsworthy.ai) Calm Clinic opens.",
        "Calm Labs is pleased to announce a new clinic.",
        "Call Calm Clinic today to talk.",
        "<footer>Welcome to Calm Clinic</footer>",
    ],
)
def test_promotional(text):
    assert told(f"# Massage\n\n{text}").promotional


@pytest.mark.parametrize(
    "text",
    [
        "Massage may ease pain. Ask your doctor.",
        "The program cost $3 million. It was paid by the state.",
        "The helpline is 800-555-0134.",
        "<nav><a href='/contact'>Contact Us</a></nav>",
        "We know little of why it works. We use the word massage here.",
        "A best-selling book calls it kind.",
        "Call your doctor if pain stays.",
        "People book flights and start new lives.",
    ],
)
def test_not_promotional(text):
    assert not told(f"# Massage\n\n{text}").promotional


LONG = "Massage may ease pain for some people, and it takes time to work. " * 25


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("---\ndate: 2024-01-05\n---\nText.", "article"),
        ("Posted on Monday by Ann.\n\nText.", "article"),
        (LONG, "article"),
        ("Our team helps. " * 120, "landing"),
        ("Massage in town.", "landing"),
    ],
)
def test_page(text, page):
    assert told(text).page == page


@pytest.mark.parametrize(
    "text",
    [
        "One study used NHS data.",
        "NHS, NHS and NHS again.\n\nNHS, NHS and NHS again.",
        "See [the page](https://www.nhs.uk/a).",
        "It costs £20. Call (303) 555-0134.",
        "The NHS says so, and it costs £20. Visit us in Denver, CO 80202.",
        "Nothing foreign.",
        "The price in Europe is 20 € a month.",
    ],
)
def test_a_mention_does_not_make_a_page_foreign(text):
    assert told(text).foreign is None


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("Our NHS dentists charge £50.", "uk"),
        ("One for £20. Two for £30. Three for £40.", "uk"),
        ("Call +61 2 5550 1234 about Medicare rebates.", "au"),
        ("OHIP pays. Health Canada allows it.", "ca"),
        ("20 € a month. EFSA allows it.", "eu"),
    ],
)
def test_several_signals_do(text, where):
    assert told(text).foreign == where

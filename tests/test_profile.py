"""The profile: what the copy sells, whether it sells, its form, and for whose readers."""

from types import SimpleNamespace

import pytest

from copycheck import profile
from copycheck.profile import DetectedProfile, detect
from copycheck.ruleset import BadRules, signals
from tests.rulekit import article

LONG = "Massage may ease pain for some people, and it takes time to work. " * 25


def detected(text: str, format: str = "markdown") -> DetectedProfile:
    return detect(article(text, format))


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
        ("# Support for autism\n\nABA therapy at home, by a behavior analyst.", "mental-health"),
        ("# Sleep studies at home\n\nWe look for sleep apnea.", "general-clinic"),
        ("# LASIK in one day\n\nFor clear eyes.", "general-clinic"),
        ("# PRP for thin hair\n\nPRP helps hair loss, says our clinic.", "medspa-aesthetic"),
        ("# Shockwave therapy\n\nFor erectile dysfunction, in our clinic.", "general-clinic"),
        ("# Home care for your parents\n\nAn aide comes after a hospital stay.", "other"),
        ("# Eating disorders\n\nBulimia and anorexia are not a choice.", "mental-health"),
        ("# Chiropody\n\nNails and heels.", "general-clinic"),
        ("# Knees\n\nThe department of orthopedics at Ridge Hospital mends them.", "hospital"),
        ("# Black seed oil\n\nAn herbal product for pregnancy and after.", "supplement"),
        ("# Garden chairs\n\nSit down in the sun.", "other"),
    ],
)
def test_vertical(text, vertical):
    assert detected(text).vertical == vertical


def test_one_word_shows_no_vertical():
    assert detected("We had a panic at the door.").vertical == "other"


def test_a_signal_begins_where_a_word_begins():
    assert detected("This isn't a substitute for medical advice.").signals == (
        "general information “isn't a substitute for medical advice”",
    )


def test_the_signals_are_named():
    by = detected("# Teeth whitening\n\nYour dentist looks at your teeth. Call us today.").signals
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
        "As a massage therapist, I look for the cause.",
        "I have seen hundreds of patients get better.",
        "Most are tired when they walk through my door.",
        "Patients often ask me whether it hurts.",
        "When you come to me, the first hour is for talk.",
        "I use reflexology for most sore feet.",
        "Our board-certified massage therapists listen.",
        "Green Hill Wellness offers massage. At Green Hill Clinic, it takes an hour. It is the best place for massage.",
        "Order the oil for your massage today.",
        "Try [this oil](https://oils.example/product/arnica).",
        "Feel free to contact me about your back.",
        "Send a WhatsApp to +44 20 7946 0000, and we will ring you back.",
        "Visit Harbor Urgent Care to be seen.",
        "Come see us at the studio.",
        "Click here to book.",
        "Why choose us?",
        "Our ten-session package saves you money.",
        "Consult a therapist such as those at Ridge Spine.",
        "During your first visit, we will look at your posture.",
        "I needle the tight spots.",
        "You can purchase the oil on our website.",
        "List your practice with us.",
        "A jar costs Rs. 250. We craft it by hand.",
        "A jar costs &#8377; 250. We craft it by hand.",
    ],
)
def test_promotional(text):
    assert detected(f"# Massage\n\n{text}").stance == "promotional"


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
        "See your doctor if pain stays.",
        "Call Poison Control at 800-222-1222.",
        "Call or text the crisis line at 988, or 800-273-8255.",
        "Contact us about an error in this page.",
        "The surgeon may schedule a follow-up visit.",
        "A midwife hands out a schedule for the checkup visits.",
        "The state spent Rs. 60 crore on it.",
        "See [the label](https://www.health.gov/products/arnica).",
        "“As a therapist, I love it,” said Ann Lee of the county.",
        "Contact me with a tip or a correction: ann@daily.example.",
        "Before you order online, check who sells it.",
    ],
)
def test_not_promotional(text):
    assert detected(f"# Massage\n\n{text}").stance != "promotional"


@pytest.mark.parametrize(
    "text",
    [
        "Medically reviewed by Ann Lee, MD. Last updated May 2024.\n\n## References\n\n1. Lee J. Chest 2006;4:5.",
        "This article is about sore backs. " + "Massage may ease pain for some people, and it takes time to work. " * 25,
    ],
)
def test_editorial(text):
    assert detected(f"# Sore backs\n\n{text}").stance == "editorial"


def test_long_copy_is_not_editorial_for_want_of_a_button():
    racks = "The leaves are dried on racks in the shade for nine days. " * 20
    assert detected(f"# Belly tea\n\nOur tea is brewed by hand.\n\n{racks}").stance == "promotional"
    assert detected(f"# Belly leaves\n\nThey come to us in May. Ours are green, and we like them.\n\n{racks}").stance == "unclear"
    assert detected(f"# Belly leaves\n\nThey come in May.\n\n{racks}").stance == "unclear"
    assert detected(f"# What are belly leaves?\n\nThey come in May.\n\n{racks}").stance == "editorial"


@pytest.mark.parametrize(
    "text",
    [
        "At Green Hill Clinic, a team of researchers asked 40 people.",
        "“In my practice, I have seen hundreds of patients get better,” says Ann Lee, a therapist at the county.",
        "The study was paid by the state. See [its page](https://www.health.gov/products/massage).",
        "The surgeon may book a second visit for you. Your therapist will schedule an exam.",
        "Arnica oil is available in gels and creams.",
        "The program cost Rs. 60 crore.",
        "I used massage for my own back, and my doctor agreed.",
        "“We prescribe it less than we did,” said Ann Lee, a doctor in Leeds.",
        "During a session, you may feel warm. Your therapist may call you back later.",
        "The trial was run at Green Hill Hospital, where nurses did the massage.",
        "Same-day appointments are rare in the county, and new patients waited nine weeks in 2023.",
        "Send a text to 741741. Call the Samaritans on 116 123, or the Poison Control Center at 800-222-1222.",
        "Visit MedlinePlus to get a list of clinics. Contact your county's health office.",
        "The charity runs groups in 12 towns and pays for its nurses with gifts.",
    ],
)
def test_what_informs_stays_editorial(text):
    assert detected(f"# How to ease a sore back\n\n{LONG}\n\n{text}").stance == "editorial"


@pytest.mark.parametrize(
    "title",
    ["Does massage help?", "What is massage?", "Five myths of sore backs", "Massage\n\nBy Dr. Lee"],
)
def test_an_article_below_its_title_is_editorial(title):
    assert detected(f"# {title}\n\n{LONG}").stance == "editorial"


@pytest.mark.parametrize("title", ["Massage", "Deep tissue massage", "Dermal fillers", "Sore backs", "Massage waits grow longer"])
def test_bare_text_below_a_bare_title_is_unclear(title):
    assert detected(f"# {title}\n\n{LONG}").stance == "unclear"
    assert detected(f"# {title}\n\n{LONG} Talk to your doctor if pain stays.").stance == "editorial"
    assert detected(f"# {title}\n\n{LONG}\n\n## References\n\n1. Lee J. Chest 2006;4:5.").stance == "editorial"


@pytest.mark.parametrize(
    "text",
    [
        f"<title>Sore backs | Ridge Dental Clinic</title><p>{LONG}</p>",
        f"<meta name='description' content='Help for backs at Ridge Chiropractic.'><p>{LONG}</p>",
        f"<h1>Leeds Chiropractor</h1><p>{LONG}</p>",
        f"<p>{LONG}</p><button>Appointment</button>",
        f"<p>{LONG}</p><p><a href='tel:95550134'>Ring</a> or <a href='https://wa.me/95550134'>write</a></p>",
        f"<p>{LONG}</p><p><a href='tel:+1-555-555-0134'>Ring</a></p>",
        f"<p>{LONG}</p><p>Contact Ridge Spine Care on 9555 0134.</p>",
        f"<p>{LONG}</p><p>Fill out the form below.</p>",
        f"<p>{LONG}</p><p>Our goal at Ridge Spine is a calm back.</p>",
        f"<p>{LONG}</p><p>I am a licensed massage therapist in Boston.</p>",
        f"<p>{LONG}</p><p>Why choose Ridge Spine?</p>",
        f"<p>{LONG}</p><p>We accept most insurance plans.</p>",
        f"<p>{LONG}</p><p>Massage at Ridge Hospital offers relief.</p>",
        f"<p>{LONG}</p><p>Ridge Homecare provides trained aides.</p>",
    ],
)
def test_a_sign_of_a_seller_is_enough_against_editorial(text):
    assert detected(text, "html").stance != "editorial"


@pytest.mark.parametrize(
    "text",
    [
        "An appointment takes an hour.",
        "A clinic in Leeds asked 40 people. Leeds chiropractors agreed.",
        "<img src='a.gif' alt='Contact us'>",
        "The crisis line is free: <a href='tel:116123'>116 123</a>.",
        "The crisis line is free: <a href='tel:+15555550134'>ring</a>.",
        "In danger of life call <a href='tel:911'>911</a>.",
        "Ring <a href='tel:+18002738255'>this number</a>.",
    ],
)
def test_some_signals_show_in_their_place_only(text):
    assert detected(f"<h1>How to ease a back</h1><p>{LONG}</p><p>{text}</p>", "html").stance == "editorial"


def test_a_paragraph_is_searched_once_for_all_its_links(monkeypatch):
    searched = []
    search = profile._HELPLINE.search
    monkeypatch.setattr(profile, "_HELPLINE", SimpleNamespace(search=lambda text: searched.append(text) or search(text)))
    text = "We are here, " + "[ring](tel:+15555550134) " * 50
    detected(text)
    assert sum(len(each) > 100 for each in searched) == 1


def test_what_shows_neither_is_unclear():
    assert detected("# Massage\n\nIt takes an hour.").stance == "unclear"
    assert detected("").stance == "unclear" and detected("").signals == ()


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("---\ndate: 2024-01-05\n---\nText.", "article"),
        ("Posted on Monday by Ann.\n\nText.", "article"),
        (LONG, "article"),
        (f"# Does massage help sore backs?\n\n{LONG} Call us today.", "article"),
        (f"# Calm Oil review 2026\n\n{LONG} Buy now.", "article"),
        (f"# 7 signs of a bad back\n\n{LONG} Call us today.", "article"),
        (f"# Massage\n\n{LONG} As a massage therapist, I see it work.", "article"),
        ("# Calm Clinic opens\n\nDENVER (PRNewswire) Calm Clinic opened on Monday.", "article"),
        (f"# Massage\n\n{LONG} Call us today.", "landing"),
        (f"# Massage\n\n# Does it help?\n\n{LONG} Call us today.", "landing"),
        ("Our team helps. " * 120, "landing"),
        ("Massage in town.", "landing"),
    ],
)
def test_page(text, page):
    assert detected(text).page == page


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
    assert detected(text).foreign is None


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
    assert detected(text).foreign == where


SIGNALS = """
verticals:
  dental: {4: [root canal], 2: [tooth, gum], 1: [rinse, floss]}
  cbd: {3: [hemp]}
promotional:
  call to action: {weight: 3, patterns: [call us, (book) now], except: [call us about an error], unless: [negated]}
  offer: {weight: 1, patterns: [free]}
editorial:
  reviewer: {weight: 2, patterns: [reviewed by]}
foreign:
  uk: [nhs, gp surgery]
article: {patterns: [posted on], meta: [pubDate]}
"""


@pytest.fixture
def own_signals(tmp_path, monkeypatch):
    """Signals written for a test instead of those that ship."""

    def forget() -> None:
        signals.load.cache_clear()
        profile._flat.cache_clear()

    (tmp_path / "profile.yaml").write_text(SIGNALS, encoding="utf-8")
    monkeypatch.setattr(signals, "rules_dir", lambda: tmp_path)
    forget()
    yield
    monkeypatch.undo()
    forget()


@pytest.mark.usefixtures("own_signals")
class TestHowSignalsCount:
    def test_weights_make_the_stance(self):
        assert detected("Call us.").stance == "promotional"
        assert detected("It is free.").stance == "unclear"  # too little
        assert detected("It is free. Call us.").signals == ("offer “free”", "call to action “Call us”")
        assert detected("Reviewed by Ann.").stance == "editorial"
        assert detected("Reviewed by Ann. Call us.").stance == "promotional"

    def test_one_kind_of_signal_counts_once(self):
        assert detected("It is free. Free, free, free.").stance == "unclear"

    def test_exceptions_and_marks_clear_a_signal(self):
        assert detected("Call us about an error.").stance == "unclear"
        assert detected("Do not call us.").stance == "unclear"

    def test_prices_and_numbers_are_characters(self):
        assert detected("It costs $20. Call 303-555-0134.").stance == "promotional"
        assert detected("It cost $20 million. Call 303-555-0134.").stance == "unclear"
        assert detected("Call the crisis line at 303-555-0134 for $20.").stance == "unclear"

    def test_the_vertical_with_the_most_weight(self):
        assert detected("Root canal for a tooth. Hemp.").vertical == "dental"
        assert detected("Hemp helps with hemp.").vertical == "cbd"
        assert detected("# Rinse and floss\n\nText.").vertical == "dental"  # a heading counts twice
        assert detected("Rinse and floss.").vertical == "other"
        assert detected("A tooth.").vertical == detected("").vertical == "other"

    def test_only_the_article_shows_the_vertical(self):
        assert detected("<nav>Root canal, gums, tooth</nav><p>Text.</p>", "html").vertical == "other"

    def test_foreign(self):
        assert detected("The NHS pays. Ask your GP surgery.").foreign == "uk"
        assert detected("The NHS pays. Ask your GP surgery. Denver, CO 80202.").foreign is None
        assert detected("The NHS pays.").foreign is None

    def test_article(self):
        assert detected("Posted on Monday.").page == "article"
        assert detected("---\npubdate: 2024-01-05\n---\nText.").page == "article"
        assert detected("Text.").page == "landing"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("verticals: {dental: {3: [...9 x]}}\npromotional: {}\n", r"profile\.yaml:1: '...9 x': a gap is"),
        ("verticals: {}\npromotional:\n  call: {weight: 0, patterns: [call]}\n", r"profile\.yaml:3: promotional\.call\.weight: "),
        ("verticals: {}\npromotional: {}\nsales: {}\n", r"profile\.yaml:3: sales: "),
        ("verticals: {}\n", r"profile\.yaml:1: promotional: "),
    ],
)
def test_a_file_of_signals_that_does_not_load(tmp_path, monkeypatch, text, said):
    (tmp_path / "profile.yaml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(signals, "rules_dir", lambda: tmp_path)
    with pytest.raises(BadRules, match=said):
        signals.load.__wrapped__()

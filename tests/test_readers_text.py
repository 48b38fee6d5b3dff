"""Plain copy: paragraphs, headings, lists, buttons, menus and readers' comments told without mark-up."""

from tests.reading import document, regions, shown

COPY = """Massage and Recovery

Massage may ease pain in the first weeks of recovery. It is no cure, and it
takes time to work for most people.

How It Helps
Many people sleep better after a session, and some say that they worry less in
the days that follow.

Benefits include:
• Better sleep
• Less pain in the
  lower back
• Calm

1. Ask your doctor
2. Book a visit

Call us at (303) 555-0134
Learn more

Home
About Us
Services
Contact

Copyright 2026 Calm Clinic. All rights reserved.
"""


def test_copy():
    assert shown(COPY, "text") == [
        ("title", "Massage and Recovery"),
        ("body", "Massage may ease pain in the first weeks of recovery. It is no cure, and it takes time to work for most people."),
        ("heading", "How It Helps"),
        ("body", "Many people sleep better after a session, and some say that they worry less in the days that follow."),
        ("body", "Benefits include:"),
        ("list", "Better sleep"),
        ("list", "Less pain in the lower back"),
        ("list", "Calm"),
        ("list", "Ask your doctor"),
        ("list", "Book a visit"),
        ("cta", "Call us at (303) 555-0134"),
        ("cta", "Learn more"),
        ("body", "Home"),
        ("body", "About Us"),
        ("body", "Services"),
        ("body", "Contact"),
        ("body", "Copyright 2026 Calm Clinic. All rights reserved."),
    ]


def test_regions():
    found = regions(COPY, "text")
    assert found["nav"] == ["Home", "About Us", "Services", "Contact"]
    assert found["footer"] == ["Copyright 2026 Calm Clinic. All rights reserved."]


def test_lists_know_their_lead_in():
    blocks = document(COPY, "text").blocks
    item = next(block for block in blocks if block.text == "Calm")
    assert blocks[item.lead_in or 0].text == "Benefits include:"


def test_a_phrase_broken_over_lines_is_one():
    text = "Verify your\ninsurance with us, and\nsee what\nyour plan covers today.\n"
    assert shown(text, "text") == [("body", "Verify your insurance with us, and see what your plan covers today.")]
    block = document(text, "text").blocks[0]
    assert text[slice(*block.span(7, 21))] == "your\ninsurance"


def test_short_lines_under_a_colon_are_a_list():
    assert [scope for scope, _ in shown("We treat:\nBack pain\nNeck pain\nStress\n", "text")] == ["body", "list", "list", "list"]


def test_nested_bullets_and_letters():
    blocks = document("We treat:\n\n- Pain\n    - in the back\n- Stress\na) Sleep\n", "text").blocks
    assert [(block.text, block.level) for block in blocks[1:]] == [("Pain", 1), ("in the back", 2), ("Stress", 1), ("Sleep", 1)]


def test_marks_of_markdown_in_plain_copy():
    assert shown("# Pain\n\nText here.\n\nSleep\n=====\n\nMore text.\n\n***\n\nEnd of it.\n", "text") == [
        ("title", "Pain"),
        ("body", "Text here."),
        ("heading", "Sleep"),
        ("body", "More text."),
        ("body", "End of it."),
    ]


def test_numbered_headings():
    long = "Massage may ease pain for some people who sit all day long at work in an office."
    text = f"1. Massage\n\n{long}\n\n2. Rest\n\n{long}\n"
    assert [scope for scope, _ in shown(text, "text")] == ["title", "body", "heading", "body"]


def test_readers_comments_at_the_end_and_the_article_after_them():
    long = "Massage may ease pain for some people, and it may help them to sleep better in the weeks after an injury or a long illness at home."
    text = (
        f"Massage\n\n{long}\n\n3 Comments\n\nAnn says:\nIt cured me in a day!\n\nComments are closed.\n\nRest and Recovery Too\n\n{long}\n"
    )
    found = regions(text, "text")
    assert found["comments"] == ["3 Comments", "Ann says:", "It cured me in a day!", "Comments are closed."]
    assert "Rest and Recovery Too" in found["main"]
    open_end = text.replace("Comments are closed.\n\n", "")
    assert "Rest and Recovery Too" in regions(open_end, "text")["main"]


def test_questions_over_a_paragraph_are_headings():
    text = "Massage\n\nDoes It Help With Pain?\nIt may ease pain for a while in some people, but no one can say for whom it will.\n"
    assert [scope for scope, _ in shown(text, "text")] == ["title", "heading", "body"]


def test_tags_within_plain_copy():
    assert shown("It <b>may</b> help &amp; ease.\n", "text") == [("body", "It may help & ease.")]


def test_line_ends_of_every_kind():
    for end in ("\n", "\r\n", "\r"):
        assert [text for _, text in shown(f"Pain eases.{end}{end}It takes time.", "text")] == ["Pain eases.", "It takes time."]


def test_lines_wrapped_by_hand():
    text = (
        "Massage may ease pain for a while and it may help some people to\nSleep better at night. Ask us about it if you like and take your\n"
        "time to think about it before you come. There is no hurry at all\nhere.\n"
    )
    assert len(shown(text, "text")) == 1

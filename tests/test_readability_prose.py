import pytest

from copycheck.readability import prose, scores
from tests import rulekit

ARTICLE = "\n\n".join(
    f"A nurse will meet you at the door in week {number} and show you around. You can rest in your own room whenever you need it. "
    "Recovery takes time, and therapeutic massage may help you manage anxiety along the way."
    for number in range(1, 11)
)


def sentences(text: str, format: str = "markdown") -> list[prose.Counted]:
    return prose.sentences(rulekit.article(text, format))


def texts(text: str, format: str = "markdown") -> list[str]:
    return [sentence.sentence.text for sentence in sentences(text, format)]


def test_whole_sentences_of_paragraphs_count() -> None:
    assert texts("## Your first day\n\nA nurse meets you. Dr. Smith treats pain. Relax. What helps you most?\n") == [
        "A nurse meets you.", "Dr. Smith treats pain.", "What helps you most?",
    ]  # fmt: skip


def test_bullets_count_if_they_are_sentences() -> None:
    text = "Benefits include:\n\n- Less stress\n- Release of hormones.\n- Your body can rest at night.\n- Drink plenty of water.\n- Helps you sleep well.\n"
    assert texts(text) == ["Your body can rest at night.", "Drink plenty of water.", "Helps you sleep well."]


@pytest.mark.parametrize(
    "debris",
    [
        "Call us today!", "Call (555) 555-0100 now to talk.", "Learn more about our work.", "Verify your insurance in minutes.",
        "© 2024 Oak Hill. All rights reserved.", "Smith J, Doe A, et al. massage and sleep (2019).", "> She says the staff is kind to all.",
        "Home", "Our services", "A few of the benefits include:", "| Day | What happens |\n| --- | --- |\n| 1 | You meet a nurse at noon. |",
    ],
)  # fmt: skip
def test_what_is_no_prose_does_not_count(debris: str) -> None:
    assert texts(debris) == []


def test_a_long_sentence_that_says_call_us_counts() -> None:
    assert (
        len(texts("If you take other medicines or have had a fit before, call us before the visit so that the nurse can plan for it.")) == 1
    )


@pytest.mark.parametrize(
    "added",
    [
        "## A new heading about neuropharmacological considerations\n\n",
        "- Multidisciplinary interventions\n- Individualized rehabilitation\n- Better sleep\n\n",
        "[Verify your insurance now](/insurance)\n\nCall us today!\n\nGet help now.\n\n",
        "Home | Services | Admissions | Testimonials\n\n",
    ],
)
def test_headings_bullets_menus_and_buttons_do_not_move_the_grade(added: str) -> None:
    before = scores.total(sentence.counts for sentence in sentences(ARTICLE))
    paragraphs = ARTICLE.split("\n\n")
    with_more = "\n\n".join(added + paragraph for paragraph in paragraphs)
    after = scores.total(sentence.counts for sentence in sentences(with_more))
    assert abs(scores.flesch_kincaid_grade(after) - scores.flesch_kincaid_grade(before)) <= 0.2


def test_menus_and_buttons_of_a_page_do_not_count() -> None:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in ARTICLE.split("\n\n"))
    bare = sentences(f"<html><body><main>{body}</main></body></html>", "html")
    full = sentences(
        "<html><body><nav><ul><li><a href='/'>Home</a></li><li><a href='/about'>About us</a></li></ul></nav>"
        f"<main><h1>Massage</h1>{body}<a class='button' href='/call'>Call now!</a><ul><li>Less pain</li></ul></main>"
        "<footer><p>Our practice is open every weekday from nine.</p></footer></body></html>",
        "html",
    )
    assert [sentence.sentence.text for sentence in full] == [sentence.sentence.text for sentence in bare]


def test_sections_and_paragraphs() -> None:
    found = sentences("A nurse meets you.\n\n## Next\n\nA doctor sees you. You can rest.\n\n- You can go home soon.\n")
    assert [len(members) for _, members in prose.sections(found)] == [1, 3]
    assert [len(members) for members in prose.paragraphs(found)] == [1, 2]


def test_written_out_addresses_do_not_count() -> None:
    (sentence,) = sentences("You can read it at https://example.org/a-very-long/path.html when you like.")
    assert sentence.words == ("You", "can", "read", "it", "at", "when", "you", "like")


def test_a_sentence_end_of_digits_and_brackets_is_quick() -> None:
    assert len(texts("It helps you rest." + "1" * 1500)) <= 1
    assert len(texts("It helps you rest." + ")]'" * 500)) <= 1

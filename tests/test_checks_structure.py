from datetime import date
from typing import Any, get_args

import pytest

from copycheck.checks import Site
from copycheck.checks.structure import CHECKS, StructureCheck, common
from copycheck.findings import Finding
from copycheck.ruleset.models import Structure
from tests import rulekit
from tests.work import calls

TODAY = Site(today=date(2026, 11, 1))
PROSE = "A nurse meets you at the door. You can bring one bag with your things."


def rule(check: str, **values: Any) -> Structure:
    base: dict[str, Any] = {
        "id": f"content/{check}", "path": "test.yaml", "kind": "structure", "check": check, "severity": "info", "confidence": "high",
        "title": "t", "why": "w", "message": "“{match}” {promised} {listed} {other} {fault} {language} {today} {swap}",
        "examples": {"flag": ["x"], "pass": ["y"]},
    }  # fmt: skip
    return Structure(**(base | values))


def findings(text: str, name: str, format: str = "markdown", site: Site = TODAY, **values: Any) -> list[Finding]:
    return StructureCheck([rule(name, **values)], {}).check(rulekit.article(text, format), site).findings


def found(text: str, name: str, format: str = "markdown", **values: Any) -> list[str]:
    """The source at each finding's span."""
    return [text[slice(*finding.span)] for finding in findings(text, name, format, **values)]


def test_every_check_that_a_rule_may_name_exists() -> None:
    assert set(get_args(Structure.model_fields["check"].annotation)) == set(CHECKS)


class TestPlaceholders:
    PATTERNS = [r"\[(?:insert|your)\b[^\]]{0,40}\]", r"\blorem ipsum\b", r"\b(?P<flag>TBD)\b weeks"]

    def test_patterns(self) -> None:
        text = "Call [your name] of lorem ipsum in TBD weeks."
        assert found(text, "placeholder-text", regex=self.PATTERNS) == ["[your name]", "lorem ipsum", "TBD"]

    def test_template_code_shows_in_plain_copy_only(self) -> None:
        text = "Our team in {{ city }} is here for you and for your family."
        (finding,) = findings(text, "placeholder-text", "text", regex=self.PATTERNS)
        assert text[slice(*finding.span)] == "{{ city }}" and "“{{ city }}”" in finding.message
        assert not findings(text, "placeholder-text", "markdown", regex=self.PATTERNS)

    def test_lines_that_stand_again_are_searched_once(self, monkeypatch: pytest.MonkeyPatch) -> None:
        searched: list[str] = []
        monkeypatch.setattr(common, "find_all", lambda expression, text, rule: searched.append(text) or [])
        assert not found("Call us.\n\n" * 9 + "Write to us.", "placeholder-text", regex=["tbd"])
        assert searched == ["Call us.", "Write to us."]

    def test_template_code_is_not_the_word_that_the_pipeline_reads_in_its_place(self) -> None:
        assert found("Call {{ x }}.\n\nCall X.", "placeholder-text", regex=["call x"]) == ["Call X"]

    def test_overlapping_matches_are_one(self) -> None:
        assert found("Ask [insert lorem ipsum].", "placeholder-text", regex=self.PATTERNS) == ["[insert lorem ipsum]"]


class TestRepeats:
    LONG = "Our nurses will sit with you through the first night and help you rest."

    def test_second_time(self) -> None:
        text = f"{self.LONG}\n\n## Next\n\nA book is fine. {self.LONG}\n"
        (finding,) = findings(text, "repeated-passage")
        assert text[slice(*finding.span)] == self.LONG and finding.span.start > 80
        assert finding.related == ((0, len(self.LONG)),)

    def test_sentences_that_stand_again_in_the_other_order_have_a_place(self) -> None:
        one = "The clinic opens at nine every morning and closes at five in the evening."
        two = "Our nurses will call you back on the same day if you leave a message."
        text = f"{one} {two}\n\n{two} {one}\n"
        (told,) = findings(text, "repeated-passage")
        (place,) = told.related
        assert text[place.start : place.end] == f"{one} {two}"

    def test_a_repeated_paragraph_is_one_finding(self) -> None:
        paragraph = f"{self.LONG} You can bring one bag with you and leave the rest of your things at home."
        text = f"{paragraph}\n\nSomething else stands here.\n\n{paragraph}\n"
        assert found(text, "repeated-passage") == [paragraph]

    @pytest.mark.parametrize("text", ["You are not alone.", "“Massage and sleep: a review of what we know of it since 1990”"])
    def test_mottos_and_titles_may_repeat(self, text: str) -> None:
        assert not findings(f"{text}\n\nAnd more.\n\n{text}\n", "repeated-passage")

    def test_patterns_except(self) -> None:
        text = f"{self.LONG}\n\n{self.LONG}\n"
        assert not findings(text, "repeated-passage", regex=["first night"])


class TestNotices:
    PATTERNS = [r"^protected by copyscape$"]

    def test_in_copy_wherever_the_reader_puts_it(self) -> None:
        assert found(f"{PROSE}\n\nProtected by Copyscape\n", "pasted-notice", "text", regex=self.PATTERNS) == ["Protected by Copyscape"]

    def test_in_a_page_only_in_the_article(self) -> None:
        page = f"<main><p>{PROSE}</p></main><footer><p>Protected by Copyscape</p></footer>"
        assert not findings(page, "pasted-notice", "html", regex=self.PATTERNS)
        assert found(f"<main><p>{PROSE}</p><p>Protected by Copyscape</p></main>", "pasted-notice", "html", regex=self.PATTERNS)

    def test_comments(self) -> None:
        text = f"{PROSE}\n\n2 thoughts on “Massage”\n\n  1. Great post, I will come back.\n\nComments are closed."
        (finding,) = findings(text, "readers-comments", "text")
        assert text[slice(*finding.span)].startswith("2 thoughts")
        assert not findings(f"{PROSE}\n\nComments are closed.", "readers-comments", "text")


class TestLanguage:
    SPANISH = "Nuestro equipo está con usted en todo el camino de la recuperación y en su casa."

    def test_a_passage(self) -> None:
        text = f"{PROSE}\n\n{self.SPANISH} {self.SPANISH}\n\n{PROSE}"
        (finding,) = findings(text, "foreign-text")
        assert "Spanish" in finding.message and text[slice(*finding.span)] == self.SPANISH

    def test_another_script(self) -> None:
        (finding,) = findings(f"{PROSE}\n\nНаша команда всегда рядом.\n\n{PROSE}", "foreign-text")
        assert "another script" in finding.message

    def test_short_notices_and_terms_are_fine(self) -> None:
        assert not findings(f"{PROSE} Hablamos español aquí en la casa. The test is done in vitro, et al. {PROSE}", "foreign-text")


class TestYears:
    PATTERNS = [r"opening in (?P<flag>20\d\d)"]

    def test_a_year_gone_by(self) -> None:
        text = "Our wing is opening in 2024. The other is opening in 2026."
        (finding,) = findings(text, "stale-year", regex=self.PATTERNS)
        assert text[slice(*finding.span)] == "2024" and "2026" in finding.message

    def test_without_a_date_nothing_is_judged(self) -> None:
        assert not findings("Our wing is opening in 2024.", "stale-year", regex=self.PATTERNS, site=Site())


class TestSections:
    def test_empty(self) -> None:
        text = "# Page\n\n## One\n\n## Two\n\nText here.\n\n## Three\n"
        assert found(text, "empty-section") == ["One", "Three"]

    @pytest.mark.parametrize("filled", ["### Deeper\n\nText.", "![A map](map.png)", "{{ faq }}", "```\ncode\n```", "<form><input></form>"])
    def test_filled(self, filled: str) -> None:
        assert not findings(f"## One\n\n{filled}\n\n## Two\n\nText here.\n", "empty-section")

    def test_not_in_web_pages(self) -> None:
        assert not findings("<h2>One</h2><h2>Two</h2><p>Text here.</p>", "empty-section", "html")


class TestPromises:
    @pytest.mark.parametrize(
        ("heading", "below", "flagged"),
        [
            ("## 5 benefits", "- One\n- Two\n- Three", "5 benefits"),
            ("## 3 benefits", "- One\n- Two\n- Three", None),
            ("## One of 5 benefits", "- One\n- Two", None),
            ("## 12 steps", "- One\n- Two", None),
            ("## 40 reasons", "- One\n- Two", None),
            ("## 5 benefits", "- One\n- Two\n\nMore.\n\n- Three", None),
            ("## 5 benefits", "No list at all.", None),
            ("## 4 ways", "### 1. One\n\nText.\n\n### 2. Two\n\nText.\n\n### 3. Three\n\nText.", "4 ways"),
            ("## 4 ways", "### 1. One\n\nText.\n\n### 3. Three\n\nText.", None),
            ("## 4 ways", "### One\n\nText.\n\n- Item\n- Item", None),
            ("## 2 to 5 signs and 3 tips", "- One", None),
            ("We know four signs:", "- One\n- Two\n- Three", "four signs"),
            ("We know four signs.", "- One\n- Two\n- Three", None),
            ("We know three signs:", "- One\n  - Deeper\n- Two\n- Three", None),
        ],
    )
    def test_counts(self, heading: str, below: str, flagged: str | None) -> None:
        assert found(f"{heading}\n\n{below}\n\n## End\n\nText.", "promised-count") == ([flagged] if flagged else [])

    def test_a_title_speaks_for_the_whole_page(self) -> None:
        text = "---\ntitle: 4 ways to rest\n---\n\n# Rest\n\n## 1. Sleep\n\nText.\n\n## 2. Sit\n\nText.\n\n## 3. Lie\n\nText.\n"
        assert found(text, "promised-count") == ["4 ways"]


class TestImages:
    @pytest.mark.parametrize(
        ("image", "fault"),
        [
            ('<img src="garden.jpg">', "no alternative text (garden.jpg)"),
            ('<img src="garden.jpg" alt="IMG_2034">', "a file name"),
            ('<img src="garden.jpg" alt="garden-2.jpg">', "a file name"),
            ('<img src="garden.jpg" alt="">', None),
            ('<img src="garden.jpg" alt="Two guests in the garden">', None),
            ('<img src="spacer.gif">', None),
            ('<img src="x.gif" width="7" height="9">', None),
            ('<img src="data:image/png;base64,AAAA">', None),
        ],
    )
    def test_alternative_text(self, image: str, fault: str | None) -> None:
        made = findings(f"<main><p>{PROSE}</p>{image}</main>", "missing-alt", "html")
        assert [fault in finding.message for finding in made if fault] == ([True] if fault else [])
        assert bool(made) == bool(fault)

    def test_each_file_once(self) -> None:
        assert len(found("![](a.jpg) text ![](a.jpg) and ![](b.jpg)", "missing-alt")) == 2


class TestLinks:
    PHRASES = ["click here", "read more"]

    def test_words_that_say_nothing(self) -> None:
        text = "For prices [click here!](/p). [Read more](/m) of it. See [our prices](/p). Click here."
        assert found(text, "link-text", phrases=self.PHRASES) == ["click here!", "Read more"]

    def test_a_card_may_end_in_read_more(self) -> None:
        assert not findings("## Card\n\n[Read more](/m)\n", "link-text", phrases=self.PHRASES)
        assert found("## Card\n\n[Click here](/m)\n", "link-text", phrases=self.PHRASES) == ["Click here"]


class TestPhones:
    def test_a_link_that_dials_another_number(self) -> None:
        (finding,) = findings("Call [(512) 555-0100](tel:+1-512-555-0199) now.", "phone-mismatch")
        assert "512-555-0199" in finding.message
        assert not findings("Call [1-800-555-HELP](tel:18005554357) or [512 555 0100](tel:5125550100).", "phone-mismatch")

    def test_a_slip_of_a_digit(self) -> None:
        usual = "Call 512-555-0143 by day. Call 512-555-0143 by night. "
        assert found(usual + "Our desk: 512-555-0134.", "phone-mismatch") == ["512-555-0134"]
        assert found(usual + "Our desk: 512-556-0143.", "phone-mismatch") == ["512-556-0143"]
        assert not findings(usual + "Our desk: 512-555-0144. Fax: 512-555-0134. Dallas: 214-555-0143.", "phone-mismatch")


class TestAcronyms:
    def test_first_use(self) -> None:
        text = "Our IOP is open. IOP and EMDR help. Ask about MAT."
        assert found(text, "undefined-acronym", phrases=["MAT"]) == ["IOP", "EMDR", "MAT"]

    @pytest.mark.parametrize(
        "text",
        [
            "Our intensive outpatient program (IOP) is open. The IOP team is kind.",
            "EMDR (eye movement therapy) may help.", "Delirium tremens, or DTs as some say, can kill.", "IOP stands for a program.",
            "Some have delirium tremens (DTs) first. DTs can kill.", "[1] Wilding JPH, et al. A trial.",
            "Our intensive outpatient program is open. IOP takes time.", "Get an MRI now.", "Jane Doe, MFT, LPC, is here.",
            "You can ask UCLA Health. Or ask Kaiser HMO today.", "WE ARE HERE TO HELP YOU IOP NOW", "You do NOT need it. Part XIV.",
            "The share (NASDAQ: TFTX) rose.", "Take COX-2 or PD-L1 or B12.",
        ],
    )  # fmt: skip
    def test_fine(self, text: str) -> None:
        assert not findings(text, "undefined-acronym", allow=["MRI", "NASDAQ"])


class TestJargon:
    SWAP = {"antiemetic": "anti-nausea medicine", "myocardial infarction": "heart attack", "ameliorates": ["eases", "helps"]}

    def test_first_use_with_its_plain_word(self) -> None:
        text = "Antiemetic pills help. An antiemetic is kind. It ameliorates pain after a myocardial infarction."
        made = findings(text, "jargon", swap=self.SWAP)
        assert [text[slice(*finding.span)] for finding in made] == ["Antiemetic", "ameliorates", "myocardial infarction"]
        assert [finding.suggestions for finding in made] == [("Anti-nausea medicine",), ("eases", "helps"), ("heart attack",)]
        assert "“eases” or “helps”" in made[1].message

    def test_a_marked_word_takes_the_form_of_the_term(self) -> None:
        made = findings("Rest mitigated the contusions.", "jargon", swap={"mitigate": "~lessen", "contusion": "~bruise under the skin"})
        assert [finding.suggestions for finding in made] == [("lessened",), ("bruises under the skin",)]

    @pytest.mark.parametrize(
        "text",
        [
            "You get an antiemetic (a pill against nausea).", "An antiemetic is called for. It means a pill.",
            "A heart attack (myocardial infarction) hurts.", "## On antiemetics\n\nAn antiemetic helps.", "An anti-nausea medicine helps. An antiemetic too.",
            "The nurse has pills.\n\nAntiemetic\n\nA pill against nausea.", "An antiemetic helps you now. " * 4, "The non-antiemetic pill.", "She read “A trial of an antiemetic in children”.",
        ],
    )  # fmt: skip
    def test_explained_or_known(self, text: str) -> None:
        assert not findings(text, "jargon", swap=self.SWAP)


HOSTILE = {
    "brackets": "ABC(",
    "tips": "## 5 tips\n\n- a\n- b\n\n",
    "one number": "512-555-0143 ",
    "one image": "![](a.jpg) ",
    "one word": "antiemetic ",
}


def hostile(name: str, size: int) -> str:
    if name == "acronyms":
        return "".join(f"A{chr(65 + at // 676)}{chr(65 + at // 26 % 26)}{chr(65 + at % 26)} x. " for at in range(size))
    if name == "numbers":
        return "".join(f"{200 + at // 100}-555-{1000 + at % 100:04} " for at in range(size))
    return HOSTILE[name] * size


@pytest.mark.parametrize("name", [*HOSTILE, "acronyms", "numbers"])
def test_the_work_grows_with_hostile_input_and_no_faster(name: str) -> None:
    rules = [rule(check, swap=TestJargon.SWAP, regex=[r"\[insert\b[^\]]{0,40}\]"], phrases=["here"]) for check in CHECKS]
    check = StructureCheck(rules, {})
    small, large = (rulekit.article(hostile(name, size)) for size in (150, 600))
    for article in (large, small):
        check.check(article, TODAY)  # what is remembered of words is no work of the text
    assert calls(lambda: check.check(large, TODAY)) < 5 * calls(lambda: check.check(small, TODAY))

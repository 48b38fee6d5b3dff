"""The HTML report in a real browser, Debian's chromium: it opens, filters, is used by keyboard, turns dark, prints, and runs nothing."""

from __future__ import annotations

import io
import os
import shutil
import warnings
from collections.abc import Iterator
from pathlib import Path
from unicodedata import normalize

import pytest

from tests.command import run

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
BROWSER = next(filter(None, map(shutil.which, NAMES)), None)
MISSING = "NOT TESTED: the HTML report in a browser, for there is no chromium here (apt-get install chromium-headless-shell)"
pytestmark = [pytest.mark.slow, pytest.mark.skipif(BROWSER is None, reason=MISSING)]
if BROWSER is None:
    warnings.warn(MISSING, stacklevel=1)  # a skip has no words in a summary, a warning has
PATIENCE = 120_000  # ms; machines are busy

ARTICLE = """---
title: Help for substance abuse
---
# Help for everyone

<!-- copycheck: ignore language: a name, J. Doe -->
Treatment for substance abuse 😴. Call [us](https://a.org/x).

### Too deep

- An addict may call.
- We utilize rest. Alcoholics and addicts are at home here.
"""
ATTACK = """<script>document.title = "owned"</script>

# Substance abuse <img src=x onerror="document.title='owned'"> &lt;script&gt;document.title="owned"&lt;/script&gt;

[An addict](javascript:document.title='owned') "><svg onload=document.title='owned'> '-document.title='owned'-'

</mark></p></section><script>document.title="owned"</script> addicts {{ 7*7 }} {% raw %} &quot; onfocus=&quot;document.title='owned'
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """The report on two articles and a file that is not there."""
    home = tmp_path_factory.mktemp("report")
    (home / "a.md").write_text(ARTICLE, encoding="utf-8")
    (home / "b<img src=x onerror=alert(1)>.md").write_text(ATTACK, encoding="utf-8")
    (home / ".copycheck.yaml").write_text("vertical: addiction\npromotional: true\n", encoding="utf-8")
    before = Path.cwd()
    os.chdir(home)
    try:
        assert run("--format", "html", "--output", "out", ".", "gone.md").exit_code == 2
    finally:
        os.chdir(before)
    return home / "out"


@pytest.fixture(scope="module")
def context(folder) -> Iterator:
    """One browser for all tests; it asks for nothing but files of the folder."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        options = {"executable_path": BROWSER, "args": ["--no-sandbox"], "timeout": PATIENCE}
        browser = playwright.chromium.launch(**options)
        made = browser.new_context(offline=True, viewport={"width": 900, "height": 900})
        made.set_default_timeout(PATIENCE)
        made.asked = []
        made.on("request", lambda request: made.asked.append(request.url))
        yield made
        assert made.asked and all(url.startswith(f"file://{folder}/") for url in made.asked), made.asked
        browser.close()


@pytest.fixture
def opened(context, folder):
    """opened(name) opens the page whose name begins so; nothing it does is an error."""
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text))
    page.on("dialog", lambda dialog: errors.append(dialog.message))

    def open_(name: str):
        (path,) = folder.glob(f"{name}*.html")
        page.goto(path.as_uri())
        return page

    yield open_
    page.close()
    assert not errors


def violations(page) -> list[str]:
    """What axe-core finds, each with the first element."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html']}" for one in found]


def overflow(page) -> list[str]:
    """What is wider than the window, or than the box that it scrolls in."""
    return page.evaluate(
        "[document.documentElement, ...document.querySelectorAll('.wide')].filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.outerHTML.slice(0, 80))"
    )


def walk(page) -> tuple[list[int], list[int]]:
    """The elements that the tab key stops at, by number, until it leaves the page; and those that it should."""
    stops: list[int] = []
    number = "[...document.querySelectorAll('*')].indexOf(document.activeElement)"
    while True:
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body") or (at := page.evaluate(number)) in stops:
            break
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"  # it is seen where one is
        stops.append(at)
    return stops, page.evaluate(
        "[...document.querySelectorAll('*')].flatMap((one, at) => one.matches(':not(a), a[href]') && one.tabIndex === 0 && one.checkVisibility() ? [at] : [])"
    )


def test_a_click_opens_an_explanation(opened):
    page = opened("a-md")
    mark = page.locator("mark.warning > a").first
    card = page.locator(mark.get_attribute("href"))
    assert not card.is_visible() and mark.get_attribute("aria-expanded") == "false"
    mark.click()
    assert card.is_visible() and mark.get_attribute("aria-expanded") == "true"
    assert "Who says so" in card.inner_text() and "Ways out" in card.inner_text()
    mark.click()
    assert not card.is_visible()
    page.goto(f"{page.url}#{card.get_attribute('id')}")
    page.reload()
    assert card.is_visible()


def test_keys_do_all(opened):
    page = opened("a-md")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    mark = page.locator("mark > a").first
    assert page.evaluate("document.activeElement.parentElement.tagName") == "MARK"
    for key in ("Enter", "Space"):
        page.keyboard.press(key)
        assert mark.get_attribute("aria-expanded") == ("true" if key == "Enter" else "false")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    assert mark.get_attribute("aria-expanded") == "false"
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "substance abuse, warning"


def test_filters_by_family_and_severity(opened):
    page = opened("a-md")
    every = page.locator("mark:not(.off)").count()
    assert page.locator("mark.note").count() == 0 < every  # notes are off until asked for
    page.locator("input[value=note]").check()
    assert page.locator("mark.note").count() > 0
    page.locator("input[value=language]").uncheck()
    assert not {"warning", "silenced"} & set(page.locator("mark").evaluate_all("all => all.map((one) => one.className)"))
    assert page.locator("mark.off a[href], mark.off a[role], .card[data-family=language]:visible").count() == 0
    page.locator("input[value=language]").check()
    page.locator("button.all").click()
    assert page.locator(".card.inline:visible").count() == page.locator(".card.inline").count() > 2
    assert page.locator("output").inner_text() == "{0} of {0} shown".format(page.locator(".card[data-kind]").count())


def test_a_walk_by_the_tab_key_meets_all_and_is_caught_nowhere(opened):
    for name in ("index", "a-md"):
        stops, wanted = walk(opened(name))
        assert stops == wanted and len(stops) > 5


@pytest.mark.parametrize(("scheme", "width"), [("light", 900), ("dark", 320)])  # 320: a window of 640 at 200 %
def test_accessible_in_light_and_dark_wide_and_narrow(opened, scheme, width):
    page = opened("a-md")
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    page.locator("input[value=note]").check()
    page.locator("button.all").click()
    red, green, blue = page.evaluate("getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)")
    assert (red + green + blue < 3 * 64) == (scheme == "dark")
    assert violations(page) == [] == [one for one in overflow(page) if "<html" in one]
    assert violations(opened("index")) == [] == [one for one in overflow(page) if "<html" in one or width > 320]


def test_a_hostile_article_runs_nothing(opened):
    page = opened("b-img")
    page.locator("button.all").click()
    assert page.locator("mark:not(.off)").count() > 2
    for link in page.locator("mark > a").all():
        link.click()
    assert page.title().endswith("· copycheck") and page.title().startswith("b<img")
    assert page.locator("img, svg:not(.bar), #article script, a[href^=javascript]").count() == 0
    assert "49" not in page.locator("#article").inner_text()


def test_a_script_that_came_in_all_the_same_would_not_run(context, folder):
    guarded = context.browser.new_context(offline=True)  # of its own, for it asks for what it does not get
    page = guarded.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(next(folder.glob("b-img*.html")).as_uri())
    page.evaluate("document.body.setAttribute('onclick', 'document.title = \"owned\"')")
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), {textContent: 'document.title = \"owned\"'}))")
    page.evaluate("document.body.append(Object.assign(new Image(), {src: 'https://a.org/x.png'}))")
    page.locator("h1").click()
    assert page.title() != "owned" and len(said) == 3 and all("Content Security Policy" in text for text in said)
    guarded.close()


def test_prints_every_explanation(opened):
    page = opened("a-md")
    page.emulate_media(media="print")
    assert page.locator(".card.inline:not([hidden]):visible").count() == page.locator(".card.inline:not([hidden])").count() > 0
    assert not page.locator(".filter").is_visible()


def test_a_printed_report_says_all_and_is_not_cut_off(opened):
    from pypdf import PdfReader

    def plain(text: str) -> str:
        """Without the spaces and ligatures of the page."""
        return "".join(normalize("NFKC", text).split())

    for name in ("a-md", "index"):
        page = opened(name)
        told = page.locator("h1, .told, .card:not([hidden]) > p, .card:not([hidden]) li, tbody th, .block > p").all_text_contents()
        sheets = PdfReader(io.BytesIO(page.pdf(format="A4"))).pages
        printed = plain("".join(sheet.extract_text() for sheet in sheets))
        assert [text for text in told if plain(text) not in printed] == []
        page.emulate_media(media="print")
        page.set_viewport_size({"width": 680, "height": 1000})  # A4 within its margins
        assert overflow(page) == []
        colors = page.locator(".tag").evaluate_all("all => all.map((one) => getComputedStyle(one).color)")
        assert set(colors) <= {page.evaluate("getComputedStyle(document.body).color")}  # no browser prints the ground of a tag


def test_without_the_script_all_is_there(context, folder):
    bare = context.browser.new_context(java_script_enabled=False, offline=True)
    page = bare.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(next(folder.glob("a-md*.html")).as_uri())
    assert page.locator(".card.inline").count() == page.locator(".card.inline:visible").count() > 0
    assert not page.locator(".filter").is_visible()
    bare.close()


def test_the_index_sorts_and_leads_to_the_pages(opened):
    page = opened("index")
    names = page.locator("tbody th")
    assert "gone.md" in names.first.inner_text() and page.locator("th[aria-sort=descending]").inner_text() == "Errors"
    page.locator("th button", has_text="Article").click()
    assert names.all_inner_texts() == sorted(names.all_inner_texts())
    page.locator("th button", has_text="Article").click()
    assert "gone.md" in names.first.inner_text() and page.locator("th[aria-sort]").inner_text().startswith("Article")
    page.locator("th button", has_text="Words").click()
    words = [int(text) for text in page.locator("tbody td:nth-of-type(7)").all_inner_texts() if text != "–"]
    assert words == sorted(words, reverse=True) and len(words) == 2
    page.locator("a", has_text="a.md").first.click()
    assert page.locator("h1").inner_text() == "a.md"

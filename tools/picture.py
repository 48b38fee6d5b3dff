"""Take the picture of the HTML report in README and documentation: the page of the sample, one explanation open.

`python tools/picture.py` writes docs/sample/report.png anew. Run it where the sample's report or the look of a page has changed.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parent.parent
SAMPLE, PICTURE = ROOT / "docs" / "sample" / "article.txt", ROOT / "docs" / "sample" / "report.png"
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
OPEN = "mark.warning > a >> nth=1"


def main() -> None:
    browser = next(filter(None, map(shutil.which, BROWSERS)), None) or sys.exit("no chromium here")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        command = (sys.executable, "-m", "copycheck", "--no-cache", "--format", "html", "--output", folder, SAMPLE.name)
        subprocess.run(command, cwd=SAMPLE.parent, check=False, stdout=subprocess.DEVNULL)
        (report,) = (path for path in Path(folder).glob("*.html") if path.name != "index.html")
        started = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        page = started.new_page(viewport={"width": 820, "height": 1480}, color_scheme="light")
        page.goto(report.as_uri())
        page.locator("section:has(> #apart)").evaluate("section => section.remove()")  # so that the article is in the picture
        page.locator(OPEN).click()
        page.evaluate("scrollTo(0, 0)")
        page.screenshot(path=PICTURE)
        started.close()
    print(PICTURE)


if __name__ == "__main__":
    main()

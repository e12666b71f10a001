"""Take the pictures of the report that the two READMEs open with; `make pictures` runs this.

Needs Debian's chromium and chromium-driver. The picture is reduced to a palette: a README loads at once.
"""

from __future__ import annotations

import io
import sys
import tempfile
import time
from pathlib import Path

from PIL import Image
from selenium import webdriver
from selenium.webdriver.common.by import By

from simulator.cli import main

DOCS = Path(__file__).resolve().parent
WINDOW = (1180, 6000)
"""Tall enough to hold all that is taken, so that nothing has to be scrolled."""
GAP = 16
COLOURS = 256


def browser() -> webdriver.Chrome:
    """A headless browser that goes nowhere."""
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for argument in (
        "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
        f"--window-size={WINDOW[0]},{WINDOW[1]}",
    ):  # fmt: skip
        options.add_argument(argument)
    return webdriver.Chrome(options, webdriver.ChromeService("/usr/bin/chromedriver"))


def picture(driver: webdriver.Chrome, page: Path) -> Image.Image:
    """The head of the page, and below it the overview beside the map."""
    driver.get(page.as_uri())
    time.sleep(1)  # the map draws itself

    def shot(part: str) -> Image.Image:
        element = driver.find_element(By.CSS_SELECTOR, part)
        return Image.open(io.BytesIO(element.screenshot_as_png)).convert("RGB")

    head, overview, chart = shot("header"), shot("#overview"), shot("#map")
    width = overview.width + chart.width + 3 * GAP
    height = head.height + max(overview.height, chart.height) + 2 * GAP
    whole = Image.new("RGB", (width, height), "#f4f6f8")
    whole.paste(head.getpixel((head.width - 1, 0)), (0, 0, width, head.height))
    whole.paste(head, (0, 0))
    whole.paste(overview, (GAP, head.height + GAP))
    whole.paste(chart, (overview.width + 2 * GAP, head.height + GAP))
    return whole


def take(scenario: Path) -> None:
    """Run ``scenario`` in each language and save ``report-LANGUAGE.png``."""
    with tempfile.TemporaryDirectory() as folder:
        driver = browser()
        try:
            for language in ("zh", "en"):
                out = Path(folder) / language
                if main(["run", str(scenario), "--lang", language, "--quiet", "--out", str(out)]):
                    sys.exit(1)
                reduced = picture(driver, out / "report.html").quantize(COLOURS)
                reduced.save(DOCS / f"report-{language}.png", optimize=True)
        finally:
            driver.quit()


if __name__ == "__main__":
    take(DOCS.parent / "scenarios" / "meizhou")

"""The page in a real browser without a network: no error, no request, a map, tables that sort and filter."""

import json
import shutil

import pytest

selenium = pytest.importorskip("selenium", reason="selenium is not installed")
from selenium import webdriver  # noqa: E402
from selenium.webdriver.chrome.service import Service  # noqa: E402
from selenium.webdriver.common.by import By  # noqa: E402
from selenium.webdriver.support.ui import Select  # noqa: E402

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")
pytestmark = pytest.mark.skipif(
    CHROMIUM is None or DRIVER is None, reason="chromium and chromedriver are not installed"
)


@pytest.fixture(scope="module")
def browser():
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for argument in (
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--force-prefers-reduced-motion",
        "--disable-dev-shm-usage",
        "--window-size=1400,2000",
    ):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(DRIVER))
    yield driver
    driver.quit()


def opened(browser, folder):
    """Open a report; the addresses it asked for."""
    browser.get_log("performance")
    browser.get_log("browser")
    browser.get((folder / "report.html").as_uri())
    assert browser.execute_script("return document.documentElement.dataset.ready") == "yes"
    messages = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    asked = [m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"]
    return [address for address in asked if not address.startswith("data:")]


def texts(browser, css):
    return [cell.text for cell in browser.find_elements(By.CSS_SELECTOR, css) if cell.is_displayed()]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("which", ["run", "hostile"])
def test_no_error_and_no_request(browser, folders, which, language):
    folder = folders[which, language]
    assert opened(browser, folder) == [(folder / "report.html").as_uri()]
    assert browser.get_log("browser") == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_map_is_drawn_for_both_stages(browser, folders, run, language):
    opened(browser, folders["run", language])
    painted = (
        "const c = document.querySelector('#map-canvas canvas');"
        "const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;"
        "let n = 0; for (let i = 3; i < d.length; i += 4) n += d[i] > 0; return n;"
    )
    for stage, button in enumerate(browser.find_elements(By.CSS_SELECTOR, ".map-bar button")):
        browser.execute_script("arguments[0].click()", button)
        box = browser.find_element(By.ID, "map-canvas")
        assert int(box.get_attribute("data-zones")) == int((run.warnings.stage == stage).sum())
        assert browser.execute_async_script(
            "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => {"
            + painted.replace("return n;", "done(n);")
            + "}))"
        ) > 10_000  # fmt: skip
    assert len(texts(browser, ".county-label")) == 2


def test_a_popup_shows_names_as_text(browser, folders):
    opened(browser, folders["hostile", "en"])
    box = browser.find_element(By.ID, "map-canvas")
    browser.execute_script("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", box)
    for x, y in ((0, 0), (60, 20), (-120, 40), (200, 60), (-200, -40), (120, -100)):
        webdriver.ActionChains(browser).move_to_element_with_offset(box, x, y).click().perform()
        if browser.find_elements(By.CSS_SELECTOR, ".leaflet-popup-content"):
            break
    said = browser.find_element(By.CSS_SELECTOR, ".leaflet-popup-content")
    assert "<script>alert(1)</script>" in said.text
    assert not said.find_elements(By.TAG_NAME, "script")
    assert browser.get_log("browser") == []


def test_the_table_of_schools_sorts(browser, folders):
    opened(browser, folders["run", "en"])
    seats = "#schools tbody tr td:nth-of-type(4)"
    head = browser.find_element(By.CSS_SELECTOR, "#schools thead th:nth-of-type(5)")
    for direction in ("descending", "ascending"):
        browser.execute_script("arguments[0].click()", head)
        assert head.get_attribute("aria-sort") == direction
        found = [int(text.replace(",", "")) for text in texts(browser, seats)]
        assert len(found) > 5 and found == sorted(found, reverse=direction == "descending")


def test_the_table_of_schools_filters(browser, folders):
    opened(browser, folders["run", "zh"])
    section = browser.find_element(By.ID, "schools")
    everyone = len(texts(browser, "#schools tbody tr"))
    Select(section.find_element(By.CSS_SELECTOR, "select[data-column='1']")).select_by_visible_text("梅江区")
    counties = texts(browser, "#schools tbody td:nth-of-type(1)")
    assert 0 < len(counties) < everyone and set(counties) == {"梅江区"}
    section.find_element(By.CSS_SELECTOR, "[data-search]").send_keys("S003")
    assert [text.splitlines()[0] for text in texts(browser, "#schools tbody th")] == ["梅江第3学校"]
    assert section.find_element(By.CSS_SELECTOR, "[data-count]").text == "显示 1 / 1"
    section.find_element(By.CSS_SELECTOR, "[data-search]").clear()
    section.find_element(By.CSS_SELECTOR, "[data-flagged]").click()
    assert "大校额" in texts(browser, "#schools tbody .chip")


def test_hostile_names_show_as_text(browser, folders):
    opened(browser, folders["hostile", "zh"])
    names = texts(browser, "#schools tbody th")
    assert any("=1+1" in name and "<script>alert(1)</script>" in name for name in names)
    assert browser.title.startswith("示例市<script>alert(1)</script>")

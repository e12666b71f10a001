"""The page of a drawing in a real browser: no error, no request, both drawings and what moves on the map."""

from __future__ import annotations

import numpy as np
import pytest

selenium = pytest.importorskip("selenium", reason="selenium is not installed")
from selenium.webdriver.common.by import By  # noqa: E402
from test_browser import browser, opened, pytestmark, texts  # noqa: E402
from test_zones_folder import HOSTILE, city  # noqa: E402

from simulator import report, rezone  # noqa: E402

__all__ = ["browser", "pytestmark"]


@pytest.fixture(scope="module")
def made():
    return rezone.rezone(city())


@pytest.fixture(scope="module", params=["zh", "en"])
def page(request, made, browser, tmp_path_factory):
    folder = tmp_path_factory.mktemp("zones") / "out"
    report.write_zones(made, folder, language=request.param)
    return folder


def clicked(browser, css):
    browser.execute_script("arguments[0].click()", browser.find_element(By.CSS_SELECTOR, css))
    return browser.find_element(By.ID, "map-canvas")


def test_no_error_and_no_request(browser, page):
    assert opened(browser, page) == [(page / "report.html").as_uri()]
    assert browser.get_log("browser") == []


def test_the_map_turns_between_old_and_new_and_shows_what_moves(browser, page, made):
    opened(browser, page)
    (stage,) = made.stages
    counts = {"new": len(set(stage.proposed.assigned)), "old": len(set(stage.today.assigned))}
    assert (stage.today.excess > 0).sum() != (stage.proposed.excess > 0).sum()
    for drawing, zones in counts.items():
        box = clicked(browser, f".map-bar button[data-value='{drawing}']")
        assert box.get_attribute("data-drawing") == drawing
        assert int(box.get_attribute("data-zones")) == zones
        assert int(box.get_attribute("data-moved")) == stage.moved.sum()
        zones = stage.proposed if drawing == "new" else stage.today
        assert int(box.get_attribute("data-over")) == np.count_nonzero(zones.excess)
    assert clicked(browser, "#map-moved").get_attribute("data-moved") == "0"
    painted = browser.execute_async_script(
        "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => {"
        "const c = document.querySelector('#map-canvas canvas');"
        "const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;"
        "let n = 0; for (let i = 3; i < d.length; i += 4) n += d[i] > 0; done(n); }))"
    )
    assert painted > 10_000
    assert browser.get_log("browser") == []


def test_names_show_as_text_and_the_list_of_moves_is_whole(browser, page, made):
    opened(browser, page)
    (stage,) = made.stages
    names = texts(browser, "#primary h3 + div tbody th")
    moved = [name for name, moves in zip(made.scenario.blocks.name, stage.moved, strict=True) if moves]
    assert set(moved) <= set(names)
    everything = " ".join(texts(browser, "#primary td, #primary th"))
    assert HOSTILE in everything and not browser.find_elements(By.CSS_SELECTOR, "main script")


def test_what_adoption_needs_has_room_to_write(browser, page):
    opened(browser, page)
    boxes = browser.find_elements(By.CSS_SELECTOR, "#adoption .adoption li")
    assert len(boxes) == 11 and all(
        box.find_element(By.CSS_SELECTOR, ".blank").is_displayed() for box in boxes
    )

"""The report as a reader sees it, on a screen and on a telephone."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.report.invented import large_tables, page_of, study_of, tables_of

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
WIDTHS = (1280, 390)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"{CHROMIUM} is absent: .ci/packages.sh"),
]

# What sticks out of the viewport, unless it is made to scroll, to be skipped to, or to measure.
STICKING_OUT = """() => {
  const width = document.documentElement.clientWidth;
  const inScroll = (e) => e.closest(".scroll") && !e.matches(".scroll");
  return Array.from(document.querySelectorAll("body *"))
    .filter((e) => !inScroll(e) && !e.closest(".skip, #js-plotly-tester"))
    .filter((e) => Array.from(e.getClientRects()).some((r) => r.right > width + 1 || r.left < -1))
    .map((e) => `${e.tagName}.${e.className} ${(e.textContent || "").trim().slice(0, 40)}`);
}"""

# Boxes of text that hold more than they show, and so are cut.
CUT = """() => Array.from(document.querySelectorAll("main h1, main h2, main h3, main p, main li, \
  main td, main th, main dd, main dt, main summary, main figcaption"))
  .filter((e) => e.getClientRects().length && e.clientWidth > 0)
  .filter((e) => e.scrollWidth > e.clientWidth + 1)
  .map((e) => `${e.tagName} ${e.textContent.trim().slice(0, 40)}`)"""

# Labels and intervals of a chart that lie outside of it.
OUT_OF_CHART = """() => Array.from(document.querySelectorAll(".annotation-text, .xtick text"))
  .filter((e) => e.getClientRects().length)
  .filter((e) => {
    const box = e.closest(".chart").getBoundingClientRect(), r = e.getBoundingClientRect();
    return r.left < box.left - 1 || r.right > box.right + 1 || r.bottom > box.bottom + 1;
  }).map((e) => e.textContent)"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield launched
        launched.close()


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("report")
    pages = {
        "small": page_of(tables_of()),
        "large": page_of(large_tables()),
        "english": page_of(tables_of(), study_of(report={"language": "en"})),
        "one wave": page_of(tables_of(waves=("2013",), axes=())),
    }
    for name, page in pages.items():
        (folder / f"{name}.html").write_text(page, encoding="utf-8")
    return {name: folder / f"{name}.html" for name in pages}


def opened(browser: Browser, file: Path, width: int, *, everything: bool = False) -> Page:
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(file.as_uri())
    if everything:
        page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
        for box in page.query_selector_all(".heat input"):
            box.check()
        page.wait_for_function(
            "Array.from(document.querySelectorAll('.chart')).every((c) => c.querySelector('svg'))"
        )
    return page


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ["small", "large", "english", "one wave"])
def test_nothing_sticks_out_of_the_page_or_is_cut(browser, files, name, width):
    page = opened(browser, files[name], width, everything=name != "large")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.evaluate(STICKING_OUT) == []
    assert page.evaluate(CUT) == []
    assert page.evaluate(OUT_OF_CHART) == []
    page.close()


@pytest.mark.parametrize("name", ["small", "one wave"])
def test_the_page_asks_the_network_for_nothing_and_has_no_error(browser, files, name):
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(files[name].as_uri())
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    page.wait_for_timeout(300)
    leaving = [url for url in asked if not url.startswith("data:")]
    assert leaving == [files[name].as_uri()]
    assert said == []
    page.close()


def test_the_policy_of_the_page_is_never_broken_and_admits_nothing_else(browser, files):
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.add_init_script(
        "window.broken = []; document.addEventListener('securitypolicyviolation',"
        " (e) => window.broken.push(`${e.effectiveDirective} ${e.sourceFile} ${e.sample}`));"
    )
    page.goto(files["small"].as_uri())
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    page.wait_for_function(
        "Array.from(document.querySelectorAll('.chart')).every((c) => c.querySelector('svg'))"
    )
    page.locator(".chart .points path.point").first.hover(force=True)
    page.wait_for_selector(".hoverlayer .hovertext")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.evaluate("window.broken") == []
    # What somebody else put into the page does nothing.
    page.evaluate(
        """() => {
          for (const code of ["window.pwned = 1", ""]) {
            const script = document.createElement("script");
            script.textContent = code;
            document.body.append(script);
          }
          document.body.setAttribute("onclick", "window.pwned = 2");
          document.body.setAttribute("style", "display: none");
          document.body.click();
        }"""
    )
    assert page.evaluate("window.pwned") is None
    assert page.evaluate("getComputedStyle(document.body).display") == "block"
    assert len(page.evaluate("window.broken")) >= 3
    page.close()


def test_cells_words_and_charts_look_as_their_figures_say(browser, files):
    page = opened(browser, files["small"], 1280)
    colours = page.evaluate(
        """Array.from(document.querySelectorAll(".heat td:not(.absent)"))
             .map((e) => getComputedStyle(e).backgroundColor)"""
    )
    assert "rgb(8, 81, 156)" in colours
    assert len(set(colours)) > 5
    widths = page.evaluate(
        """Array.from(document.querySelector(".weights").querySelectorAll("i"))
             .map((e) => e.getBoundingClientRect().width)"""
    )
    assert widths == sorted(widths, reverse=True)
    assert widths[0] > widths[-1] > 0
    chart = page.locator(".chart").first
    assert chart.bounding_box()["height"] == 6 + 32 + 46 * 6
    page.close()


def test_each_chart_draws_an_interval_for_every_item(browser, files):
    page = opened(browser, files["small"], 1280, everything=True)
    drawn = page.evaluate(
        """Array.from(document.querySelectorAll(".chart")).map((c) => [
             c.querySelectorAll(".points path.point").length,
             c.querySelectorAll(".errorbars .errorbar").length,
             c.querySelectorAll(".annotation-text").length])"""
    )
    # Panel and four cities, themes then axes.
    assert drawn == [[6, 6, 6], [2, 2, 2]] * 5
    page.close()


def test_charts_of_closed_cities_are_drawn_when_opened(browser, files):
    page = opened(browser, files["small"], 390)
    drawn = page.locator(".chart svg.main-svg:first-child")
    assert drawn.count() == 2
    page.locator("summary", has_text="Strasbourg :").first.click()
    # A function that is polled in the page would be refused by its policy.
    drawn.nth(3).wait_for(state="attached")
    assert drawn.count() == 4
    page.close()


def test_headings_go_down_one_level_at_a_time(browser, files):
    page = opened(browser, files["small"], 1280, everything=True)
    levels = page.evaluate(
        "Array.from(document.querySelectorAll('h1,h2,h3,h4,h5,h6')).map((h) => +h.tagName[1])"
    )
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert [b for a, b in itertools.pairwise(levels) if b > a + 1] == []
    page.close()


def test_every_entry_of_the_contents_leads_somewhere(browser, files):
    page = opened(browser, files["small"], 1280)
    missing = page.evaluate(
        """Array.from(document.querySelectorAll(".contents a"))
             .map((a) => a.hash.slice(1)).filter((id) => !document.getElementById(id))"""
    )
    assert missing == []
    assert page.locator(".contents a").count() == 9
    page.close()


def test_no_two_elements_have_the_same_id(browser, files):
    page = opened(browser, files["small"], 1280)
    ids = page.evaluate("Array.from(document.querySelectorAll('[id]')).map((e) => e.id)")
    assert len(ids) == len(set(ids))
    page.close()


def test_scrolled_tables_keep_their_row_labels_in_sight(browser, files):
    page = opened(browser, files["large"], 390)
    table = page.locator(".heat .scroll").first
    before = table.locator("tbody th").first.bounding_box()
    table.evaluate("(e) => { e.scrollLeft = 300; }")
    after = table.locator("tbody th").first.bounding_box()
    assert after["x"] == pytest.approx(before["x"], abs=2)
    page.close()


def test_intervals_appear_when_asked_for_with_the_keyboard(browser, files):
    page = opened(browser, files["small"], 1280)
    heat = page.locator(".heat").first
    assert not heat.locator(".ci").first.is_visible()
    heat.locator("input").focus()
    page.keyboard.press("Space")
    assert heat.locator(".ci").first.is_visible()
    page.close()


def test_paper_shows_what_a_reader_would_open(browser, files):
    page = opened(browser, files["small"], 1280)
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator("details[data-print]:not([open])").count() == 0
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.locator("details[data-print][open]").count() == 0
    page.close()


@pytest.mark.parametrize(
    ("name", "tables", "width"),
    # Width of A4 less its margins, upright and laid flat, at 96 dots an inch.
    [
        ("small", ".scroll", 688),
        ("large", ":not(.wide) > .scroll", 688),
        ("large", ".scroll", 1017),
    ],
)
def test_tables_fit_the_paper(browser, files, name, tables, width):
    page = browser.new_page(viewport={"width": width, "height": 1000})
    page.emulate_media(media="print")
    page.goto(files[name].as_uri())
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    cut = page.eval_on_selector_all(
        tables,
        """(all) => all.filter((e) => e.scrollWidth > e.clientWidth + 1)
             .map((e) => `${e.parentElement.innerText.slice(0, 40)} ${e.scrollWidth}`)""",
    )
    assert cut == []
    page.close()

"""Take the picture of the report that README.md shows.

    python tools/report_picture.py runs/demo/runs/demo/report/index.html

The page is that of the demonstration, without the sections that need room: what is left is the
summary, one heat map and the changes of the axes over the whole panel.
"""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

PICTURE = Path(__file__).parents[1] / "docs" / "report.png"
CHROMIUM = "/usr/bin/chromium"
WIDTH = 1240

# Leaves the head, the summary, the last heat map of axes and the panel's changes of axes.
KEEP = """() => {
  const change = document.querySelector('.change h5[id$="-0-axis"]').closest(".change");
  const heat = Array.from(document.querySelectorAll('.heat h3[id^="axis-city"]')).pop();
  const parts = [document.querySelector(".brief"), heat.closest(".heat"), change];
  for (const element of document.querySelectorAll("main *")) {
    if (!parts.some((part) => part.contains(element) || element.contains(part))) element.remove();
  }
  change.querySelector(".scroll").remove();
  document.querySelector(".contents").remove();
  document.querySelector(".page").style.display = "block";
}"""


def main(report: Path) -> None:
    """Write :data:`PICTURE`."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": WIDTH, "height": 800})
        page.goto(report.resolve().as_uri())
        page.wait_for_selector(".chart .annotation-text")
        page.evaluate(KEEP)
        page.screenshot(path=PICTURE, full_page=True)
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))

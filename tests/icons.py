"""Draws the emblem at each size that machines ask for: ``make icons``, after it has changed."""

import base64
import re
from pathlib import Path

from playwright.sync_api import sync_playwright

IMAGES = Path(__file__).resolve().parent.parent / "static" / "images"
# The colour of the emblem's field, which the corners of a square picture continue.
FIELD = re.search(r'fill="(#\w+)"', (IMAGES / "emblem.svg").read_text())[1]
# The name of a file, its width and height, how much of the height the emblem takes, and its ground.
PICTURES = [
    ("icon-32.png", 32, 32, 1, "transparent"),
    ("icon-180.png", 180, 180, 1, FIELD),
    ("icon-192.png", 192, 192, 1, "transparent"),
    ("icon-512.png", 512, 512, 1, "transparent"),
    ("sharing.png", 1200, 630, 0.72, FIELD),
]
PAGE = """<!doctype html>
<body style="margin: 0; height: {height}px; display: grid; place-items: center; background: {ground}">
<img src="data:image/svg+xml;base64,{emblem}" style="height: {size}px">"""


def draw(chromium="/usr/bin/chromium"):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for name, width, height, part, ground in PICTURES:
            # A small picture needs the simpler drawing.
            source = "icon.svg" if width == height else "emblem.svg"
            emblem = base64.b64encode((IMAGES / source).read_bytes()).decode()
            page = browser.new_page(viewport={"width": width, "height": height})
            page.set_content(
                PAGE.format(height=height, ground=ground, emblem=emblem, size=height * part)
            )
            page.screenshot(path=IMAGES / name, omit_background=True)
            page.close()
        browser.close()


if __name__ == "__main__":
    draw()

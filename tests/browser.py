"""Pages in Chromium, the system's own: opened, waited for, and looked at for whom they shut out."""

import shutil
from contextlib import contextmanager
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome")
AXE = Path(__file__).parents[1] / ".venv" / "readers" / "node_modules" / "axe-core" / "axe.min.js"


@contextmanager
def chromium():
    """Run it; the fixture `browser` is one for all tests of a file."""
    from playwright.sync_api import sync_playwright

    path = next(filter(None, map(shutil.which, NAMES)), None)
    assert path, "expected Chromium; scripts/setup full installs it"
    with sync_playwright() as play:
        # No sandbox: containers and root have none; the pages are our own.
        browser = play.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


def opened(browser, address, *, offline=False, **options):
    """Open a page; whatever it complains about, or asks of anybody else, is trouble."""
    page, trouble = browser.new_context(offline=offline, **options).new_page(), []
    page.on("console", lambda message: trouble.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on("dialog", lambda dialog: trouble.append(dialog.message) or dialog.dismiss())
    home = address.rpartition("/")[0] if address.startswith("http") else "file:"
    page.on("request", lambda asked: asked.url.startswith((home, "blob:", "data:")) or trouble.append(asked.url))
    page.goto(address)
    return page, trouble


def until(page, true):
    """Wait; the policy of a page may let nobody wait within it."""
    for _ in range(200):
        if page.evaluate(true):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"{true} did not come")


def faults(page):
    """Return what axe finds on a page, whose policy has to let it in (``bypass_csp=True``)."""
    assert AXE.is_file(), "expected axe-core; scripts/setup full installs it"
    page.evaluate(AXE.read_text())
    return [f"{each['id']}: {each['nodes'][0]['html']}" for each in page.evaluate("axe.run()")["violations"]]

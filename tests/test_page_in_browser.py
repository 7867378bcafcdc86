"""The HTML report in headless Chromium: no request, no script, no complaint. Skipped without a browser."""

import shutil
from pathlib import Path

import pytest

import biaslens

playwright = pytest.importorskip("playwright.sync_api", reason="needs the extra browser (playwright)")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
HOSTILE = (
    '<script>document.title = "owned"</script> The regime <img src=x onerror=alert(1)> lied, officials said.'
)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory):
    """The report on a hostile article, open in a browser that records requests and console messages."""
    if CHROMIUM is None:
        pytest.skip("No Chromium on this machine.")
    path = tmp_path_factory.mktemp("report") / "report.html"
    biaslens.compare([{"outlet": "A", "text": HOSTILE}, *_seeds()]).report(path)
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        tab = browser.new_context(offline=True, viewport={"width": 1200, "height": 900}).new_page()
        tab.requests, tab.messages = [], []
        tab.on("request", lambda request: tab.requests.append(request.url))
        tab.on("console", lambda message: tab.messages.append(message.text))
        tab.on("pageerror", lambda error: tab.messages.append(str(error)))
        tab.goto(path.as_uri())
        yield tab
        browser.close()


def _seeds() -> list[dict[str, str]]:
    articles = biaslens.load_seeds()
    return [{"outlet": o, "text": t} for o, t in zip(articles.outlet, articles.original, strict=True)]


def test_the_page_asks_for_nothing_but_itself(page) -> None:
    assert [Path(url).name for url in page.requests] == ["report.html"]


def test_the_style_passes_its_own_security_policy(page) -> None:
    assert page.messages == []
    assert page.evaluate("document.styleSheets.length") == 1


def test_nothing_in_an_article_runs(page) -> None:
    assert page.title().startswith("biaslens")
    assert page.locator("script").count() == page.locator("img").count() == 0


def test_evidence_opens_and_marks_its_hit(page) -> None:
    page.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")
    assert page.locator("mark", has_text="regime").first.is_visible()


def test_it_fits_a_phone_without_scrolling_sideways(page) -> None:
    page.set_viewport_size({"width": 400, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

"""Web pages: the article, what the page says of itself, and pages that nobody should have written."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import biaslens
from biaslens.errors import DuplicateIds, MissingExtra, UnreadableInput
from biaslens.reading import read
from biaslens.reading.html_files import decode_page

pytest.importorskip("trafilatura")

BODY = (
    "The harbour council of Northport voted on Tuesday to close the old fish market, after long talks.",
    "“Nobody wanted this,” said Ada Brookfield, who leads the council. “The roof is not safe, and repairs "
    "would cost more than the market earns in ten years.”",
    "Traders had asked for a smaller hall on the same quay, but the council said that it had found no money.",
    "The last stalls are to leave by the end of March, and the site will be sold in the summer.",
)
DECLARED = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "Council closes fish market",
    "datePublished": "2019-02-05T08:30:00+00:00",
    "author": {"@type": "Person", "name": "Miriam Castle"},
    "publisher": {"@type": "Organization", "name": "The Northport Courier"},
}
PAGE = f"""<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <title>Council closes fish market - The Northport Courier</title>
  <meta property="og:title" content="Council closes fish market">
  <meta property="og:site_name" content="The Northport Courier">
  <script type="application/ld+json">{json.dumps(DECLARED)}</script>
  <style>.banner {{ color: red }}</style>
</head>
<body>
  <div id="cookie-banner" class="cookie-consent"><p>We and our partners use cookies.</p><button>Accept all</button></div>
  <header><nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li></ul></nav></header>
  <main><article>
    <h1>Council closes fish market</h1>
    <p class="byline">By Miriam Castle</p>
    {"".join(f"<p>{paragraph}</p>" for paragraph in BODY)}
    <aside class="related"><h2>Related stories</h2><ul><li><a href="/a">Ferry fares to rise</a></li></ul></aside>
  </article></main>
  <section id="comments" class="comments"><h2>Comments</h2><p>harbourfan77: a shame, I bought my first crab there.</p></section>
  <footer><p>© The Northport Courier. All rights reserved.</p></footer>
  <script>window.tracked = "<p>Not an article</p>";</script>
</body>
</html>
"""  # noqa: E501


def page(body: str, head: str = "") -> str:
    return f"<!DOCTYPE html><html><head><title>A title</title>{head}</head><body>{body}</body></html>"


def article(*paragraphs: str) -> str:
    return "<article>" + "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs) + "</article>"


def write(folder: Path, files: dict[str, str | bytes]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def read_page(folder: Path, content: str | bytes) -> biaslens.Articles:
    """The page read beside another, so that what cannot be read is a row."""
    write(folder, {"a.html": content, "b.txt": "Another article."})
    return read(folder).take([0])


def test_of_a_page_the_article_is_left_one_paragraph_a_line(tmp_path: Path) -> None:
    lines = read(write(tmp_path, {"a.html": PAGE}) / "a.html").text[0].split("\n")
    assert [line for line in lines if line in BODY] == list(BODY)


@pytest.mark.parametrize(
    "rest",
    ["cookies", "Sport", "Ferry", "harbourfan77", "All rights reserved", "Not an article", "NewsArticle"],
)
def test_what_stands_around_the_article_is_left_out(tmp_path: Path, rest: str) -> None:
    assert rest not in read(write(tmp_path, {"a.html": PAGE}) / "a.html").text[0]


def test_title_date_author_and_outlet_are_those_of_the_page(tmp_path: Path) -> None:
    articles = read(write(tmp_path, {"a.html": PAGE}) / "a.html")
    assert articles.id == ("a",)
    assert articles.title == ("Council closes fish market",)
    assert articles.author == ("Miriam Castle",)
    assert articles.outlet == ("The Northport Courier",)
    assert articles.date[0] == np.datetime64("2019-02-05")


def test_an_outlet_that_is_the_pages_own_word_is_marked(tmp_path: Path) -> None:
    articles = read(write(tmp_path, {"a.html": PAGE}) / "a.html")
    assert articles.note == ("outlet as the page names its site",)
    assert not articles.outlet_inferred.any()


@pytest.mark.parametrize("name", ["a.html", "a.htm", "a.xhtml", "A.HTML"])
def test_every_suffix_of_web_pages_is_read(tmp_path: Path, name: str) -> None:
    assert BODY[0] in read(write(tmp_path, {name: PAGE}) / name).text[0]


def test_a_folder_may_hold_pages_and_texts(tmp_path: Path) -> None:
    articles = read(write(tmp_path, {"b.html": PAGE, "a.txt": "one", "c/d.htm": PAGE}))
    assert articles.id == ("a", "b", "c/d")
    assert articles.author == ("", "Miriam Castle", "Miriam Castle")


def test_a_pattern_reads_pages(tmp_path: Path) -> None:
    write(tmp_path, {"x/a.html": PAGE, "y/b.html": PAGE, "y/c.txt": "one"})
    assert read(str(tmp_path / "*" / "*.html")).id == ("x/a", "y/b")


def test_an_index_goes_before_the_page_and_the_page_fills_its_gaps(tmp_path: Path) -> None:
    index = "file,outlet,date,title\na.html,Courier,2019-02-04,\nb.html,,,Mine\n"
    articles = read(write(tmp_path, {"a.html": PAGE, "b.html": PAGE, "index.csv": index}))
    assert articles.outlet == ("Courier", "The Northport Courier")
    assert articles.title == ("Council closes fish market", "Mine")
    assert articles.date.astype(str).tolist() == ["2019-02-04", "2019-02-05"]
    assert articles.note == ("", "outlet as the page names its site")


def test_a_page_that_the_index_names_and_the_folder_lacks_is_an_error(tmp_path: Path) -> None:
    write(tmp_path, {"a.html": PAGE, "index.csv": "file,outlet\na.html,A\nb.html,B\n"})
    with pytest.raises(UnreadableInput, match=r"names \.html files that the folder lacks: 'b\.html'"):
        read(tmp_path)


def test_an_article_saved_as_page_and_as_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DuplicateIds, match="carry the id 'a'"):
        read(write(tmp_path, {"a.html": PAGE, "a.txt": "one"}))


def test_what_a_browser_saves_beside_a_page_is_no_article(tmp_path: Path) -> None:
    files = {"a.html": PAGE, "a_files/frame.html": PAGE, "b_files/c.html": PAGE, "_files/d.html": PAGE}
    assert read(write(tmp_path, files)).id == ("_files/d", "a", "b_files/c")


def test_pages_can_be_compared(tmp_path: Path) -> None:
    other = PAGE.replace("The Northport Courier", "Quay Radio").replace("council", "regime")
    result = biaslens.compare(write(tmp_path, {"a.html": PAGE, "b.html": other}))
    assert sorted(set(result.outlets["outlet"])) == ["Quay Radio", "The Northport Courier"]
    hit = result.evidence("loaded_rate", outlet="Quay Radio").iloc[0]
    assert read(tmp_path).original[1][hit["start"] : hit["end"]] == hit["text"] == "regime"


def test_the_marks_of_a_quotation_element_are_written_out(tmp_path: Path) -> None:
    body = article(*BODY, "She said <q>we will <b>not</b> go</q> and <Q cite='x'>never</Q> left.")
    assert "She said “we will not go” and “never” left." in read_page(tmp_path, page(body)).text[0]


def test_order_and_repetition_of_pages_change_nothing(tmp_path: Path) -> None:
    files = {f"{place}.html": PAGE for place in range(6)}
    assert len(set(read(write(tmp_path, files)).text)) == 1


@pytest.mark.parametrize(
    ("declaration", "encoding"),
    [
        ('<meta charset="windows-1251">', "cp1251"),
        ("<META http-equiv=Content-Type content='text/html; charset=iso-8859-2'>", "iso8859-2"),
        ('<meta charset="iso-8859-1">', "cp1252"),
        ("", "utf-8"),
        ("", "utf-8-sig"),
        ("", "utf-16"),
        ('<meta charset="iso-8859-1">', "utf-8"),
    ],
)
def test_a_page_is_decoded_as_it_declares_or_as_its_bytes_show(
    tmp_path: Path, declaration: str, encoding: str
) -> None:
    word = {"cp1251": "Россия", "iso8859-2": "Łódź"}.get(encoding, "“naïve”")
    content = page(article(BODY[0], *BODY[2:], f"The word {word} stood there."), declaration).encode(encoding)
    articles = read_page(tmp_path, content)
    assert f"The word {word} stood there." in articles.text[0]
    assert articles.note == ("",)


@pytest.mark.parametrize("charset", ["no-such-thing", "unicode_escape", "utf-7", "utf-16", "idna", "rot13"])
def test_an_encoding_that_pages_cannot_have_is_ignored(charset: str) -> None:
    data = f'<meta charset="{charset}">caf\\u00e9 +AGE-'.encode()
    assert decode_page(data).text == data.decode()


def test_a_wrong_declaration_is_noted() -> None:
    decoded = decode_page(b'<meta charset="euc-jp"><p>It\x92s 5\xa3</p>')
    assert decoded.text.endswith("<p>It’s 5£</p>")
    assert decoded.note == "declared as euc_jp, which it is not; read as cp1252"


@given(st.binary(max_size=200), st.sampled_from(["utf-8", "windows-1251", "gbk", "utf-16", "x", "shift_jis"]))
def test_any_bytes_are_decoded_or_refused_under_any_declaration(data: bytes, charset: str) -> None:
    decoded = decode_page(f'<meta charset="{charset}">'.encode() + data)
    assert bool(decoded.problem) != bool(decoded.text)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2019-02-05", "2019-02-05"),
        ("5 February 2019", "2019-02-05"),
        ("25/02/2019", "2019-02-25"),
        ("03/04/2019", "NaT"),
    ],
)
def test_a_date_is_read_as_written_and_never_guessed(tmp_path: Path, written: str, day: str) -> None:
    declared = page(article(*BODY), f'<meta name="date" content="{written}">')
    articles = read_page(tmp_path, declared)
    assert str(articles.date[0]) == day
    assert ("not guessed" in articles.note[0]) == (day == "NaT")


def test_a_date_in_the_running_text_is_not_the_date_of_the_page(tmp_path: Path) -> None:
    told = article(*BODY, "The market was opened on a cold day, on 3 May 1998, by the mayor and two bishops.")
    assert np.isnat(read_page(tmp_path, page(told)).date[0])


@pytest.mark.parametrize(
    "content",
    [
        page(""),
        page("<script>document.write('text')</script><style>p {}</style><iframe src='/x'></iframe>"),
        "<>",
        "<!-- nothing -->",
        "<?php echo 1 ?>",
    ],
)
def test_a_page_without_an_article_is_a_row_that_says_so(tmp_path: Path, content: str) -> None:
    articles = read(write(tmp_path, {"a.html": content, "b.txt": "one"}))
    assert articles.text == ("", "one")
    assert articles.note[0].endswith("empty text")


def test_a_page_with_hardly_any_text_is_marked(tmp_path: Path) -> None:
    assert read_page(tmp_path, page("<p>Please accept our cookies.</p>")).note == (
        "little text found in the page: 4 words",
    )


def test_a_page_without_an_article_alone_is_a_row_that_keeps_what_the_page_declares(tmp_path: Path) -> None:
    head = PAGE.split("<body>")[0] + "<body></body></html>"
    articles = read(write(tmp_path, {"a.html": head}) / "a.html")
    assert articles.outlet == ("The Northport Courier",)
    assert articles.note == ("no article found in the page; empty text; outlet as the page names its site",)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("", "is empty"),
        (" \n", "is empty"),
        ("A plain text, where 3 < 4.", "holds no HTML markup"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "is a picture"),
        (b"<html>\x00\x01\x02", "is binary"),
        ("<p>" + "x" * 10_000_001, "is 10,000,004 characters long"),
        ("<p>x" * 100_001, "holds 100,001 tags"),
        (
            "<div " + " ".join(f"a{n}=1" for n in range(10_001)) + ">",
            "holds a tag of more than 10,000 attributes",
        ),
    ],
)
def test_what_is_no_page_is_an_error_alone_and_a_row_among_others(
    tmp_path: Path, content: str | bytes, problem: str
) -> None:
    assert read_page(tmp_path, content).note[0].startswith(f"not read: {problem}")
    with pytest.raises(UnreadableInput, match=problem):
        read(tmp_path / "a.html")


HOSTILE = {
    "deep": "<div>" * 20_000 + article(*BODY),
    "unclosed": "<p><b><i><table><tr><td>" * 500 + article(*BODY),
    "many tags": "<br>" * 20_000 + article(*BODY),
    "huge attribute": f"<div class='{'a ' * 100_000}'>" + article(*BODY) + "</div>",
    "entities": "&#x0;&#xD800;&#99999999;&amp;&nosuch;" * 1_000 + article(*BODY),
    "nested data": '<script type="application/ld+json">'
    + '{"author":[' * 5_000
    + "</script>"
    + article(*BODY),
    "signs": "<" * 50_000 + article(*BODY),
    "open comment": article(*BODY) + "<!--" * 5_000,
    "controls": "\x01\x02\x0b" + article(*BODY) + "\x1b\ufffe",
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_markup_is_read_or_marked_in_seconds(tmp_path: Path, kind: str) -> None:
    start = time.perf_counter()
    articles = read_page(tmp_path, page(HOSTILE[kind]))
    assert time.perf_counter() - start < 20
    assert (BODY[0] in articles.text[0]) != (articles.note[0] != "")


def test_external_entities_are_not_opened(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("the secret", encoding="utf-8")
    entity = f'<!DOCTYPE html [<!ENTITY x SYSTEM "{(tmp_path / "secret").as_uri()}">]>'
    content = f'<?xml version="1.0"?>{entity}<html><body>{article(*BODY, "It holds &x; now.")}</body></html>'
    text = read(write(tmp_path, {"a.xhtml": content}) / "a.xhtml").text[0]
    assert BODY[0] in text
    assert "the secret" not in text


def test_pictures_inside_a_page_do_not_count_towards_its_size(tmp_path: Path) -> None:
    picture = f'<img src="data:image/png;base64,{"A" * 10_000_001}">'
    assert BODY[0] in read_page(tmp_path, page(picture + article(*BODY))).text[0]


def test_without_the_extra_the_error_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    with pytest.raises(MissingExtra, match=r'pip install "biaslens\[html\]"'):
        read(write(tmp_path, {"a.html": PAGE}))


def test_an_extraction_that_fails_costs_its_page_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RecursionError

    monkeypatch.setattr("trafilatura.bare_extraction", fail)
    note = read_page(tmp_path, PAGE).note[0]
    assert note == "not read: its markup cannot be parsed (RecursionError); empty text"


@pytest.mark.parametrize("start", ["<!DOCTYPE html>\n<html>", "  <html lang='en'>", "<!doctype  HTML PUBLIC"])
def test_markup_in_a_table_is_pointed_out(start: str) -> None:
    note = "looks like HTML; save it as .html to have the article extracted"
    assert read([{"outlet": "A", "text": f"{start}<p>one</p>"}]).note == (note,)


@pytest.mark.parametrize("text", ["<p>one</p>", "<htmlish>", "The tag <html> opens a page."])
def test_text_that_only_holds_tags_is_not(text: str) -> None:
    assert read({"A": text}).note == ("",)


BLOCKED = """
import os, socket, sys

def refuse(*args, **kwargs):
    raise SystemExit(f"the network was asked for: {args}")

# urllib3, which trafilatura imports, opens a socket to see whether the machine knows IPv6, and sends nothing.
class NoSocket(socket.socket):
    connect = connect_ex = sendto = sendmsg = refuse

socket.socket = NoSocket
for name in ("create_connection", "getaddrinfo", "gethostbyname", "gethostbyname_ex"):
    setattr(socket, name, refuse)

from biaslens.reading import read
assert "trafilatura" not in sys.modules
articles = read(sys.argv[1])
print([articles.text, articles.title, articles.author, articles.outlet, articles.date, articles.note])
"""


def test_pages_are_read_without_network_and_the_same_under_every_hash_seed(tmp_path: Path) -> None:
    linked = PAGE.replace(
        "<title>",
        '<link rel="canonical" href="https://news.example.org/market"><base href="https://example.org">'
        '<link rel="stylesheet" href="https://example.org/a.css"><title>',
    )
    write(tmp_path, {"a.html": linked, "b.html": PAGE, "c.html": "<html>"})
    outputs = [
        subprocess.run(
            [sys.executable, "-W", "error", "-c", BLOCKED, str(tmp_path)],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parents[1])},
            capture_output=True,
            text=True,
            check=False,
        )
        for seed in ("1", "2")
    ]
    assert BODY[0] in outputs[0].stdout
    assert outputs[0].stdout == outputs[1].stdout
    assert outputs[0].stderr == outputs[1].stderr == ""


@settings(max_examples=30)
@given(st.text(alphabet="<>/=\"' abdip!-&;#0qQ\n", max_size=300))
def test_whatever_stands_in_a_page_it_is_one_row(tmp_path_factory: pytest.TempPathFactory, body: str) -> None:
    folder = tmp_path_factory.mktemp("page")
    assert len(read_page(folder, page(body))) == 1

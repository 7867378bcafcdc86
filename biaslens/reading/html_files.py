"""Web pages: the article in a saved .html file, and what the page says about itself."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import Any

from biaslens.errors import MissingExtra, UnreadableInput
from biaslens.reading.encoding import Decoded, decode, is_blank
from biaslens.reading.records import Records, joined_notes, text_note
from biaslens.reading.source_file import SourceFile

# The HTML standard has browsers look for it in the first 1,024 bytes; many pages declare it later.
_DECLARED_WITHIN = 8_192
_DECLARATION = re.compile(
    rb"<(?:meta|\?xml)\b[^>]{0,500}?\b(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE
)
# Encodings of the web (WHATWG Encoding Standard) besides Unicode, as Python calls them: a page may not choose
# a codec such as unicode_escape.
_WEB_ENCODING = re.compile(
    r"ascii|cp(125\d|866|874|932|949)|iso8859-\d+|koi8-[ru]|mac-(roman|cyrillic)"
    r"|gb(2312|k|18030)|big5|euc_(jp|kr)|shift_jis"
)
# The same standard reads these as Windows-1252, of which they are parts.
_PARTS_OF_WINDOWS_1252 = ("ascii", "iso8859-1")

_TAG = re.compile(r"<[A-Za-z!?/]")
_QUOTE_TAG = re.compile(r"<(/?)q(?:\s[^<>]*)?>", re.IGNORECASE)
# Pictures and fonts that a browser has saved inside the page.
_INLINE_DATA = re.compile(r"(?<=;base64,)[A-Za-z0-9+/=]{1000,}")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
# 181 news pages have up to 1.5 million characters and 3,229 tags, and tags of up to 750 attributes, words
# inside them included. Parsing takes the square of a tag's attributes, extraction a second per 20,000 tags.
_MAX_CHARACTERS = 10_000_000
_MAX_TAGS = 100_000
_MAX_ATTRIBUTES = 10_000
_LONG_TAG = 2 * _MAX_ATTRIBUTES
# Below this many characters trafilatura itself doubts what it found (MIN_EXTRACTED_SIZE in its settings).
_SHORT_ARTICLE = 250
# Only what the page declares or shows beside its headline; the end of the range must not move with the clock.
_DATE_SEARCH = {"original_date": True, "extensive_search": False, "max_date": "2100-01-01"}


@dataclass(frozen=True, slots=True)
class _Page:
    """The article of a page, and what the page declares; "" where it has none."""

    text: str = ""
    title: str = ""
    author: str = ""
    site: str = ""
    date: str = ""
    note: str = ""


def read_html_file(file: SourceFile) -> Records:
    """The article in a saved web page, one paragraph a line, as trafilatura (Barbaresi 2021) extracts it.

    The text as read is what extraction leaves of the page: positions count its characters, not those of the
    markup. Title, author, date and the name of the site are the page's own. Nothing is fetched and nothing in
    the page is executed. A page without an article stays as a row with a note and no text, as does an
    unreadable file among others. Raises UnreadableInput for an unreadable file alone, MissingExtra where
    trafilatura is not installed.
    """
    decoded = _load(file.path)
    html = _INLINE_DATA.sub("", decoded.text)
    problem = decoded.problem or _why_not_parsed(html)
    if problem and file.alone:
        raise UnreadableInput(
            f"{file.path} {problem}; a web page with an article is needed. Save the page again as HTML, or "
            "its text as .txt."
        )
    page = _Page(note=f"not read: {problem}") if problem else _extracted(html)
    found = Records.one(file.name, page.text, joined_notes(decoded.note, page.note, text_note(page.text)))
    return replace(
        found, title=(page.title,), author=(page.author,), site=(page.site,), date=(page.date or None,)
    )


def _load(path: Path) -> Decoded:
    try:
        return decode_page(path.read_bytes())
    except OSError as error:
        return Decoded("", problem=f"cannot be opened ({error.strerror})")


def decode_page(data: bytes) -> Decoded:
    """The bytes of a web page as text: by byte order mark, else UTF-8 where they are that, else as declared.

    Where the declaration is missing, unknown or wrong, they are decoded like any other text.

    >>> decode_page('<meta charset="windows-1251">Россия'.encode("cp1251")).text[-6:]
    'Россия'
    """
    decoded = decode(data)
    declared = _declared_encoding(data)
    # Text in another encoding is never valid UTF-8 by accident.
    if decoded.problem or not declared or _is_utf8(data):
        return decoded
    try:
        return Decoded(data.decode(declared))
    except UnicodeDecodeError:
        return replace(decoded, note=joined_notes(f"declared as {declared}, which it is not", decoded.note))


def _declared_encoding(data: bytes) -> str:
    """The declared encoding as Python calls it; "" for none, Unicode, or one that is not used on the web."""
    found = _DECLARATION.search(data[:_DECLARED_WITHIN])
    if found is None:
        return ""
    try:
        name = codecs.lookup(found[1].decode("ascii")).name
    except LookupError:
        return ""
    if name in _PARTS_OF_WINDOWS_1252:
        return "cp1252"
    return name if _WEB_ENCODING.fullmatch(name) else ""


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _why_not_parsed(html: str) -> str:
    """Why a text is not given to the parser: no page, or one that would take minutes; "" where it is."""
    if is_blank(html):
        return "is empty"
    if not _TAG.search(html):
        return "holds no HTML markup"
    if len(html) > _MAX_CHARACTERS:
        return f"is {len(html):,} characters long, more than the {_MAX_CHARACTERS:,} that are read"
    if html.count("<") > _MAX_TAGS:
        return f"holds {html.count('<'):,} tags, more than the {_MAX_TAGS:,} that are read"
    tags = (piece.partition(">")[0] for piece in html.split("<") if len(piece) > _LONG_TAG)
    if any(_n_attributes(tag) > _MAX_ATTRIBUTES for tag in tags):
        return f"holds a tag of more than {_MAX_ATTRIBUTES:,} attributes"
    return ""


def _n_attributes(tag: str) -> int:
    """Attributes of a tag, or a few more."""
    names = _QUOTED.sub(" ", tag).replace("/", " ")
    return max(names.count("="), len(names.split()))


def _extracted(html: str) -> _Page:
    trafilatura = _trafilatura()
    try:
        tree = trafilatura.load_html(_prepared(html))
        about = trafilatura.extract_metadata(tree, date_config=dict(_DATE_SEARCH))
        # Without deduplication: it remembers earlier pages, so that results would depend on their order.
        body = trafilatura.bare_extraction(
            tree,
            favor_precision=True,
            include_comments=False,
            include_tables=True,
            include_images=False,
            include_links=False,
            deduplicate=False,
        )
    except Exception as error:
        # Whatever a page does to its parser costs that page, not the corpus.
        return _Page(note=f"not read: its markup cannot be parsed ({type(error).__name__})")
    text = (body.text or "").strip() if body is not None else ""
    return _Page(
        text=text,
        title=(about.title or "").strip(),
        author=(about.author or "").strip(),
        site=(about.sitename or "").strip(),
        date=_as_written(about.date, html) if about.date else "",
        note=_size_note(text),
    )


def _size_note(text: str) -> str:
    if is_blank(text):
        return "no article found in the page"
    return "" if len(text) >= _SHORT_ARTICLE else f"little text found in the page: {len(text.split())} words"


def _prepared(html: str) -> str:
    # Browsers draw the marks of <q>; extraction would drop it together with the fact of the quotation.
    marked = _QUOTE_TAG.sub(lambda tag: "”" if tag[1] else "“", html)
    # trafilatura refuses what does not say in its first line that it is HTML.
    return marked if "<!doctype" in marked[:1000].lower() else f"<!doctype html>\n{marked}"


def _as_written(day: str, html: str) -> str:
    """The day that was found, or the three numbers it was guessed from where the page writes it no other way.

    03/04/2014 is read as the third of April by htmldate; which of the two it is shall not be guessed.
    """
    year, month, date = day.split("-")
    if re.search(rf"{year}[-/.]?{month}[-/.]?{date}", html):
        return day
    order = rf"(?<!\d)0?{int(date)}([-/.])0?{int(month)}\1(?:{year}|{year[2:]})(?!\d)"
    numbers = re.search(order, html)
    return numbers[0] if numbers else day


def _trafilatura() -> Any:
    try:
        return import_module("trafilatura")
    except ImportError as error:
        raise MissingExtra(
            "Web pages are read with the packages trafilatura and lxml_html_clean, which are not installed. "
            'Install them with: pip install "biaslens[html]".'
        ) from error

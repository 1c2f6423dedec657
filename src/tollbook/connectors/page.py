"""Web pages: the main text as paragraphs, with title, day, publisher, address and language where stated.

The extraction of main content guesses, and a guess may lose the paragraph that carries the number. So
its result is held against the whole visible text, and where too much that counts people is missing, the
larger text is taken and the notes say so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.html import HTMLTree

from tollbook.connectors import card
from tollbook.connectors.days import noted
from tollbook.connectors.item import Incoming, Raw, Refused, incoming, refused, sound

# Pages of news are below two million characters, inline pictures included.
LONGEST = 8_000_000
# The parser repeats every unclosed <b> or <font> in every later paragraph, as browsers do: with thousands
# of both that takes minutes. Pages of careless people leave dozens open.
_WILDEST = 2_000_000
# Names of attributes in one tag; the parser compares each with all others.
_MOST_ATTRIBUTES = 1000
# More elements than any page has.
_MOST = 1_000_000
# Lists and quotes are indented by their depth, so that thousands in one another fill the memory with blanks.
_DEEPEST_LIST = 100
# Deeper than this the search for main content takes time with the square of the depth.
_DEEPEST = 500
# The part of what counts people that a narrower text must keep of a wider one.
_KEPT_OF_ARTICLE, _KEPT_OF_PAGE = 0.9, 0.5
# Less than this and a person should know that something was left out.
_UNNOTED = 0.8

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)([^<>]*)")
_VALUES = re.compile(r"\"[^\"]*\"|'[^']*'")
_FORMATTING = frozenset(
    ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"]
)
_INDENTED = frozenset(["ul", "ol", "menu", "dir", "dl", "blockquote"])
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
_SHUT_BY_NEXT = frozenset(
    ["p", "li", "dt", "dd", "option", "tr", "td", "th", "thead", "tbody", "tfoot", "html", "body", "head"]
)
_HIDING = re.compile(
    r"(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|font-size\s*:\s*0(?![.\d]))", re.IGNORECASE
)
_SIMPLE = re.compile(r"(?:[a-z][a-z0-9]*)?[.#][a-zA-Z_][\w-]*")
_BRACE = re.compile(r"[{}]")
_SKIPPED = ["[hidden]", "script", "style", "template", "noscript", "textarea", "select", "button", "svg"]
_ASIDE = ["nav", "aside", "footer", "form"]
_COUNTING = re.compile(
    r"(?<!\d)(?!(?:19|20)\d\d\b)\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|scores|hundreds?|thousands?|several)\b",
    re.IGNORECASE,
)
_BULLET = re.compile(r"^(?:•|\d{1,3}\.) ")
_MARKUP = re.compile(
    r"</(?:p|div|a|b|i|em|strong|span|ul|li|h[1-6]|table|article|body)\s*>|<(?:br|p)\s*/?>", re.IGNORECASE
)


def read(raw: Raw, text: str, notes: tuple[str, ...] = ()) -> Iterator[Incoming | Refused]:
    """The one text of a page."""
    trouble = fault(text)
    if trouble:
        yield refused(raw, trouble)
        return
    found, doubts = body(text)
    about = card.read(HTMLTree.parse(text))
    if not found.strip():
        yield refused(raw, "the page shows no text; if a script fills it, save it from a browser as text")
        return
    published, unread = noted(*about.days) if about.days else (None, ())
    if about.title and found.split("\n", 1)[0].strip() == about.title and "\n" in found:
        found = found.split("\n", 1)[1].lstrip("\n")
    address = _address(raw.address, about.address)
    yield incoming(
        raw,
        found,
        title=about.title,
        published=published,
        publisher=about.publisher,
        address=address,
        lang=about.lang,
        notes=(*notes, *doubts, *unread, *about.notes),
    )


def looks(text: str) -> bool:
    """Whether a text from a feed or a JSON file carries HTML markup."""
    return bool(_MARKUP.search(text[:20_000]))


def body(html: str) -> tuple[str, tuple[str, ...]]:
    """The text of a page or of a piece of one, paragraphs parted by blank lines, and what was doubtful."""
    trouble = fault(html)
    if trouble:
        return "", (trouble,)
    html = sound(html)  # a feed's or a JSON file's own escapes may make half characters
    tree = HTMLTree.parse(html)
    notes = _hide(tree)
    whole = _text(tree)
    main = _text(tree, main=True) if _depth(html) <= _DEEPEST else ""
    article = _article(tree)
    for text, kept in ((main, _kept(main, article)), (article, 1.0)):
        share = _kept(text, whole)
        if text and kept >= _KEPT_OF_ARTICLE and share >= _KEPT_OF_PAGE:
            left = () if share > _UNNOTED else ("lines with numbers beside the main content were left out",)
            return text, (*notes, *left)
    if main and whole != main:
        notes = (*notes, "the main content could not be told from the rest; the whole visible text was taken")
    return whole, notes


def fault(html: str) -> str:
    """Why a page is not to be parsed, in a sentence; empty for every honest page."""
    if len(html) > LONGEST:
        return f"the page has more than {LONGEST:,} characters; save its text and add that"
    still_open: Counter[str] = Counter()
    worst, tags, lists = 0, 0, 0
    for closing, name, rest in _TAG.findall(html):
        tags += 1
        low = name.lower()
        if len(rest) > 4 * _MOST_ATTRIBUTES and len(_VALUES.sub("", rest).split()) > _MOST_ATTRIBUTES:
            return "one tag of the page has thousands of attributes; save its text and add that"
        if low in _FORMATTING:
            still_open[low] = max(0, still_open[low] + (-1 if closing else 1))
            worst = max(worst, still_open[low])
        elif low in _INDENTED:
            lists = max(0, lists + (-1 if closing else 1))
            if lists > _DEEPEST_LIST:
                return (
                    f"the page has more than {_DEEPEST_LIST} lists in one another; save its text and add that"
                )
    if worst * tags > _WILDEST and worst > 50:
        return f"the page leaves {worst:,} tags open one in another; save its text and add that"
    return ""


def _depth(html: str) -> int:
    """How deep elements stand in one another, at most and at a guess."""
    deep, deepest = 0, 0
    for closing, name, rest in _TAG.findall(html):
        low = name.lower()
        if low in _VOID or low in _SHUT_BY_NEXT or rest.endswith("/"):
            continue
        deep = max(0, deep + (-1 if closing else 1))
        deepest = max(deepest, deep)
    return deepest


def _hide(tree: HTMLTree) -> tuple[str, ...]:
    """Marks what styles hide as hidden; a note where that leaves out a number."""
    if tree.document is None:
        return ()
    # Always a slice: walking a list of the library's asks the whole page again for every element.
    for element in tree.document.query_selector_all("[style]")[:_MOST]:
        if _HIDING.search(element.getattr("style", "") or ""):
            element["hidden"] = ""
    sheets = tree.document.query_selector_all("style")[:20]
    selectors = dict.fromkeys(s for sheet in sheets for s in _hidden_by((sheet.text or "")[:200_000]))
    for selector in list(selectors)[:100]:
        for element in tree.document.query_selector_all(selector)[:_MOST]:
            element["hidden"] = ""
    hidden = tree.document.query_selector_all("[hidden]")[:50]
    if any(_COUNTING.search((e.text or "")[:2000]) for e in hidden):
        return ("the page hides text that carries numbers; it was left out",)
    return ()


def _hidden_by(sheet: str) -> list[str]:
    """The plain selectors (".x", "#y", "p.x") whose rule hides; rules inside @media and the like are not looked at."""
    found: list[str] = []
    deep, at, selector = 0, 0, ""
    for brace in _BRACE.finditer(sheet):
        if brace[0] == "{":
            if deep == 0:
                selector, at = sheet[at : brace.start()], brace.end()
            deep += 1
            continue
        deep = max(0, deep - 1)
        if deep == 0:
            if not selector.strip().startswith("@") and _HIDING.search(sheet[at : brace.start()]):
                found += [s for part in selector.split(",") if _SIMPLE.fullmatch(s := part.strip())]
            at = brace.end()
    return found[:100]


def _text(tree: HTMLTree, *, main: bool = False, without: tuple[str, ...] = ()) -> str:
    text: str = extract_plain_text(
        tree,
        preserve_formatting=True,
        main_content=main,
        list_bullets=True,
        alt_texts=False,
        links=False,
        form_fields=False,
        noscript=False,
        skip_elements=[*_SKIPPED, *without],
    )
    return text.strip()


def _article(tree: HTMLTree) -> str:
    """The visible text of the element that says it is the article, if there is one."""
    if tree.document is None:
        return ""
    best = ""
    for element in tree.document.query_selector_all('[itemprop="articleBody"], article, main, [role="main"]')[
        :10
    ]:
        own = _text(HTMLTree.parse(element.html), without=tuple(_ASIDE))
        best = max(best, own, key=len)
    return best


def _blocks(text: str) -> set[str]:
    """The lines of a text that may count people, blanks squeezed."""
    lines = (_BULLET.sub("", " ".join(written.split())) for written in text.split("\n"))
    return {written for written in lines if len(written) >= 20 and _COUNTING.search(written)}


def _kept(narrow: str, wide: str) -> float:
    """The share of what counts people in the wide text that stands in the narrow one, by length."""
    wanted = _blocks(wide)
    total = sum(map(len, wanted))
    return sum(map(len, wanted & _blocks(narrow))) / total if total else 1.0


def _address(own: str, canonical: str) -> str:
    """The page's own word on its address where it can be one, else the address it was fetched from."""
    try:
        said = urlsplit(urljoin(own, canonical)) if canonical else None
        here = urlsplit(own)
    except ValueError:
        return own
    if said is None or said.scheme not in {"http", "https"} or not said.hostname or "@" in said.netloc:
        return own
    # A page that was fetched may not claim to stand elsewhere.
    return own if own and here.hostname != said.hostname else said.geturl()

"""What a page says about itself: title, day of publication, publisher, address and language.

Read from meta elements, JSON-LD and time elements, in this order of trust.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from resiliparse.parse.html import DocumentNode, HTMLTree

from tollbook.connectors.days import day
from tollbook.connectors.item import line

# More elements than this of one kind are no description but a flood.
_MOST = 500
_DAYS = (
    "article:published_time", "og:article:published_time", "datepublished", "og:published_time", "pubdate",
    "publishdate", "publish-date", "publish_date", "publication_date", "date", "dc.date.issued", "dc.date",
    "dcterms.issued", "dcterms.created", "parsely-pub-date", "sailthru.date", "article.published",
    "article_date_original", "dc.date.created",
)  # fmt: skip
_TITLES = ("og:title", "headline", "dc.title", "twitter:title")
_SITES = ("og:site_name", "publisher", "dc.publisher", "application-name")


@dataclass(frozen=True, slots=True)
class Card:
    """What a page says about itself; ``days`` as written, the most trusted first."""

    title: str = ""
    days: tuple[str, ...] = ()
    publisher: str = ""
    address: str = ""
    lang: str = ""
    notes: tuple[str, ...] = ()


def read(tree: HTMLTree) -> Card:
    """The card of a parsed page."""
    document = tree.document
    if document is None:
        return Card()
    meta = _meta(document)
    linked = list(_linked(document))
    publisher = _first(meta, _SITES) or next((p for p in (_publisher(x) for x in linked) if p), "")
    heading = document.query_selector("h1")
    own = line(tree.title or "")
    title = (
        _first(meta, _TITLES)
        or next((line(h) for x in linked if isinstance(h := x.get("headline"), str)), "")
        or _bare(own, publisher)
        or (line(heading.text or "") if heading else "")
    )
    canonical = document.query_selector('link[rel="canonical"]')
    html = document.query_selector("html")
    days = tuple(_days(document, meta, linked))
    read_days = {d for d in map(day, days[:2]) if d}
    return Card(
        title=title,
        days=days,
        publisher=publisher,
        address=(canonical.getattr("href", "") if canonical else "") or meta.get("og:url", ""),
        lang=(html.getattr("lang", "") if html else "")
        or meta.get("og:locale", "")
        or meta.get("content-language", ""),
        notes=("the page gives two days of publication; the first was taken",) if len(read_days) > 1 else (),
    )


def _meta(document: DocumentNode) -> dict[str, str]:
    """The first content of each named meta element, names in lower case."""
    found: dict[str, str] = {}
    for element in document.query_selector_all("meta")[:_MOST]:
        content = element.getattr("content", "") or ""
        for key in ("property", "name", "itemprop", "http-equiv"):
            name = (element.getattr(key, "") or "").lower()
            if name and content.strip():
                found.setdefault(name, line(content))
    return found


def _linked(document: DocumentNode) -> Iterator[Mapping[str, object]]:
    """The JSON-LD objects of a page that speak of an article, those that name a day first."""
    found: list[Mapping[str, object]] = []
    for script in document.query_selector_all('script[type="application/ld+json"]')[:20]:
        try:
            value: object = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        waiting = [value]
        while waiting and len(found) < _MOST:
            value = waiting.pop(0)
            if isinstance(value, list):
                waiting += value[:_MOST]
            elif isinstance(value, Mapping):
                waiting += [value["@graph"]] if "@graph" in value else []
                found.append(value)
    kinds = ("Article", "Report", "Posting", "WebPage")
    for kind in kinds:
        yield from (x for x in found if kind in str(x.get("@type", "")) and "datePublished" in x)
    yield from (x for x in found if "datePublished" not in x and "Article" in str(x.get("@type", "")))


def _days(
    document: DocumentNode, meta: Mapping[str, str], linked: list[Mapping[str, object]]
) -> Iterator[str]:
    yield from (meta[name] for name in _DAYS if name in meta)
    yield from (d for x in linked if isinstance(d := x.get("datePublished"), str))
    for selector in (
        '[itemprop="datePublished"]',
        "time[pubdate]",
        "article time[datetime]",
        "time[datetime]",
    ):
        element = document.query_selector(selector)
        if element is not None:
            yield line(
                element.getattr("datetime", "") or element.getattr("content", "") or element.text or ""
            )


def _publisher(linked: Mapping[str, object]) -> str:
    value = linked.get("publisher")
    if isinstance(value, list) and value:
        value = value[0]
    name = value.get("name") if isinstance(value, Mapping) else value
    return line(name) if isinstance(name, str) else ""


def _first(meta: Mapping[str, str], names: tuple[str, ...]) -> str:
    return next((meta[n] for n in names if n in meta and not meta[n].startswith(("http:", "https:"))), "")


def _bare(title: str, publisher: str) -> str:
    """A title without the site's name behind a dash or bar."""
    for sign in (" | ", " - ", " – ", " — ", " :: "):
        head, found, tail = title.rpartition(sign)
        if found and publisher and tail.strip().casefold() == publisher.casefold():
            return head.strip()
    return title

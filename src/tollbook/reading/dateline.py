"""The dateline: where and when a text says it was filed ("HASEKEH, 31 JAN 2022 (AFP) --")."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from tollbook.text import Document


class Filed(NamedTuple):
    """Where a dateline stands: the place in words, and the offset at which the story itself begins."""

    place: str | None
    end: int


# How far into a text a dateline may stand: headlines and page furniture are at times glued before it.
REACH = 330

_NAME = r"(?<![\w-])(?!(?:PM|AM|IST|GMT|EST|UTC)\b)[A-Z][\w.'’-]*(?: (?:[A-Z][\w.'’-]*|de|del|al|el|la)){0,3}(?![\w'’-])"
_MONTH = r"(?:(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[A-Za-z]{0,6})"
_DAY = rf"{_MONTH}\.?,? \d{{1,2}}|\d{{1,2}} {_MONTH}\.?|\d{{1,2}}[-/]\d{{1,2}}(?=\s*\()"
_LINE = re.compile(
    rf"(?P<place>{_NAME}(?: ?\( ?{_NAME} ?\))?(?: ?, ?{_NAME}){{0,2}})"
    r" ?,? ?(?:"
    rf"\((?=[^()\n]{{2,70}}\)\s*(?:--|-|–|—|_|:))[^()\n]{{2,70}}\)\s*(?:--|-|–|—|_|:)+"  # PLACE (AGENCY) -
    rf"|(?:{_DAY})(?: ?,? ?(?:\d{{2,4}}))? ?(?:\([^()\n]{{2,60}}\))? ?(?:--|-|–|—|_|:)+"  # PLACE, DAY (AGENCY) --
    rf"|(?:{_DAY})(?: ?,? ?(?:\d{{2,4}}))? ?\((?:[A-Z-]{{2,12}}|[^()\n]{{2,60}})\)\s*(?:--|-|–|—|_|:)*"
    r"|(?<=, )[A-Z]{2,8}\s*[-–—]+(?=\s+[A-Z\"“])"  # Place, SANA-
    r")\s*(?:\[[A-Za-z ]+\])?"
)
_CAPITALS = re.compile(
    r"(?<![\w-])(?P<place>(?!(?:PM|AM|IST|GMT)\b)[A-Z][A-Z'’-]{2,}(?: [A-Z][A-Z'’-]+){0,2}(?:, [A-Z][\w. ]{2,20}?)?)"
    r"(?: ?\([^()\n]{2,40}\))? ?(?:--|—|–|_| - | :)\s*(?=[A-Z\"“])"
)


@lru_cache(maxsize=8)
def filed(document: Document) -> Filed:
    """The dateline of a document; an end of 0 where it has none."""
    head = document.body[:REACH]
    found = _LINE.search(head)
    if found is None and not document.upper:
        found = _CAPITALS.search(head)
    if found is None:
        return Filed(None, 0)
    return Filed(" ".join(found["place"].replace(" ,", ",").split()), found.end())

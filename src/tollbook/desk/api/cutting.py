"""Parts of long lists: the rows behind one key, and the address of the next part."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import TypeVar
from urllib.parse import urlencode

from tollbook.desk.api.takes import Cut
from tollbook.desk.ask import Ask

T = TypeVar("T")


def part(ask: Ask, rows: Iterable[object], after: str | None) -> dict[str, object]:
    """A part of a list, with the address of the next one where there is more."""
    return {"rows": list(rows), "next": further(ask, after), "position": ask.state.position}


def further(ask: Ask, after: str | None) -> str | None:
    """The address of this list behind a key; None where there is no more."""
    if after is None:
        return None
    asked = {k: v for k, v in ask.request.query_params.items() if k != "after"}
    return f"{ask.request.url.path}?{urlencode({**asked, 'after': after})}"


def cut(things: Sequence[T], key: Callable[[T], str], asked: Cut) -> tuple[Sequence[T], str | None]:
    """The things behind a key, of things in the order of their keys, and the key of the last where there are more."""
    start = bisect_right(things, asked.after, key=key) if asked.after else 0
    found = things[start : start + asked.limit]
    more = start + asked.limit < len(things)
    return found, key(found[-1]) if more and found else None


def behind(
    things: Iterable[T], key: Callable[[T], str], places: dict[str, int], asked: Cut
) -> tuple[list[T], str | None]:
    """The things behind a key, of things that have an order of their own; a key that is gone begins anew."""
    start = places.get(asked.after, -1) + 1 if asked.after else 0
    found = list(islice(things, start, start + asked.limit + 1))
    more = len(found) > asked.limit
    return found[: asked.limit], key(found[asked.limit - 1]) if more else None

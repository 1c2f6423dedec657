"""What may leave the box: names of confidential sources become handles, signs that run or mislead become visible."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from tollbook.nouns import Report
from tollbook.values import Book

# Controls that turn the direction of what follows, and those that a terminal or a browser may obey.
_HIDDEN = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u200b\u2060-\u2064\ufeff\ufff9-\ufffb]"
)
_LONE = re.compile("[\ud800-\udfff\ufffe\uffff]")


def shown(text: str) -> str:
    """The text with hidden signs written out: a right-to-left override reads ⟨U+202E⟩ and turns nothing."""
    text = _LONE.sub("\ufffd", text.replace("\r\n", "\n"))
    return _HIDDEN.sub(lambda m: f"⟨U+{ord(m[0]):04X}⟩", text)


class Veil:
    """Puts handles for the names of a book's confidential sources, wherever they stand in a text."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._handles: dict[str, str] = {}
        for source in book.sources.values():
            if source.confidential:
                for name in (source.name, *source.aliases):
                    if name.strip():
                        self._handles[" ".join(name.casefold().split())] = source.handle
        longest = sorted(self._handles, key=len, reverse=True)
        names = "|".join(r"\s+".join(map(re.escape, name.split())) for name in longest)
        self._names = re.compile(rf"(?<!\w)(?:{names})(?!\w)", re.IGNORECASE) if names else None

    def __call__(self, text: str) -> str:
        """The text as it may be shown."""
        if self._names is not None:
            text = self._names.sub(self._handle, text)
        return shown(text)

    def _handle(self, found: re.Match[str]) -> str:
        name = " ".join(found[0].casefold().split())
        return self._handles.get(name, "source withheld")

    def name(self, who: str | None) -> str:
        """The name of a voice as it may be shown: its card's handle, else the name itself."""
        if not who:
            return ""
        card = self._book.source(who)
        return shown(card.handle) if card else self(who)

    def hides(self, report: Report) -> bool:
        """Whether the report's publisher is confidential, so that its address would tell who it is."""
        card = self._book.source(report.publisher)
        return (card is not None and card.confidential) or (
            self._names is not None and self._names.search(report.publisher) is not None
        )

    def address(self, report: Report) -> str:
        """The report's address where it may be shown and is one of the web's; else empty."""
        return "" if self.hides(report) else web(report.address)


def web(address: str) -> str:
    """The address when it is plain http or https without user and blanks; else empty."""
    address = address.strip()
    if (
        not address
        or any(ch.isspace() or ord(ch) < 33 or ch in "<>\"'`\\" for ch in address)
        or _HIDDEN.search(address)
    ):
        return ""
    try:
        parts = urlsplit(address)
        host, user = parts.hostname, parts.username
    except ValueError:
        return ""
    return address if parts.scheme in {"http", "https"} and host and user is None else ""

"""The parties: the lexicon with its words, what the book says of each, and names that are none of them."""

from __future__ import annotations

from starlette.responses import Response

from tollbook.desk import render
from tollbook.desk.ask import Ask
from tollbook.desk.ways import Ways
from tollbook.publish.compose import swatches
from tollbook.views import lexicon

ways = Ways()


@ways.page("/parties", slow=True)
def parties(ask: Ask) -> Response:
    """Those that the book names, the whole lexicon on request, and the words of claims that name none."""
    known, strangers = ask.state.kept("parties", lambda: lexicon.parties(ask.book))
    asked, every = ask.query("q").casefold(), ask.query("every") == "1"
    found = [
        k for k in known if (every or asked or k.claims or k.sources)
        and (not asked or any(asked in w.casefold() for w in (k.name, *(w for ws in k.words.values() for w in ws))))
    ]  # fmt: skip
    veil = ask.state.veil
    return render.page(
        ask, "parties.html", found=found, total=len(known), asked=ask.query("q"), every=every,
        colours=swatches(ask.book), strangers=[(veil(words), number) for words, number in strangers],
    )  # fmt: skip

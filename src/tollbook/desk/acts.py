"""A person's act: one posted form, one judgement in the log; what another decided meanwhile is seen, not overwritten."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.responses import JSONResponse, RedirectResponse, Response

from tollbook import pipeline
from tollbook.book import standing
from tollbook.codes import Verb
from tollbook.desk import render
from tollbook.desk.ask import Ask
from tollbook.desk.faults import RefusalError
from tollbook.desk.live import State
from tollbook.desk.ways import Ways
from tollbook.nouns import Judgement
from tollbook.people import Right

ways = Ways()

# What changes more than one claim, or says how far something can be trusted, is for reviewers.
REVIEW = frozenset({Verb.MERGE, Verb.SPLIT, Verb.NEST, Verb.APART, Verb.GRADE, Verb.RATE})
# Why, where nobody needs to be told more.
REASONS = {
    Verb.ACCEPT: "read against the text and found right",
    Verb.REVIEW: "taken into review",
    Verb.ASSIGN: "work shared out",
    Verb.UNDO: "taken back",
}


def seen(state: State, target: str) -> str:
    """What a form on this target was filled in against: the id of the newest standing judgement on it, or ``-``."""
    last = newest(state, target)
    return last.id if last else "-"


def newest(state: State, target: str) -> Judgement | None:
    """The newest standing judgement on a target, comments aside: two people may comment at once."""
    by_target: dict[str, Judgement] = state.kept("judgements by target", lambda: _newest(state))
    return by_target.get(target)


def _newest(state: State) -> dict[str, Judgement]:
    return {j.target: j for j in standing(state.book.judgements.values()) if j.verb is not Verb.COMMENT}


@ways.act("/acts")
def act(ask: Ask) -> Response:
    """Records a judgement and goes back to the page it came from; JSON for the desk's own scripts."""
    try:
        verb = Verb(ask.field("verb"))
    except ValueError:
        raise RefusalError(
            400, f"There is no act “{ask.field('verb')}”.", f"There are: {', '.join(Verb)}."
        ) from None
    if verb in REVIEW and not ask.may(Right.REVIEW):
        raise RefusalError(403, f"To {verb} needs the right to review.", "Ask a reviewer of this desk.")
    target = ask.field("target")
    ask.live.refresh()  # decided on the newest book, not on that of when the request came
    state = ask.live.state
    last, against = newest(state, target), ask.field("seen")
    if against and verb is not Verb.COMMENT and against != (last.id if last else "-"):
        return _conflict(ask, state, last)
    made = pipeline.judge(
        ask.live.box,
        Judgement(
            said_on=ask.now.date(), recorded_at=ask.now.replace(microsecond=0), made_by=ask.person.name, verb=verb,
            target=target, reason=ask.field("reason") or REASONS.get(verb, ""), other=ask.field("other") or None,
            claims=ask.fields("claims"), changes=_changes(ask),
        ),
        known=(state.entries, state.book),
    )  # fmt: skip
    ask.live.refresh()
    return _done(ask, made)


def _changes(ask: Ask) -> tuple[tuple[str, str], ...]:
    """The fields named ``set.FIELD``; for a correction only those that say something else than the page showed."""
    shown = {k.removeprefix("was."): v for k, v in ask.form.items() if k.startswith("was.")}
    given = {k.removeprefix("set."): ask.field(k) for k in ask.form if k.startswith("set.")}
    return tuple((k, v) for k, v in given.items() if shown.get(k) != v)


def _conflict(ask: Ask, state: State, last: Judgement | None) -> Response:
    """Both decisions side by side, and a clear choice."""
    again = [(k, v) for k, v in ask.form.multi_items() if isinstance(v, str) and k not in {"csrf", "seen"}]
    if _wants_json(ask):
        said = {"error": "somebody decided on this meanwhile", "newest": last.id if last else None}
        return JSONResponse(said, 409)
    return render.page(
        ask, "conflict.html", status=409, last=last, again=again, seen=seen(state, ask.field("target")),
        back=_back(ask), reason=state.veil(last.reason) if last else "",
    )  # fmt: skip


def _done(ask: Ask, made: Judgement) -> Response:
    state = ask.live.state
    if _wants_json(ask):
        return JSONResponse({"id": made.id, "seen": seen(state, made.target), "position": state.position})
    return RedirectResponse(_back(ask), 303)


def _wants_json(ask: Ask) -> bool:
    return "application/json" in ask.request.headers.get("accept", "")


def _back(ask: Ask) -> str:
    """Where the form says it came from, if that is a page of this desk; else the first page."""
    return here(ask.field("back")) or "/"


def here(address: str) -> str:
    """The address if it is a path of this desk, else empty: nobody is sent elsewhere by a link to us."""
    parts = urlsplit(address)
    plain = (
        address.startswith("/")
        and not address.startswith(("//", "/\\"))
        and not parts.scheme
        and not parts.netloc
    )
    return address if plain and "\\" not in address and address.isprintable() else ""

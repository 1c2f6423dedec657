"""A person's act: one posted form, one judgement in the log; what another decided meanwhile is seen, not overwritten."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
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
from tollbook.nouns import Incident, Judgement
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
# What was done, after a person's name.
DID = {
    Verb.ACCEPT: "accepted it",
    Verb.REJECT: "rejected it",
    Verb.CORRECT: "corrected it",
    Verb.WITHDRAW: "withdrew it",
    Verb.REVIEW: "took it into review",
    Verb.UNVERIFIABLE: "called it unverifiable",
    Verb.MERGE: "merged it into another",
    Verb.SPLIT: "moved it to another incident",
    Verb.NEST: "put it under another",
    Verb.APART: "told it apart from another",
    Verb.GRADE: "graded it",
    Verb.RATE: "rated it",
    Verb.ASSIGN: "shared it out",
    Verb.ACKNOWLEDGE: "acknowledged it",
    Verb.UNDO: "took a decision back",
    Verb.COMMENT: "said",
}
# Values that stand beside each other: who sets one overwrites only an earlier one of its kind.
_ALONE = frozenset({Verb.GRADE, Verb.RATE, Verb.ASSIGN, Verb.NEST, Verb.ACKNOWLEDGE, Verb.UNDO})
# What a program can do about a conflict.
AGAIN = "Look at what was decided; to decide again all the same, send it with this answer's seen, or with whose for an undo."
# Two who write at every moment would need luck of one in thousands to meet so often.
TRIES = 20


def seen(state: State, target: str) -> str:
    """What a form on this target was filled in against: the id of the newest standing judgement on it, or ``-``."""
    last = newest(state, target)
    return last.id if last else "-"


def newest(state: State, target: str) -> Judgement | None:
    """The newest standing judgement on a target, comments aside: two people may comment at once."""
    return next(reversed(decided(state, target)), None)


def decided(state: State, target: str) -> Sequence[Judgement]:
    """The standing judgements on a target, comments aside, the newest last; a claim's incident was split for it, too."""
    return state.kept("judgements by target", lambda: _by_target(state)).get(target, ())


def _by_target(state: State) -> dict[str, list[Judgement]]:
    found: dict[str, list[Judgement]] = defaultdict(list)
    for j in standing(state.book.judgements.values()):
        if j.verb is not Verb.COMMENT:
            for thing in dict.fromkeys((j.target, *j.claims)):
                found[thing].append(j)
    return dict(found)


@ways.act("/acts")
def act(ask: Ask) -> Response:
    """Records a judgement and goes back to the page it came from; JSON for the desk's own scripts."""
    verb = _verb(ask)
    for _ in range(TRIES):
        ask.live.refresh()  # decided on the newest book, not on that of when the request came
        state = ask.live.state
        _allowed(ask, state, verb)
        answer = _others(ask, state, verb) or _clash(ask, state, verb)
        if answer is not None:
            return answer
        try:
            made = _record(ask, state, verb)
        except pipeline.MovedError as error:
            moved = error
            continue
        ask.live.refresh()
        return _done(ask, made)
    raise moved


def _verb(ask: Ask) -> Verb:
    try:
        return Verb(ask.field("verb"))
    except ValueError:
        raise RefusalError(
            400, f"There is no act “{ask.field('verb')}”.", f"There are: {', '.join(Verb)}."
        ) from None


def _allowed(ask: Ask, state: State, verb: Verb) -> None:
    """Raises where the act needs the right to review; to take one back needs what the act itself needed."""
    target, book = ask.field("target"), state.book
    while verb is Verb.UNDO and target in book.judgements:
        verb, target = book.judgements[target].verb, book.judgements[target].target
    # One claim on its way to its incident is a claim judged, not an incident taken apart.
    one = verb is Verb.SPLIT and target not in book.incidents and target not in book.merged
    if verb in REVIEW and not one and not ask.may(Right.REVIEW):
        raise RefusalError(403, f"To {verb} needs the right to review.", "Ask a reviewer of this desk.")


def _record(ask: Ask, state: State, verb: Verb) -> Judgement:
    """The judgement of the form, written right after the state that it was decided on."""
    target = ask.field("target")
    judgement = Judgement(
        said_on=ask.now.date(), recorded_at=_moment(ask, state, target), made_by=ask.person.name, verb=verb,
        target=target, reason=ask.field("reason") or REASONS.get(verb, ""), other=ask.field("other") or None,
        claims=ask.fields("claims"), changes=_changes(ask),
    )  # fmt: skip
    known = pipeline.Known(state.entries, state.book, state.position)
    return pipeline.judge(ask.live.box, judgement, known=known, name=ask.field("name")[:200])


def _moment(ask: Ask, state: State, target: str) -> datetime:
    """Now, or right after what was decided on the target before: of two of one moment the order would be chance."""
    on_it = [j.recorded_at for j in decided(state, target)]
    on_it += [j.recorded_at for j in (state.book.judgements.get(target),) if j]
    return max([ask.now, *(moment + timedelta(microseconds=1) for moment in on_it)])


def _changes(ask: Ask) -> tuple[tuple[str, str], ...]:
    """The fields named ``set.FIELD``; for a correction only those that say something else than the page showed."""
    shown = {k.removeprefix("was."): ask.field(k) for k in ask.form if k.startswith("was.")}
    given = {k.removeprefix("set."): ask.field(k) for k in ask.form if k.startswith("set.")}
    # In notation a field that shall say nothing is a dash.
    nothing = "-" if ask.field("verb") == Verb.CORRECT else ""
    # A browser writes line ends and blanks its own way; that is no correction.
    return tuple(
        (k, v or nothing) for k, v in given.items() if k not in shown or shown[k].split() != v.split()
    )


def _others(ask: Ask, state: State, verb: Verb) -> Response | None:
    """The question whether another person's act shall be taken back; it says whose, and when."""
    done = state.book.judgements.get(ask.field("target")) if verb is Verb.UNDO else None
    if done is None or done.made_by in {ask.person.name, ask.field("whose")}:
        return None
    what = f"This was {state.veil(done.made_by) or 'somebody'}’s, not yours."
    return _choice(ask, state, what, done, (("whose", done.made_by),))


def _clash(ask: Ask, state: State, verb: Verb) -> Response | None:
    """The choice between both decisions, where another was taken since the form was filled in."""
    against, target = ask.field("seen"), ask.field("target")
    if not against or verb is Verb.COMMENT:
        return None
    on_it = decided(state, target)
    ids = [j.id for j in on_it]
    if against != "-" and against not in ids:
        # What the page showed was taken back since, or what it showed is gone.
        before = state.book.judgements.get(against)
        if before is not None and not _meets(verb, before.verb):
            return None
        last = on_it[-1] if on_it else None
        return _choice(ask, state, "Somebody took back what your page showed.", last)
    later = on_it[ids.index(against) + 1 :] if against != "-" else on_it
    rivals = [j for j in later if _meets(verb, j.verb)]
    mine = (verb, ask.field("other") or None, _changes(ask))
    if all((j.verb, j.other, j.changes) == mine for j in rivals):
        return None  # they agree: a second acceptance overwrites nothing
    return _choice(ask, state, "Somebody decided on this while you were at it.", rivals[-1])


def _meets(one: Verb, other: Verb) -> bool:
    """Whether a judgement overwrites what another says."""
    return one is other if one in _ALONE or other in _ALONE else True


def _choice(
    ask: Ask, state: State, what: str, last: Judgement | None, more: tuple[tuple[str, str], ...] = ()
) -> Response:
    """Both decisions side by side, and a clear choice; nothing was written. For a script the same, to be shown in place."""
    again = [
        (k, v) for k, v in ask.form.multi_items() if isinstance(v, str) and k not in {"csrf", "seen", "whose"}
    ]
    context = {
        "what": what,
        "last": last,
        "did": DID.get(last.verb, "") if last else "",
        "reason": state.veil(last.reason) if last else "",
        "rows": _side_by_side(ask, state, last),
        "again": [*again, *more],
        "seen": seen(state, ask.field("target")),
        "back": _back(ask),
        "undoing": bool(more),
    }
    if not _wants_json(ask):
        return render.page(ask, "conflict.html", status=409, **context)
    said = {"error": what, "newest": last.id if last else None, "seen": context["seen"]}
    if ask.way.api:
        return JSONResponse({**said, "remedy": AGAIN}, 409)
    html = render.environment().get_template("choice.html").render(ask=ask, **context)
    return JSONResponse({**said, "choice": html}, 409)


def _side_by_side(ask: Ask, state: State, last: Judgement | None) -> list[tuple[str, str, str, str]]:
    """The fields that either of two decisions sets: name, what the page showed, theirs, mine."""
    theirs = dict(last.changes) if last else {}
    mine = dict(_changes(ask))
    for other, set_ in ((last.other if last else None, theirs), (ask.field("other"), mine)):
        if other:
            incident = state.book.incidents.get(other)
            set_["incident"] = incident.name if isinstance(incident, Incident) else other
    veil = state.veil
    return [
        (name, ask.field(f"was.{name}"), veil(theirs.get(name, "")), veil(mine.get(name, "")))
        for name in dict.fromkeys((*theirs, *mine))
    ]


def _done(ask: Ask, made: Judgement) -> Response:
    state = ask.live.state
    if _wants_json(ask):
        return JSONResponse(
            {
                "id": made.id,
                "seen": seen(state, made.target),
                "position": state.position,
                "other": made.other,
                "verb": made.verb,
            }
        )
    return RedirectResponse(_back(ask), 303)


def _wants_json(ask: Ask) -> bool:
    return ask.way.api or "application/json" in ask.request.headers.get("accept", "")


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

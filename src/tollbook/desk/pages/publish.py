"""Bulletins: composed as drafts, confirmed by a second person, corrected and withdrawn by two."""

from __future__ import annotations

from datetime import UTC, date, datetime

from starlette.responses import RedirectResponse, Response

from tollbook import pipeline
from tollbook.desk import render
from tollbook.desk.ask import Ask
from tollbook.desk.faults import RefusalError, absent
from tollbook.desk.ways import Ways
from tollbook.people import Right
from tollbook.pipeline import drafts, site
from tollbook.publish import FormatError, ProseError
from tollbook.publish.edition import NOTICES, SECTIONS
from tollbook.publish.prose import Fault
from tollbook.publish.site import policy
from tollbook.releases import Act, Release, Stage, against, alone, releases, shown
from tollbook.toll import TollError
from tollbook.toll.corrections import Correction

ways = Ways()

FORMATS = ("bulletin", "pdf", "csv", "json")
NAMES = {"ar": "Arabic", "fr": "French", "es": "Spanish", "uk": "Ukrainian"}
PARTS = {
    "chart": "the toll over time",
    "matrix": "who says what",
    "moves": "what moved, and why",
    "map": "where",
    "course": "what happened",
}
WRONG: tuple[type[Exception], ...] = (FormatError, TollError, ValueError, *pipeline.ERRORS)
ALONE = (
    "Nobody signs in here, so nobody can be a second person: drafts can be made and downloaded, marked as not confirmed, and "
    "none becomes public. Make accounts for that."
)


def _found(ask: Ask) -> dict[str, Release]:
    """The releases that who asks may know of."""
    return shown(releases(ask.live.state.book, ask.now), ask.person.rights)


def _one(ask: Ask) -> Release:
    release = _found(ask).get(ask.part("id"))
    if release is None:
        raise absent()
    return release


@ways.page("/publish", slow=True)
def publish(ask: Ask) -> Response:
    """Drafts that wait, what is public and what has moved since, what is embargoed, corrected, withdrawn, held back."""
    found = list(_found(ask).values())[::-1]
    return render.page(
        ask, "publish.html", groups=[(stage, [r for r in found if r.stage is stage]) for stage in Stage],
        moved=_moved(ask, found), incidents=_incidents(ask), alone="" if ask.options.accounts else ALONE,
    )  # fmt: skip


def _moved(ask: Ask, found: list[Release]) -> dict[str, list[Correction]]:
    """What has moved since each publication that may be known of, by its id."""

    def made() -> list[Correction]:
        return pipeline.corrected(ask.live.box, ask.state.book)[0]

    seen = {r.id for r in found}
    moved: dict[str, list[Correction]] = {}
    for one in ask.state.kept(("corrected", len(seen)), made):
        if one.publication.id in seen:
            moved.setdefault(one.publication.id, []).append(one)
    return moved


def _incidents(ask: Ask) -> list[tuple[str, str]]:
    book, veil = ask.state.book, ask.state.veil
    told = sorted(book.incidents.values(), key=lambda i: (-len(book.of(i.id)), i.id))
    return [(i.id, veil(i.name)) for i in told if book.of(i.id)]


@ways.page("/publish/new", right=Right.WORK)
def compose(ask: Ask) -> Response:
    """The form of a draft."""
    given = {k: ask.query(k) for k in ("incident", "replaces", "method", "as_of", "known_at", "headline")}
    old = _found(ask).get(given["replaces"])
    if old is not None:
        given["incident"] = given["incident"] or old.publication.incident
    return _form(
        ask,
        given | {"intro": "", "notice": "", "embargo": ""},
        set(SECTIONS),
        {"bulletin", "csv", "json"},
        (),
    )


def _form(
    ask: Ask,
    given: dict[str, str],
    sections: set[str],
    formats: set[str],
    faults: tuple[Fault, ...],
    wrong: str = "",
) -> Response:
    old = _found(ask).get(given["replaces"])
    return render.page(
        ask, "compose.html", status=422 if faults or wrong else 200, given=given, sections=sections, formats=formats,
        faults=faults, wrong=wrong, old=old, incidents=_incidents(ask), parts=PARTS, every=FORMATS, names=NAMES,
        notices=NOTICES, alone="" if ask.options.accounts else ALONE,
    )  # fmt: skip


@ways.act("/publish/new")
def composed(ask: Ask) -> Response:
    """The draft of a form, or a look at it; what is wrong stands beside the form as it was filled in."""
    names = ("incident", "replaces", "method", "as_of", "known_at", "headline", "intro", "notice", "embargo")
    given = {name: ask.field(name) for name in names}
    sections, formats = set(ask.fields("sections")), set(ask.fields("formats"))
    try:
        plan = _plan(given, sections, formats)
        if ask.field("do") == "look":
            return _look(ask, plan)
        record = drafts.draft(ask.live.box, plan, now=ask.now, by=ask.person.name, rights=ask.person.rights)
    except ProseError as error:
        return _form(ask, given, sections, formats, error.faults)
    except WRONG as error:
        return _form(ask, given, sections, formats, (), str(error))
    ask.live.refresh()
    return RedirectResponse(f"/publish/{record.id}", 303)


def _plan(given: dict[str, str], sections: set[str], formats: set[str]) -> pipeline.Edition:
    return pipeline.Edition(
        incident=given["incident"], formats=tuple(f for f in FORMATS if f in formats), headline=given["headline"],
        intro=given["intro"], sections=frozenset(sections & set(SECTIONS)), notice=given["notice"],
        method=given["method"] or "strict", as_of=date.fromisoformat(given["as_of"]) if given["as_of"] else None,
        known_at=_moment(given["known_at"]), embargo=_moment(given["embargo"]), replaces=given["replaces"] or None,
    )  # fmt: skip


def _moment(text: str) -> datetime | None:
    """A moment of a form, which is of UTC where it names no zone."""
    if not text:
        return None
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _look(ask: Ask, plan: pipeline.Edition) -> Response:
    """The bulletin as it would be, nothing kept."""
    box = ask.live.box
    head = box.log.head()
    files = drafts.made(box, box.log.entries(upto=head[0]), head, plan, ask.now)
    page = next((data for name, data in files.items() if name.endswith(".html")), b"")
    return _page(_marked(page, "A look at a draft that nobody has kept yet."))


def _page(data: bytes) -> Response:
    return Response(
        data, headers={"content-security-policy": policy(data), "content-type": site.MEDIA["html"]}
    )


def _marked(data: bytes, words: str) -> bytes:
    """A page with a line above it that says what it is not."""
    return data.replace(b"<body>\n", f'<body>\n<p class="contested"><b>{words}</b></p>\n'.encode(), 1)


@ways.page("/publish/{id}", slow=True)
def publication(ask: Ask) -> Response:
    """One publication: where it stands, its files, what moved, and what a person can do with it."""
    release = _one(ask)
    state, person = ask.live.state, ask.person
    own = alone(state.book, release.publication.incident, person.name)
    acts = {act.name.lower(): against(act, release, person.name, person.rights, own) for act in Act}
    if not ask.options.accounts:
        acts["confirm"] = acts["confirm"] or ALONE
        acts["withdraw"] = acts["withdraw"] or (ALONE if release.asked else "")
    return render.page(
        ask, "publication.html", r=release, acts=acts, changed=_changed(ask, release),
        moved=_moved(ask, [release]).get(release.id, []), incident=_name(ask, release),
    )  # fmt: skip


def _name(ask: Ask, release: Release) -> tuple[str, str]:
    """The id and name of the incident, as it stands now."""
    book = ask.live.state.book
    found = book.incidents.get(book.merged.get(release.publication.incident, release.publication.incident))
    return (found.id, ask.live.state.veil(found.name)) if found else ("", "")


def _changed(ask: Ask, release: Release) -> list[str]:
    """What it says differs from the last one."""
    try:
        return [str(item["title"]) for item in drafts.changes(ask.live.box, release.publication)]
    except pipeline.ERRORS:
        return []


@ways.page("/publish/{id}/files/{name}", slow=True)
def file(ask: Ask) -> Response:
    """A file of a publication, byte for byte as it was made."""
    return _file(ask, _one(ask))


@ways.page("/publish/{id}/draft/{name}", slow=True)
def download(ask: Ask) -> Response:
    """A file to take away, marked where nobody has confirmed it."""
    return _file(ask, _one(ask), away=True)


def _file(ask: Ask, release: Release, *, away: bool = False) -> Response:
    name = ask.part("name")
    kept = dict(release.publication.files).get(name)
    if kept is None:
        raise absent()
    data, kind = ask.live.box.kept.fetch(kept), name.rpartition(".")[2]
    sure = release.confirmed is not None
    if kind == "html":
        made = _page(data if sure or not away else _marked(data, "Not confirmed by a second person."))
    else:
        made = Response(
            data,
            headers={
                "content-type": site.MEDIA.get(kind, "text/plain"),
                "content-security-policy": policy(b""),
            },
        )
    if away:
        made.headers["content-disposition"] = (
            f'attachment; filename="{"" if sure else "not-confirmed-"}{name}"'
        )
    return made


@ways.act("/publish/{id}/{act}")
def decide(ask: Ask) -> Response:
    """Confirms, holds back or withdraws: the password once more, and never one person alone."""
    release = _one(ask)
    try:
        act = Act[ask.part("act").upper()]
    except KeyError:
        raise absent() from None
    if not ask.options.accounts and (act is Act.CONFIRM or (act is Act.WITHDRAW and release.asked)):
        raise RefusalError(403, "This needs a second person.", ALONE)
    if act in {Act.CONFIRM, Act.WITHDRAW}:
        ask.confirm()
    if act is Act.CONFIRM and ask.field("digest") != release.publication.digest:
        raise RefusalError(409, "What you looked at is not what would be confirmed.", "Open its page again.")
    reason = ask.field("reason") or ("read and found right" if act is Act.CONFIRM else "")
    try:
        drafts.act(
            ask.live.box, act, release.id, reason, now=ask.now, by=ask.person.name, rights=ask.person.rights
        )
    except pipeline.ReleaseError as error:
        raise RefusalError(403, str(error)) from error
    except pipeline.MovedError as error:
        raise RefusalError(
            409, "Somebody wrote to the log meanwhile.", "Open the page again and decide anew."
        ) from error
    ask.live.refresh()
    return RedirectResponse(f"/publish/{release.id}", 303)

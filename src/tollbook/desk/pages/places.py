"""Places: the list searched in any script, the desk's own, those that no list has; told, corrected and taken back."""

from __future__ import annotations

from collections.abc import Callable
from json import dumps
from typing import TypeVar, cast
from urllib.parse import urlencode

from starlette.datastructures import FormData, UploadFile
from starlette.responses import RedirectResponse, Response

from tollbook.book import standing
from tollbook.codes import Verb
from tollbook.desk import acts, render
from tollbook.desk.ask import Ask
from tollbook.desk.faults import RefusalError, absent
from tollbook.desk.pages.atlas import grounds
from tollbook.desk.ways import Ways
from tollbook.nouns import Site
from tollbook.people import Right
from tollbook.pipeline import SiteError, sites
from tollbook.places import Place, listed, resolver
from tollbook.publish import locator
from tollbook.views import atlas, mentions

ways = Ways()
T = TypeVar("T")

# What each UCDP precision means, for who tells a place.
MEANINGS = {
    1: "exact: this village, camp, prison or quarter",
    2: "near: within about 25 km of this point",
    3: "somewhere in this district",
    4: "somewhere in this province",
    5: "somewhere in a wide area round this point",
    6: "somewhere in this country",
    7: "a part of the world, a sea or the air",
}
FIELDS = ("name", "aliases", "latitude", "longitude", "precision", "country", "note")
# So many places that no list has, and ways of writing, are shown at once.
SHOWN = 200


@ways.page("/places", slow=True)
def places(ask: Ask) -> Response:
    """The search, the desk's own places and those that no list has."""
    asked, veil = ask.query("q"), ask.state.veil
    taken = resolver(ask.book.sites.values())(asked) if asked else None
    unknown = mentions.unknown(ask.book)
    return render.page(
        ask, "places.html", asked=asked, found=listed.search(asked) if asked else (), taken=taken,
        taken_words=veil(atlas.words(taken)) if taken else "", own=sorted(ask.book.sites.values(), key=lambda s: s.name),
        unknown=[(veil(m.words), m) for m in unknown[:SHOWN]], lost=len(unknown),
    )  # fmt: skip


@ways.page("/places/list/{row}", slow=True)
def listed_place(ask: Ask) -> Response:
    """A place of the list, with who names it."""
    row = ask.part("row")
    found = listed.row(int(row)) if row.isdecimal() and len(row) < 9 else None
    if found is None:
        raise absent()
    return _shown(ask, found.place, kind=found.kind, people=found.people)


@ways.page("/places/new", Right.WORK, slow=True)
def new_place(ask: Ask) -> Response:
    """The empty form of a place, or with what the address says."""
    return _form(ask, {name: ask.query(name) for name in FIELDS} | {"precision": ask.query("precision", "1")})


@ways.page("/places/{site}", slow=True)
def own_place(ask: Ask) -> Response:
    """A place that the desk told: what it says, who names it, and its corrections; one that was withdrawn too."""
    site = _site(ask)
    place = Place(
        site.name, site.latitude, site.longitude, listed.country(site.country), "", site.geo_precision, site.country
    )  # fmt: skip
    return _shown(ask, place, site=site)


def _site(ask: Ask) -> Site:
    key = ask.part("site")
    found = ask.book.sites.get(key) or next(
        (e for e in ask.state.entries if isinstance(e, Site) and e.id == key), None
    )
    if found is None:
        raise absent()
    return found


def _shown(ask: Ask, place: Place, *, site: Site | None = None, kind: str = "", people: int = 0) -> Response:
    veil = ask.state.veil
    rulings = [j for j in standing(ask.book.judgements.values()) if site and j.target == site.id]
    spot = locator.Site(veil(place.name), place.latitude, place.longitude, place.geo_precision)
    uses = mentions.lying(ask.book, place)
    events = [(i, veil(ask.book.incidents[i].name)) for m in uses for i in m.incidents]
    return render.page(
        ask, "place.html", place=place, name=veil(place.name), words=veil(atlas.words(place)), site=site, kind=kind,
        people=people, map=locator.locator_map(spot), uses=[(veil(m.words), m) for m in uses[:SHOWN]], ways=len(uses),
        events=events[:SHOWN], claims=sum(len(m.claims) + len(m.courses) for m in uses), meanings=MEANINGS,
        rulings=rulings, seen=acts.seen(ask.state, site.id) if site else "", gone=bool(site and site.id not in ask.book.sites),
    )  # fmt: skip


def _form(
    ask: Ask, said: dict[str, str], wrong: dict[str, str] | None = None, looked: Site | None = None
) -> Response:
    """The form with what was typed, what is wrong with it, and what the place would change."""
    effect = mentions.effect(ask.book, looked) if looked and not wrong else None
    veil = ask.state.veil
    shown = [
        (veil(m.mention.words), m, [(i.id, veil(i.name), km) for i, km in m.far])
        for m in (effect or ())[:SHOWN]
    ]
    return render.page(
        ask, "place_form.html", status=400 if wrong else 200, said=said, wrong=wrong or {}, meanings=MEANINGS,
        looked=effect is not None, effect=shown, changed=len(effect or ()), ground=grounds(),
    )  # fmt: skip


@ways.act("/places")
def add_place(ask: Ask) -> Response:
    """Records a place, or shows what it would change; what is wrong is said beside its field."""
    said = {name: ask.field(name) for name in FIELDS}
    site, wrong = _told(ask, said)
    if site is None or ask.field("look"):
        return _form(ask, said, wrong, site)
    ask.live.refresh()
    if site.id in ask.live.state.book.sites:
        return RedirectResponse(f"/places/{site.id}", 303)
    if any(e.id == site.id for e in ask.live.state.entries):
        what = "This very place was told before and withdrawn."
        return _form(ask, said, {"name": f"{what} Undo the withdrawal on its page: /places/{site.id}"})
    ask.live.append([site])
    return RedirectResponse(f"/places/{site.id}", 303)


def _told(ask: Ask, said: dict[str, str]) -> tuple[Site | None, dict[str, str]]:
    """The place of a form, or what is wrong with it by field."""
    wrong: dict[str, str] = {}

    def taken(field: str, make: Callable[[], T], instead: T) -> T:
        try:
            return make()
        except SiteError as error:
            wrong[field] = str(error).replace("; nothing was recorded", "")
            return instead

    lines = said["aliases"].replace(";", "\n").splitlines()
    name = taken("name", lambda: sites.named(said["name"], "Name"), "")
    none: tuple[str, ...] = ()
    aliases = taken("aliases", lambda: sites.aliases(lines, "Other names"), none)
    at = taken(
        "latitude", lambda: sites.point(f"{said['latitude']},{said['longitude']}", "Position"), (0.0, 0.0)
    )
    grade = taken("precision", lambda: sites.grade(said["precision"], "Precision"), 1)
    code = taken("country", lambda: sites.country(said["country"], "Country"), "")
    if wrong:
        return None, wrong
    now = ask.now.replace(microsecond=0)
    return Site(
        name=name, latitude=at[0], longitude=at[1], geo_precision=grade, country=code, aliases=aliases,
        note=" ".join(said["note"].split()), recorded_at=now, made_by=ask.person.name,
    ), {}  # fmt: skip


@ways.act("/places/{site}/correct")
def correct_place(ask: Ask) -> Response:
    """Corrects a place by a judgement, as everything is corrected."""
    old, said = _site(ask), {name: ask.field(name) for name in FIELDS}
    site, wrong = _told(ask, said)
    if site is None:
        raise RefusalError(400, " ".join(wrong.values()), "Go back and write it so.")
    fields = ("name", "aliases", "latitude", "longitude", "geo_precision", "country", "note")
    changed = [(f"set.{f}", _noted(getattr(site, f))) for f in fields if getattr(site, f) != getattr(old, f)]
    if not changed:
        raise RefusalError(400, "Nothing was changed.", "Change a field, or leave it as it is.")
    if any(value == "" for _, value in changed):
        what = "A correction cannot empty the country or the note."
        raise RefusalError(400, what, "Write another, or withdraw the place and tell it anew.")
    ask.form = FormData(
        [("verb", str(Verb.CORRECT)), ("target", old.id), ("seen", ask.field("seen")), ("reason", ask.field("reason")),
         ("back", f"/places/{old.id}"), *changed]
    )  # fmt: skip
    return cast("Response", acts.act(ask))


def _noted(value: object) -> str:
    """A value as a correction writes it."""
    if isinstance(value, tuple):
        return dumps(value, ensure_ascii=False)
    return str(value)


@ways.act("/places/import")
def import_places(ask: Ask) -> Response:
    """Records the places of a CSV file, all or none."""
    file = ask.form.get("file")
    if not isinstance(file, UploadFile) or not file.filename:
        raise RefusalError(400, "No file was chosen.", "Choose a CSV file in UTF-8.")
    with file.file as opened:
        sent = opened.read()
    try:
        text = sent.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise RefusalError(400, "The file is no text in UTF-8.", "Save it as CSV in UTF-8.") from None
    told = sites.told(text, "The file", now=ask.now.replace(microsecond=0), by=ask.person.name)
    known = {e.id for e in ask.state.entries if isinstance(e, Site)}
    new = [s for s in dict.fromkeys(told) if s.id not in known]
    ask.live.append(new)
    return RedirectResponse(f"/places?{urlencode({'added': len(new)})}#own", 303)

"""Places and parties: a place told is a claim placed, and taken back it is as before; hostile names are inert."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from tollbook.codes import Verb
from tollbook.desk.opened import Desk
from tollbook.nouns import Site
from tollbook.views import mentions

HOSTILE = '<script>alert(1)</script>"><img src=x>'


def told(**more: str) -> dict[str, str]:
    """The form of a place, filled in."""
    found = {
        "name": "Strelsau prison", "aliases": "سجن سترلساو; Штрельзау", "latitude": "36.25", "longitude": "40.5",
        "precision": "1", "country": "sy", "note": "told on the telephone",
    }  # fmt: skip
    return found | more


def lost(opened: Desk) -> mentions.Mention:
    """A place of the demo's reports that no list has."""
    return mentions.unknown(opened.live.state.book)[0]


def test_a_place_told_places_its_claims_until_it_is_taken_back(client: TestClient, opened: Desk) -> None:
    words = lost(opened).words
    before = mentions.unknown(opened.live.state.book)
    look = client.post("/places", data=told(name=words, look="1"))
    assert look.status_code == 200
    assert "nowhere" in look.text
    assert not opened.live.state.book.sites
    gone = client.post("/places", data=told(name=words))
    assert gone.status_code == 303
    site = next(iter(opened.live.state.book.sites.values()))
    assert (site.name, site.country, site.aliases) == (words, "SY", ("سجن سترلساو", "Штрельзау"))
    assert site.made_by == "Ada"
    placed = mentions.mentions(opened.live.state.book)[words].place
    assert placed is not None
    assert (placed.latitude, placed.longitude) == (36.25, 40.5)
    assert words in client.get(f"/places/{site.id}").text
    act = {"target": site.id, "reason": "it was another prison", "verb": str(Verb.WITHDRAW)}
    assert client.post("/acts", data=act).status_code == 303
    assert mentions.unknown(opened.live.state.book) == before
    assert "withdrawn" in client.get(f"/places/{site.id}").text
    ruling = next(j for j in opened.live.state.book.judgements.values() if j.target == site.id)
    assert client.post("/acts", data={"verb": "undo", "target": ruling.id}).status_code == 303
    assert mentions.mentions(opened.live.state.book)[words].place == placed


def test_a_place_is_corrected_by_a_judgement(client: TestClient, opened: Desk) -> None:
    client.post("/places", data=told())
    (site,) = opened.live.state.book.sites.values()
    better = told(
        latitude="36.5", aliases='سجن سترلساو\nA, "B"', country="IQ", reason="seen on a map", seen="-"
    )
    done = client.post(f"/places/{site.id}/correct", data=better)
    assert done.status_code == 303, done.text
    (now,) = opened.live.state.book.sites.values()
    assert (now.id, now.latitude, now.aliases, now.country) == (
        site.id,
        36.5,
        ("سجن سترلساو", 'A, "B"'),
        "IQ",
    )
    empty = client.post(f"/places/{site.id}/correct", data=better | {"note": ""})
    assert empty.status_code == 400
    again = client.post(f"/places/{site.id}/correct", data=told(latitude="10", reason="x", seen="-"))
    assert again.status_code == 409
    bad = {"verb": "correct", "target": site.id, "reason": "x", "set.latitude": "99"}
    assert client.post("/acts", data=bad).status_code == 400


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", " "), ("name", "a\u202eb"), ("latitude", "north"), ("latitude", "91"), ("longitude", "nan"),
     ("precision", "8"), ("country", "Syria")],
)  # fmt: skip
def test_what_is_no_place_is_refused_beside_its_field(
    client: TestClient, opened: Desk, field: str, value: str
) -> None:
    answer = client.post("/places", data=told(**{field: value}))
    assert answer.status_code == 400
    assert 'class="wrong"' in answer.text
    assert "told on the telephone" in answer.text
    assert not opened.live.state.book.sites


def test_hostile_names_are_inert(client: TestClient, opened: Desk) -> None:
    client.post("/places", data=told(name=HOSTILE, aliases=HOSTILE, note=HOSTILE))
    (site,) = opened.live.state.book.sites.values()
    for path in (
        "/places",
        f"/places/{site.id}",
        "/map",
        f"/places?q={HOSTILE}",
        f"/places/new?name={HOSTILE}",
        f"/parties?q={HOSTILE}",
    ):
        page = client.get(path).text
        assert "<script>alert" not in page, path
        assert "<img" not in page, path


def test_a_file_of_places_is_recorded_or_nothing_of_it(client: TestClient, opened: Desk) -> None:
    head = "name,latitude,longitude,aliases\n"
    wrong = client.post("/places/import", files={"file": ("a.csv", head + "Zenda,1,2,\nStrelsau,100,2,\n")})
    assert wrong.status_code == 400
    assert "line 3" in wrong.text
    assert not opened.live.state.book.sites
    right = client.post(
        "/places/import", files={"file": ("a.csv", head + "Zenda,1,2,زندا;Зенда\nStrelsau,3,4,\n")}
    )
    assert right.status_code == 303
    assert {s.name for s in opened.live.state.book.sites.values()} == {"Zenda", "Strelsau"}
    client.post("/places/import", files={"file": ("a.csv", head + "Zenda,1,2,زندا;Зенда\n")})
    assert sum(isinstance(e, Site) for e in opened.live.state.entries) == 2


@pytest.mark.parametrize("name", ["Aleppo", "حلب", "Алеппо"])
def test_the_list_is_searched_in_any_script(client: TestClient, name: str) -> None:
    page = client.get("/places", params={"q": name}).text
    row = re.search(r"/places/list/(\d+)", page)
    assert row
    assert "Aleppo" in client.get(f"/places/list/{row[1]}").text


def test_what_is_not_there(client: TestClient) -> None:
    for path in ("/places/list/x", "/places/list/99999999", "/places/0123"):
        assert client.get(path).status_code == 404


def test_the_parties_of_the_book_with_their_words(client: TestClient, opened: Desk) -> None:
    page = client.get("/parties").text
    for party in {c.party for c in opened.live.state.book.claims.values() if c.party}:
        assert party in page
    assert "swatch" in page
    assert "Taliban" not in page
    assert "Taliban" in client.get("/parties?every=1").text
    assert "Its units" in page

"""The map: every incident is on it or in the list of those that have no place; what is not exact is never a pin."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from starlette.testclient import TestClient

from tollbook.codes import Level, Outcome
from tollbook.desk.opened import Desk
from tollbook.nouns import Incident, Site, Source
from tollbook.publish.overview import radius

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NOW = datetime(2031, 3, 5, tzinfo=UTC)
HOSTILE = "<script>document.title='x'</script><img src=x onerror=alert(1)>"
ARABIC = "مخيم زندا"


def founded(name: str, place: str | None = None, grade: int | None = None, **more: Any) -> Incident:  # noqa: ANN401
    """An incident of the test's own; with a precision it has a point."""
    point: dict[str, Any] = {"latitude": 36.3, "longitude": 40.2, "geo_precision": grade} if grade else {}
    day = more.pop("day", date(2031, 3, 5))
    return Incident(
        name=name, place=place, date_from=day, said_on=day, recorded_at=NOW, made_by="Ada", **point, **more
    )


@pytest.fixture
def mapped(opened: Desk) -> Desk:
    """The demo's desk with incidents of every precision, hostile ones and those that have no place."""
    graded = [founded(f"Raid {n}", f"Zenda {n}", n) for n in range(1, 8)]
    others = [
        founded("A country", "Syria"), founded("Nothing said"), founded("Unknown", "Strelsau-on-the-Moor"),
        founded(HOSTILE, HOSTILE, 1), founded("A part of the world", "Middle East"),
        founded("The war", "Syria", 6, level=Level.WAR), founded("Camp", ARABIC, day=date(2031, 4, 1)),
    ]  # fmt: skip
    camp = Site(name=ARABIC, latitude=36.3, longitude=41.2, country="SY", recorded_at=NOW, made_by="Ada")
    opened.live.append([*graded, *others, camp])
    return opened


def said(client: TestClient, query: str = "") -> dict[str, Any]:
    found: dict[str, Any] = client.get(f"/map/incidents{query}").json()
    return found


@pytest.mark.usefixtures("mapped")
def test_every_incident_is_on_the_map_or_in_the_list_and_none_twice(client: TestClient, opened: Desk) -> None:
    data = said(client)
    ids = [i["id"] for i in data["incidents"]]
    assert sorted(ids) == sorted(opened.live.state.book.incidents)
    keys = {p["key"] for p in data["places"]}
    assert len(keys) == len(data["places"])
    for one in data["incidents"]:
        assert bool(one["why"]) != (one["place"] in keys)
    page = client.get("/map").text
    assert sorted(re.findall(r'<tr id="i-(\w+)"', page)) == sorted(ids)
    lost = page.partition('id="lost"')[2]
    assert {i["id"] for i in data["incidents"] if i["why"]} == set(re.findall(r'/incidents/(\w+)"', lost))


@pytest.mark.usefixtures("mapped")
def test_only_an_exact_place_is_a_point(client: TestClient) -> None:
    data = said(client)
    shapes = {p["precision"]: p["shape"] for p in data["places"]}
    assert shapes == {1: "point", 2: "circle", 3: "circle", 4: "circle", 5: "circle", 6: "country"}
    assert all(p["reach"] > 0 for p in data["places"] if p["shape"] == "circle")
    by_name = {i["name"]: i for i in data["incidents"]}
    assert by_name["Raid 7"]["why"]
    assert by_name["The war"]["why"] == "its incidents are on the map"
    assert by_name["Unknown"]["why"] == "no list has this place"
    still = client.get("/map").text.partition('id="still"')[2].partition('id="atlas"')[0]
    assert still.count('class="spot"') == sum(p["shape"] == "point" for p in data["places"])
    assert still.count('class="area"') == sum(p["shape"] != "point" for p in data["places"])


@pytest.mark.usefixtures("mapped")
def test_what_others_wrote_is_inert(client: TestClient) -> None:
    page = client.get("/map").text
    assert HOSTILE not in page
    assert "<img" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;" in page


def test_the_filters_are_in_the_address(client: TestClient, mapped: Desk) -> None:
    book = mapped.live.state.book
    assert said(client, f"?outcome={Outcome.ESCAPED}")["outcome"] == "escaped"
    killed = {i["id"] for i in said(client, "?outcome=killed")["incidents"]}
    assert killed
    assert killed < set(book.incidents)
    page = client.get("/map?from=2031-03-31").text
    assert re.findall(r'<tr id="i-(\w+)"', page) == [i for i, e in book.incidents.items() if e.name == "Camp"]
    assert client.get("/map?as_of=2022-01-21&method=minmax").status_code == 200
    assert len(said(client, "?known_at=2000-01-01")["incidents"]) == 0
    for wrong in ("outcome=grief", "from=yesterday", "method=guess", "method=source:Nobody"):
        assert client.get(f"/map?{wrong}").status_code == 400, wrong


def test_it_is_sent_once(client: TestClient, opened: Desk) -> None:
    first = client.get("/map/incidents")
    tag = {"if-none-match": first.headers["etag"]}
    assert client.get("/map/incidents", headers=tag).status_code == 304
    assert client.get("/map/incidents?outcome=killed", headers=tag).status_code == 200
    opened.live.append([founded("Raid", "Zenda", 1)])
    assert client.get("/map/incidents", headers=tag).status_code == 200
    land = re.findall(r"/map/ground/\w+/\w+", client.get("/map").text)
    assert len(land) == 2
    for address in land:
        sent = client.get(address)
        assert "immutable" in sent.headers["cache-control"]
        assert sent.json()["type"] == "FeatureCollection"
        assert client.get(f"{address}0").status_code == 404
    assert all(
        abs(a[0] - b[0]) < 180 or f["properties"]["code"] == "AQ"
        for f in client.get(land[0]).json()["features"]
        for polygon in f["geometry"]["coordinates"]
        for a, b in zip(polygon[0], polygon[0][1:], strict=False)
    )


def test_a_confidential_name_does_not_reach_the_map(client: TestClient, opened: Desk) -> None:
    secret = Source(
        name="Rupert Hentzau", confidential=True, pseudonym="a1b2", recorded_at=NOW, made_by="Ada"
    )
    opened.live.append([secret, founded("Raid at Rupert Hentzau's house", "Rupert Hentzau", 1)])
    assert "source-a1b2" in client.get("/map").text
    for path in ("/map", "/map/incidents"):
        assert "Hentzau" not in client.get(path).text


def test_circles_grow_as_they_are_read() -> None:
    assert radius(0, 100) == radius(None, 100) == 0
    assert radius(1, 100) < radius(10, 100) < radius(100, 100) == radius(1_000, 100)


INK = """async (address) => {
  const image = new Image(); image.src = address; await image.decode();
  const canvas = new OffscreenCanvas(image.width, image.height), pen = canvas.getContext("2d");
  pen.drawImage(image, 0, 0);
  const dots = pen.getImageData(0, 0, image.width, image.height).data, colours = new Set(); let ink = 0;
  for (let n = 0; n < dots.length; n += 4) {
    colours.add(dots[n] << 16 | dots[n + 1] << 8 | dots[n + 2]);
    if (dots[n] < 90 && dots[n + 1] < 90 && dots[n + 2] < 90) ink++;
  }
  return [colours.size, ink];
}"""


def seen(page: Page, clip: dict[str, float] | None = None) -> tuple[int, int]:
    """How many colours and how many pixels of ink the map shows."""
    from base64 import b64encode  # noqa: PLC0415

    shot = page.screenshot(clip=clip) if clip else page.locator("#atlas canvas").screenshot()  # type: ignore[arg-type]
    colours, ink = page.evaluate(INK, f"data:image/png;base64,{b64encode(shot).decode()}")
    return colours, ink


def drawn(page: Page, path: str) -> None:
    page.goto(path)
    page.locator("#atlas[data-drawn]").wait_for(timeout=60_000)
    page.wait_for_timeout(1_000)


@pytest.mark.usefixtures("mapped")
def test_the_map_draws_with_an_arabic_name(tab: Page) -> None:
    drawn(tab, "/map")
    assert seen(tab)[0] > 20
    drawn(tab, "/map?from=2031-03-31")  # the camp alone, in the middle of the map
    box = tab.locator("#atlas canvas").bounding_box()
    assert box
    middle = {
        "x": box["x"] + box["width"] / 2 - 50,
        "y": box["y"] + box["height"] / 2 + 9,
        "width": 100.0,
        "height": 26.0,
    }
    above = {**middle, "y": box["y"] + box["height"] / 2 - 50}
    assert seen(tab, middle)[1] > 40
    assert seen(tab, above)[1] < seen(tab, middle)[1] / 2


@pytest.mark.usefixtures("mapped")
def test_the_list_leads_to_the_map_by_keyboard(tab: Page) -> None:
    drawn(tab, "/map")
    button = tab.locator("#listed [data-show]:visible").first
    name = button.locator("xpath=ancestor::tr//th").inner_text()
    button.focus()
    tab.keyboard.press("Enter")
    tab.locator("#panel li").first.wait_for()
    assert name in tab.locator("#panel").inner_text()
    tab.locator("h1").click()
    tab.keyboard.press("n")
    tab.wait_for_timeout(300)
    assert tab.locator("#panel h2").inner_text()
    to = tab.locator("[data-to]")
    to.focus()
    tab.keyboard.press("ArrowLeft")
    tab.wait_for_url("**to=2031-03-31")
    tab.locator("#atlas-count", has_text="15 of 16").wait_for()


@pytest.mark.usefixtures("mapped")
def test_without_script_a_drawing_stands(chromium: Browser, address: str) -> None:
    context = chromium.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/map")
    assert page.locator("#still svg").is_visible()
    assert not page.locator("#atlas").is_visible()
    assert page.locator("#listed tbody tr").count() == 16
    context.close()

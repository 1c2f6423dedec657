"""The script that makes the place list: small made-up sources in, files that the look-up reads out."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tollbook.places.spelling import fold, skeleton
from tollbook.places.store import Gazetteer

SCRIPT = Path(__file__).resolve().parent.parent / "scripts" / "gazetteer.py"


def loaded() -> ModuleType:
    spec = importlib.util.spec_from_file_location("gazetteer_script", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


script = loaded()


def town(name: str, latitude: float, longitude: float, people: int, *others: str) -> dict[str, Any]:
    return {
        "countrycode": "RT", "admin1code": "01", "name": name, "latitude": latitude, "longitude": longitude,
        "population": people, "alternatenames": list(others),
    }  # fmt: skip


STATES = {"RT": {"name": "Ruritania", "isonumeric": 999, "population": 1_000_000, "languages": "de,ar"}}
TOWNS = {
    "1": town(
        "Strelsau",
        50.0,
        15.0,
        200_000,
        "Strelzow",
        "Al Strelsau",
        "STR",
        "si te le",
        "ستريلساو",
        "Стрельзау",
        "施",
    ),
    "2": town("Zenda", 50.2, 15.1, 900, "Zendah", "Зенда"),
}
REGIONS = [
    {"properties": {"gn_a1_code": "RT.01", "iso_a2": "RT", "iso_3166_2": "RT-01", "name": "Upper Strel",
                    "name_en": "Upper Strel Province", "latitude": 50.1, "longitude": 15.0}},
    {"properties": {"gn_a1_code": "RT.", "iso_a2": "RT", "iso_3166_2": "RT-X~", "name": "Buffer", "latitude": 0, "longitude": 0}},
]  # fmt: skip
ATLAS = {
    "transform": {"scale": [0.01, 0.01], "translate": [14, 49]},
    # A square of two degrees in two arcs; the second is used backwards.
    "arcs": [[[0, 0], [200, 0], [0, 200]], [[0, 0], [0, 200], [200, 0]]],
    "objects": {
        "countries": {
            "geometries": [
                {"type": "Polygon", "arcs": [[0, -2]], "id": "999", "properties": {"name": "Ruritania"}}
            ]
        }
    },
}
SEEDS = (
    "# comment\nkind\tname\tcode\tlatitude\tlongitude\tweight\tanchor\tkm\talso\twhat\n"
    "s\tTarlenheim camp\tRT\t50.02\t15.02\t\tStrelsau\t5\tTarlenheim\tcamp\n"
    "n\t\tRT\t\t\t\t\t\tthe Kingdom\t\n"
)


@pytest.fixture
def made() -> dict[str, bytes]:
    files: dict[str, bytes] = script.made(STATES, TOWNS, REGIONS, ATLAS, SEEDS)
    return files


def rows(files: dict[str, bytes], name: str) -> list[str]:
    gazetteer = Gazetteer(files["keys.bin"], files["points.bin"], files["labels.bin"])
    folded = fold(name)
    return [gazetteer.label(n) for n in gazetteer.find(skeleton(folded)).get(folded, ())]


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("Strelsau", "Strelsau"),
        ("al-Strelsau", "Strelsau"),
        ("STRELZOW", "Strelsau"),
        ("ستريلساو", "Strelsau"),
        ("Стрельзау", "Strelsau"),
        ("Zendah", "Zenda"),
        ("Tarlenheim", "Tarlenheim camp"),
        ("Upper Strel", "Upper Strel"),
        ("Ruritania", "Ruritania"),
        ("the Kingdom", "Ruritania"),
    ],
)
def test_what_goes_in_is_found(made: dict[str, bytes], name: str, label: str) -> None:
    assert rows(made, name) == [label]


@pytest.mark.parametrize("name", ["STR", "si te le", "施", "Зенда", "Buffer", "nowhere"])
def test_codes_transliterations_and_strange_scripts_stay_out(made: dict[str, bytes], name: str) -> None:
    """Cyrillic is kept for the big town, not for the small one of a country that does not write it."""
    assert rows(made, name) == []


def test_a_row_keeps_its_point_unit_and_people(made: dict[str, bytes]) -> None:
    gazetteer = Gazetteer(made["keys.bin"], made["points.bin"], made["labels.bin"])
    (number,) = gazetteer.find(skeleton("strelsau"))["strelsau"]
    spot = gazetteer.spot(number)
    assert (spot.code, spot.admin, spot.latitude, spot.longitude) == ("RT", "Upper Strel", 50.0, 15.0)
    assert spot.people == pytest.approx(200_000, rel=0.05)


def test_the_same_sources_make_the_same_bytes(made: dict[str, bytes]) -> None:
    assert script.made(STATES, dict(reversed(TOWNS.items())), REGIONS[::-1], ATLAS, SEEDS) == made


def test_a_site_far_from_its_anchor_stops_the_making() -> None:
    with pytest.raises(SystemExit, match=r"Tarlenheim camp lies .* km from Strelsau"):
        script.made(STATES, TOWNS, REGIONS, ATLAS, SEEDS.replace("50.02", "51.02"))


def test_arcs_join_to_a_closed_ring() -> None:
    (ring,) = script.shapes(ATLAS, {999: "RT"})["RT"]
    assert (
        ring == [(1400, 4900), (1600, 4900), (1600, 5100), (1400, 5100), (1400, 4900)] or ring[0] == ring[-1]
    )
    assert len(set(ring)) == 4


def test_the_centre_of_a_square_is_its_middle() -> None:
    assert script.centre([[(0, 0), (200, 0), (200, 200), (0, 200), (0, 0)]]) == (1.0, 1.0)


LINE = st.lists(
    st.tuples(st.floats(-10, 10, allow_nan=False), st.floats(-10, 10, allow_nan=False)),
    min_size=2,
    max_size=30,
)


@given(LINE, st.floats(0.001, 2))
def test_a_simpler_line_keeps_its_ends_and_no_new_point(
    line: list[tuple[float, float]], tolerance: float
) -> None:
    simple = script.simplify(line, tolerance)
    assert simple[0] == line[0]
    assert simple[-1] == line[-1]
    assert set(simple) <= set(line)
    assert len(simple) <= len(line)


def test_a_bend_below_the_tolerance_goes_and_one_above_stays() -> None:
    assert script.simplify([(0, 0), (1, 0.001), (2, 0)], 0.01) == [(0, 0), (2, 0)]
    assert script.simplify([(0, 0), (1, 0.1), (2, 0)], 0.01) == [(0, 0), (1, 0.1), (2, 0)]

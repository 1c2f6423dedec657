"""What is handed on: a wheel carries the pages of the desk, built, with the licences of what is in them."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "src/tollbook/desk/static"
BELOW = "tollbook/desk/static/"


@pytest.fixture(scope="module")
def pages() -> None:
    """Skips where the pages are not built, unless TOLLBOOK_BROWSER says that they must be."""
    if not (STATIC / "licences.md").is_file():
        if os.environ.get("TOLLBOOK_BROWSER") == "must":
            pytest.fail("the pages were not built: make desk")
        pytest.skip("the pages were not built: make desk")


def hook() -> ModuleType:
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


def built(target: str, folder: Path) -> Path:
    # The pages as they stand: building them is the work of make, and of the hook below.
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(folder)],
        cwd=ROOT, check=True, capture_output=True, env={**os.environ, "TOLLBOOK_PAGES": "no"},
    )  # fmt: skip
    (made,) = folder.iterdir()
    return made


@pytest.mark.usefixtures("pages")
def test_a_wheel_carries_the_pages(tmp_path: Path) -> None:
    with zipfile.ZipFile(built("wheel", tmp_path)) as wheel:
        names = set(wheel.namelist())
        manifest: dict[str, Any] = json.loads(wheel.read(f"{BELOW}manifest.json"))
    wanted = {chunk["file"] for chunk in manifest.values()}
    wanted |= {sheet for chunk in manifest.values() for sheet in chunk.get("css", [])}
    assert {f"{BELOW}{name}" for name in wanted} <= names
    assert f"{BELOW}licences.md" in names
    assert "tollbook/desk/templates/layout.html" in names
    assert not [name for name in names if "node_modules" in name]


@pytest.mark.usefixtures("pages")
def test_a_source_archive_carries_them_and_what_they_are_made_from(tmp_path: Path) -> None:
    with tarfile.open(built("sdist", tmp_path)) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {
        "src/tollbook/desk/static/manifest.json",
        "src/tollbook/desk/static/licences.md",
        "web/src/main.ts",
        "web/styles/base.css",
        "web/package-lock.json",
        "hatch_build.py",
    } <= names
    assert not [name for name in names if "node_modules" in name]


@pytest.mark.usefixtures("pages")
def test_each_package_in_the_pages_has_its_licence() -> None:
    words = (STATIC / "licences.md").read_text(encoding="utf-8")
    for name, version in json.loads((ROOT / "web/package.json").read_text())["dependencies"].items():
        assert f"## {name} {version} (" in words
    assert "SIL OPEN FONT LICENSE" in words.upper()


def test_pages_are_built_again_when_a_source_is_newer(tmp_path: Path) -> None:
    fresh = hook().fresh
    for path, at in (
        ("src/tollbook/desk/static/manifest.json", 2),
        ("src/tollbook/desk/static/licences.md", 2),
        ("web/package.json", 1),
        ("web/styles/base.css", 1),
    ):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).touch()
        os.utime(tmp_path / path, (at, at))
    assert fresh(tmp_path)
    os.utime(tmp_path / "web/styles/base.css", (3, 3))
    assert not fresh(tmp_path)
    os.utime(tmp_path / "web/styles/base.css", (1, 1))
    (tmp_path / "src/tollbook/desk/static/manifest.json").unlink()
    assert not fresh(tmp_path)


def test_without_node_a_build_says_what_it_lacks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = hook().Pages(str(tmp_path), {}, None, None, str(tmp_path), "wheel")
    monkeypatch.setenv("PATH", str(tmp_path))
    made.initialize("editable", {})
    with pytest.raises(RuntimeError, match=r"needs Node .* TOLLBOOK_PAGES=no"):
        made.initialize("standard", {})
    monkeypatch.setenv("TOLLBOOK_PAGES", "no")
    made.initialize("standard", {})


def test_without_its_extra_the_desk_says_how_to_get_it() -> None:
    program = (
        "import sys; sys.modules['uvicorn'] = None; from tollbook.cli import main; sys.exit(main(['desk']))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "pip install 'tollbook[desk]'" in done.stderr
    assert "Traceback" not in done.stderr

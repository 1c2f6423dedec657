"""A desk on the demo's book, in this process and in a browser; each test has a box of its own."""

from __future__ import annotations

import fcntl
import os
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import seen
from tollbook import pipeline
from tollbook.cli import main

pytest.importorskip("fastapi", reason="the desk is an extra; install it with: pip install 'tollbook[desk]'")

import uvicorn
from starlette.testclient import TestClient

from tollbook.desk.app import application, desk
from tollbook.desk.opened import Desk
from tollbook.desk.options import Options

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NAME = "http://127.0.0.1"
CHROMIUM = next(
    filter(
        None, (os.environ.get("TOLLBOOK_CHROMIUM"), shutil.which("chromium"), shutil.which("google-chrome"))
    ),
    None,
)
BUILT = Path(__file__).parents[2] / "src/tollbook/desk/static/manifest.json"


@pytest.fixture(scope="session")
def demo_box(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's box, made once for all workers; never to be written: take ``box``."""
    shared = tmp_path_factory.getbasetemp().parent
    folder = shared / "demo-box-of-the-desk"
    with (shared / "demo-box.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "log.db").exists():
            assert main(["demo", "--box", str(folder)]) == 0
    return folder


@pytest.fixture
def box(demo_box: Path, tmp_path: Path) -> Path:
    """A copy of the demo's box, to be written."""
    return Path(shutil.copytree(demo_box, tmp_path / "box"))


@pytest.fixture
def opened(box: Path) -> Iterator[Desk]:
    """A desk without accounts on that box."""
    with pipeline.open_box(box) as there:
        made = desk(there, Options(by="Ada"))
        yield made
        made.close()


@pytest.fixture
def client(opened: Desk) -> Iterator[TestClient]:
    """Asks that desk, as its own pages do; redirects are not followed."""
    with TestClient(application(opened), base_url=NAME, follow_redirects=False) as asking:
        asking.headers["x-csrf"] = opened.members.alone.csrf
        yield asking


Serving = Callable[..., str]


@contextmanager
def served(opened: Desk) -> Iterator[str]:
    """The address of a desk, served on a free port of this machine until the block ends."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    # A browser's idle connection stays: closed by the server just as a slow test asks on it, it would be an error.
    config = uvicorn.Config(
        application(opened), host="127.0.0.1", port=port, log_level="error", timeout_graceful_shutdown=1,
        timeout_keep_alive=600,
    )  # fmt: skip
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + 20
    while not server.started and time.monotonic() < until:
        time.sleep(0.02)
    assert server.started
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(10)


@pytest.fixture
def serving() -> Iterator[Serving]:
    """Serves a desk on a free port of this machine: ``serving(opened)`` gives its address."""
    with ExitStack() as running:
        yield lambda opened: running.enter_context(served(opened))


@dataclass(frozen=True)
class Still:
    """A desk that no test of a module writes to, and its address."""

    opened: Desk
    address: str


@pytest.fixture(scope="module")
def still(demo_box: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Still]:
    """A furnished desk, served once for the tests of a module, which only read."""
    folder = Path(shutil.copytree(demo_box, tmp_path_factory.mktemp("still") / "box"))
    seen.furnish(folder)
    with pipeline.open_box(folder) as there:
        made = desk(there, Options(by="Ada"))
        with served(made) as address:
            yield Still(made, address)
        made.close()


@pytest.fixture
def address(opened: Desk, serving: Serving) -> str:
    """The address of that desk, served."""
    return serving(opened)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A browser; skips where there is none, unless TOLLBOOK_BROWSER says that there must be."""
    must = os.environ.get("TOLLBOOK_BROWSER") == "must"
    if CHROMIUM is None or not BUILT.exists():
        what = (
            "no browser: apt install chromium" if CHROMIUM is None else "the pages were not built: make desk"
        )
        if must:
            pytest.fail(what)
        pytest.skip(what)
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  (not where there is no browser)

    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield made
        made.close()


@pytest.fixture
def tab(chromium: Browser, address: str) -> Iterator[Page]:
    """A page of the browser, 1280 wide, at that desk; a script's error or a request elsewhere fails the test."""
    context = chromium.new_context(base_url=address, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    watch = seen.Watch(page, address)
    yield page
    context.close()
    watch.clean()

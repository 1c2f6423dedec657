"""The specification of the log: its program checks a log by SQLite and SHA-256 alone, and its names are the code's."""

from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tollbook.log import Log, tables
from tollbook.nouns import Source

PAGE = (Path(__file__).parent.parent / "docs" / "spec-log.md").read_text(encoding="utf-8")
NOW = datetime(2031, 3, 5, 8, tzinfo=UTC)


def checked(folder: Path) -> subprocess.CompletedProcess[str]:
    """What the program of the page says of the log in a folder."""
    programs = re.findall(r"^```python\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    assert len(programs) == 1
    (folder / "check.py").write_text(programs[0], encoding="utf-8")
    command = [sys.executable, "-I", str(folder / "check.py"), str(folder / "log.db")]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture
def log(tmp_path: Path) -> tuple[int, str]:
    """A log of which something was forgotten; its head."""
    sources = [Source(name=f"Zenda Post {n}", recorded_at=NOW) for n in range(300)]
    with Log.open(tmp_path / "log.db", create=True) as log:
        log.append(sources)
        log.forget(sources[7].id, "asked to", NOW)
        return log.head()


def test_the_program_of_the_page_comes_to_the_head(tmp_path: Path, log: tuple[int, str]) -> None:
    said = checked(tmp_path)
    assert (said.stdout, said.stderr) == (f"{log[0]} {log[1]}\n", "")


@pytest.mark.usefixtures("log")
@pytest.mark.parametrize(
    ("harm", "says"),
    [
        ("UPDATE content SET line = x'00' WHERE position = 9", "position 9: the line was altered"),
        ("UPDATE content SET entry = x'0011223344556677' WHERE position = 9", "position 9: the id was altered"),
        ("UPDATE chain SET forgets = 4 WHERE position = 9", "position 9: the link was altered"),
        ("DELETE FROM content WHERE position = 9", "position 9: gone without a record"),
        ("DELETE FROM chain WHERE position = 9", "position 9 is missing or moved"),
    ],
)  # fmt: skip
def test_the_program_of_the_page_finds_what_was_altered(tmp_path: Path, harm: str, says: str) -> None:
    with sqlite3.connect(tmp_path / "log.db") as raw:
        for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            raw.execute(f"DROP TRIGGER {name}")
        raw.execute(harm)
    assert says in checked(tmp_path).stderr


def test_the_page_names_what_the_file_says(tmp_path: Path, log: tuple[int, str]) -> None:
    assert log[0] == 301
    with sqlite3.connect(tmp_path / "log.db") as raw:
        mark, layout = (
            raw.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")
        )
    assert f"`application_id` 0x{mark:X}" in PAGE
    assert f"`user_version` {layout} ({tables.LAYOUT + tables.UNCLEAN} from" in PAGE
    for table in (tables.LINKS, tables.CONTENTS):
        assert all(f"| `{column.name}` |" in PAGE for column in table.columns)

"""Builds the pages of the desk into what is handed on, so that who installs a wheel needs no Node."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

# Set to "no", a wheel is built without them: everything but the looks of the desk works.
SWITCH = "TOLLBOOK_PAGES"
BUILT = Path("src/tollbook/desk/static/manifest.json")
# Every package in it has its licence beside it.
LICENCES = BUILT.with_name("licences.md")


class Pages(BuildHookInterface[Any]):
    """The styles and scripts of the pages, made by ``web/`` where they are missing or older than their sources."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Builds them, before hatch gathers its files.

        Raises:
            RuntimeError: they are to be built and cannot be.
        """
        del build_data
        root = Path(self.root)
        if version == "editable" or os.environ.get(SWITCH) == "no" or fresh(root):
            return
        npm = shutil.which("npm")
        if npm is None:
            raise RuntimeError(
                f"The pages of the desk are not built, and building them needs Node (npm). "
                f"Install it, or set {SWITCH}=no to do without them."
            )
        install = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        subprocess.run(install, cwd=root / "web", check=True)  # noqa: S603  (our own words alone)
        subprocess.run([npm, "run", "--silent", "build"], cwd=root / "web", check=True)  # noqa: S603


def fresh(root: Path) -> bool:
    """Whether the pages are built, and since the last change of what they are built from."""
    if not (root / BUILT).is_file() or not (root / LICENCES).is_file():
        return False
    made = (root / BUILT).stat().st_mtime
    web = root / "web"
    sources = [*web.glob("*.*"), *web.glob("src/**/*"), *web.glob("styles/**/*")]
    return all(path.stat().st_mtime <= made for path in sources if path.is_file())

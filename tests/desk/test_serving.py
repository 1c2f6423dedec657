"""The verb desk, as a person calls it wrongly: one sentence, exit code 2."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from tollbook.cli import main


def test_a_port_that_is_taken_is_told(box: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert main(["desk", str(box), "--port", str(port)]) == 2
    said = " ".join(capfd.readouterr().err.split())
    assert said.startswith(f"tollbook: nothing can listen at port {port} of 127.0.0.1")
    assert "--port" in said

"""The verb desk, as a person calls it wrongly: one sentence, exit code 2."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path


def test_a_port_that_is_taken_is_told(box: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        # A process of its own, as a person has it: uvicorn leaves a socket open where it cannot bind it.
        command = [sys.executable, "-m", "tollbook", "desk", str(box), "--port", str(port)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 2
    said = " ".join(done.stderr.split())
    assert said.startswith(f"tollbook: nothing can listen at port {port} of 127.0.0.1")
    assert "--port" in said
    assert not done.stdout

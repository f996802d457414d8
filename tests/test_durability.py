"""Nothing acknowledged is lost: the benchmark that kills the writer, with fewer rounds."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

BENCHMARK = Path(__file__).parent.parent / "benchmarks" / "durability.py"


def test_fifty_killed_writers_lose_nothing():
    command = [sys.executable, str(BENCHMARK), "--rounds", "50", "--articles", "60", "--builds", "0", "--seed", "3"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "60 articles | 50 | 0 |" in done.stdout

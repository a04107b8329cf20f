"""The filler of the benchmarks makes rows as the verbs make them, or its figures would be of another city."""

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.once
BENCH = Path(__file__).parents[1] / "bench"


def test_a_filled_task_has_the_columns_and_states_of_one_that_was_dispatched(tmp_path: Path) -> None:
    code = "import common, fill\nwith common.own_folder():\n    common.city()\n    print(fill.like_verbs(250)['rows'])"
    env = {"BENCH_DIR": str(tmp_path), "PATH": "/usr/bin:/bin"}
    told = subprocess.run([sys.executable, "-c", code], cwd=BENCH, env=env, capture_output=True, text=True, check=False)
    assert (told.returncode, told.stdout.strip()) == (0, "250"), told.stderr

"""Requests that nobody would make, from the server's own description: none is an error of the server, and every answer
is one that the description names.  `tools/fuzz_api.py` does more of it.
"""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
from pathlib import Path

from support.product import Product

ROOT = Path(__file__).parents[2]
FILES = Path(__file__).with_name("client_day")


def test_no_request_breaks_the_api(tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("fuzz_api", ROOT / "tools/fuzz_api.py")
    assert spec is not None
    assert spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    dags = tmp_path / "dags"
    dags.mkdir()
    shutil.copy(FILES / "dags.py", dags)
    env = {"TRADEWIND_EXPOSE_CONFIG": "true"}
    with Product(tmp_path, dags, env=env) as product:
        product.finished(product.trigger("daily"))
        command = tool.command(f"http://127.0.0.1:{product.port}", "--phases", "fuzzing", "-n", "3")
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=500)
        assert done.returncode == 0, done.stdout[:20_000] + done.stdout[-3000:] + done.stderr[-2000:]
        assert "Tested: " in done.stdout

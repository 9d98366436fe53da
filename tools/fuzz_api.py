"""Asks a running server what nobody would ask, by its own OpenAPI: `python tools/fuzz_api.py URL [OPTION ...]`.

Schemathesis makes requests, right ones and wrong ones, and looks at the answers: no error of the server, no status,
kind or form of an answer that the description does not name.  It tries all that the description allows, deletions too:
never use a server that somebody needs.  Options are those of `st run`, such as `-n 50 --phases coverage,fuzzing`.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

CHECKS = (
    "not_a_server_error", "status_code_conformance", "content_type_conformance", "response_schema_conformance",
    "response_headers_conformance",
)  # fmt: skip
LEFT_OUT = "(/wait|/follow|/api/tradewind/events|/api/v2/auth/login|/api/tradewind/oidc/(login|callback))$"
"""Answers that end when something happens; and what takes a text so long that the server below refuses the request."""


CONFIG = Path(__file__).with_name("fuzz_api.toml")


def command(url: str, *options: str) -> list[str]:
    """What is run: the same seed makes the same requests."""
    return [
        *(str(Path(sys.executable).with_name("st")), "--config-file", str(CONFIG)),
        *("run", f"{url}/openapi.json", "--checks", ",".join(CHECKS)),
        *("--exclude-path-regex", LEFT_OUT, "--suppress-health-check", "all", "--continue-on-failure", "--no-shrink"),
        *("--seed", "1", "--request-timeout", "30", "--no-color", *options),
    ]


def main() -> int:
    """Run it; the exit status is that of Schemathesis."""
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    return subprocess.run(command(sys.argv[1].rstrip("/"), *sys.argv[2:]), check=False).returncode


if __name__ == "__main__":
    sys.exit(main())

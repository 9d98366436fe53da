"""Keeps secrets out of what is told of DAG files: their errors, which are stored, and what they print, which is logged.

Used by `parse`, in the process of the DAG processor: it sees what a file was given, also when the child dies.
"""

from __future__ import annotations

import os
from collections.abc import Mapping

import msgspec

from tradewind.loading.protocol import Loaded
from tradewind.runtime.masking import Masker, secrets_of
from tradewind.runtime.secret_values import of_environment
from tradewind.spec import wire


class FileSecrets:
    """The secrets of one conversation with a child."""

    def __init__(self, environ: Mapping[str, str] | None) -> None:
        """`environ`: of the child, by default that of this process."""
        self._masker = Masker()
        self._masker.learn(of_environment(os.environ if environ is None else environ))

    def given(self, request: wire.Request, value: object) -> None:
        """The file asked, and got this."""
        self._masker.learn(request.values if isinstance(request, wire.KeepSecrets) else secrets_of(request, value))

    def output(self, output: bytes | bytearray) -> bytearray:
        """What the file printed, without them."""
        if not self._masker.knows:
            return bytearray(output)
        return bytearray(self._masker.mask(output.decode("utf-8", "backslashreplace")).encode())

    def loaded(self, loaded: Loaded) -> Loaded:
        """What the child reports, without them in its errors."""
        if not (loaded.errors and self._masker.knows):
            return loaded
        mask = self._masker.mask
        errors = tuple(
            msgspec.structs.replace(error, message=mask(error.message), traceback=mask(error.traceback))
            for error in loaded.errors
        )
        return msgspec.structs.replace(loaded, errors=errors)

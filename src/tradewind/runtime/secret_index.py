"""Finds any of many known texts inside a text, at a cost that does not depend on how many are known.

Used by `masking` and `masking_stream`.

Theory.  Texts are looked at as UTF-8.  Of each known one some pieces of four bytes are kept, at as many places in a row
as the stride is long.  Wherever it lies in another text, one of these pieces begins there at a multiple of the stride;
so only those places are looked at, and each look is one in a dictionary.  What is found is compared as a whole.  A
regular expression of ten thousand alternatives takes a second to compile and some 300 ns for each character; here one
more text costs microseconds, at any time, and a character about 10 ns.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator

SHORTEST = 5
"""Bytes of the shortest text that can be known."""
_PIECE, _STRIDE, _SHORT_STRIDE = 4, 4, 2
_LONG = _PIECE + _STRIDE - 1
"""Bytes from which on a text is found by long strides."""
_PART = 1 << 16
"""Places that are looked at together."""

_Table = dict[int, list[tuple[bytes, int]]]
"""Piece, as a number -> (known text, where in it the piece is)."""


class SecretIndex:
    """Known texts of at least `SHORTEST` bytes.  Thread-safe when one thread adds and any find."""

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self.longest = 0
        """Characters of the longest one; 0: none is known."""
        self._short: _Table = {}
        self._long: _Table = {}
        self.add(texts)

    def add(self, texts: Iterable[str]) -> None:
        """Know these, too; they were not known before."""
        for text in texts:
            data = _bytes(text)
            table, stride = (self._long, _STRIDE) if len(data) >= _LONG else (self._short, _SHORT_STRIDE)
            for at in _places(data, table, stride):
                table.setdefault(_piece(data, at), []).append((data, at))
            self.longest = max(self.longest, len(text))

    def spans(self, text: str) -> list[tuple[int, int]]:
        """(begin, end) in characters of what is known: from the left, the longest at each place, none over another."""
        if text.isascii():
            return self._spans(text.encode("ascii"))
        data = _bytes(text)
        found: list[tuple[int, int]] = []
        at = characters = 0
        for begin, end in self._spans(data):
            first = characters + len(_text(data[at:begin]))
            at, characters = end, first + len(_text(data[begin:end]))
            found.append((first, characters))
        return found

    def replaced(self, text: str, by: str) -> str:
        """The text with another one in the place of each that is known."""
        data = _bytes(text)
        spans = self._spans(data)
        if not spans:
            return text
        parts: list[bytes] = []
        at = 0
        for begin, end in spans:
            parts += (data[at:begin], by.encode())
            at = end
        return _text(b"".join((*parts, data[at:])))

    def _spans(self, data: bytes) -> list[tuple[int, int]]:
        if len(data) < SHORTEST:
            return []
        view = memoryview(data)
        found: list[tuple[int, int]] = []
        pieces = view[: len(data) // _PIECE * _PIECE].cast("I")
        if self._long:
            found += _found(self._long, data, pieces, 0)
        if self._short:
            found += _found(self._short, data, pieces, 0)
            rest = len(data) - _SHORT_STRIDE
            if rest >= _PIECE:
                between = view[_SHORT_STRIDE : _SHORT_STRIDE + rest // _PIECE * _PIECE].cast("I")
                found += _found(self._short, data, between, _SHORT_STRIDE)
        return _apart(found) if len(found) > 1 else found


def _found(table: _Table, data: bytes, pieces: memoryview[int], shift: int) -> Iterator[tuple[int, int]]:
    known = table.keys()
    for first in range(0, len(pieces), _PART):
        part = pieces[first : first + _PART]
        if known.isdisjoint(part):
            continue
        for at, piece in enumerate(part, first):
            for secret, inside in table.get(piece, ()):
                begin = at * _PIECE + shift - inside
                if begin >= 0 and data.startswith(secret, begin):
                    yield begin, begin + len(secret)


def _apart(found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    kept: list[tuple[int, int]] = []
    at = 0
    for begin, end in sorted(found, key=lambda span: (span[0], -span[1])):
        if begin >= at:
            kept.append((begin, end))
            at = end
    return kept


def _places(data: bytes, table: _Table, stride: int) -> range:
    """Where the pieces of a text are taken from: texts that begin alike, as tokens do, are told apart by their middle
    or by their end."""
    last = len(data) - _PIECE - stride + 1
    places = [range(first, first + stride) for first in (0, last // 2, last)]
    return min(places, key=lambda place: max(len(table.get(_piece(data, at), ())) for at in place))


def _piece(data: bytes, at: int) -> int:
    return int.from_bytes(data[at : at + _PIECE], sys.byteorder)


def _bytes(text: str) -> bytes:
    """Half of a pair, which no UTF-8 holds, is a text like any other."""
    return text.encode("utf-8", "surrogatepass")


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")

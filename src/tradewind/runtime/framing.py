"""Frames on a stream socket: a 4-byte big-endian length and a body.

Used on both ends of every socket between a supervisor and its children (`channel`, `zygote`, `executors.local`,
`loading`).  Bodies are MessagePack, made by `spec.wire` or by `zygote`.
"""

from __future__ import annotations

import socket
import struct

_LENGTH = struct.Struct(">I")
MAX_FRAME = 64 * 1024 * 1024
"""Bytes; a longer frame means that the peer speaks something else."""


class FrameError(Exception):
    """The peer sent something that is not a frame of ours."""


def frame(body: bytes) -> bytes:
    """The body with its length in front.  Raises FrameError when it is longer than `MAX_FRAME`."""
    if len(body) > MAX_FRAME:
        raise FrameError(f"a message of {len(body)} bytes is longer than the limit of {MAX_FRAME} bytes")
    return _LENGTH.pack(len(body)) + body


class FrameReader:
    """Turns the bytes of a stream into frames."""

    __slots__ = ("_buffer",)

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, data: bytes) -> list[bytes]:
        """Take bytes that arrived; returns the bodies that are complete now.  Raises FrameError."""
        buffer = self._buffer
        buffer += data
        frames: list[bytes] = []
        start, available = 0, len(buffer)
        while available - start >= 4:
            (length,) = _LENGTH.unpack_from(buffer, start)
            if length > MAX_FRAME:
                raise FrameError(f"a frame claims {length} bytes; the limit is {MAX_FRAME}")
            end = start + 4 + length
            if end > available:
                break
            frames.append(bytes(buffer[start + 4 : end]))
            start = end
        if start:
            del buffer[:start]
        return frames


def send_frame(sock: socket.socket, body: bytes) -> None:
    """Send one frame on a blocking socket.  Raises OSError when the peer is gone."""
    sock.sendall(frame(body))

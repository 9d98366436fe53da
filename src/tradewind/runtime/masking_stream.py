"""Masks texts that are too large to be held: piece by piece, and as if the whole had been there at once.

Used by the server for the values of XComs that lie beside the database.  A secret that lies across two pieces is
masked, too; what is kept between them is as long as the longest secret, whatever comes.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Generator, Iterable, Iterator

from tradewind.runtime.masking import MASK, Masker, is_sensitive

LONGEST_NAME = 64 * 1024
"""Characters of a name or a number; longer ones are no JSON that anybody reads, and end the work."""
_OUTSIDE = re.compile(r'[\s,:]+|[{}\[\]"]|[^\s,:{}\[\]"]+')
# whole characters of a JSON string: the first half of a pair tells nothing without what follows it
_INSIDE = re.compile(
    r'(?:[^"\\]+|\\[^u]|\\u(?![dD][89aAbB])[0-9a-fA-F]{4}'
    r"|\\u[dD][89aAbB][0-9a-fA-F]{2}(?:\\u[0-9a-fA-F]{4}|(?=[^\\]|\\[^u])))*"
)


class StreamMasker:
    """`Masker.mask` for a text that comes in pieces."""

    def __init__(self, masker: Masker) -> None:
        self._index = masker.index()
        self._longest = self._index.longest
        self._rest = ""

    def feed(self, piece: str) -> str:
        """What is certain now of the masked text."""
        if not self._longest:
            return piece
        text = self._rest + piece
        decided = len(text) - self._longest  # a match that begins later could be a longer one
        out: list[str] = []
        at = 0
        for begin, end in self._index.spans(text):
            if begin > decided:
                break
            out += (text[at:begin], MASK)
            at = end
        until = max(at, decided + 1)
        out.append(text[at:until])
        self._rest = text[until:]
        return "".join(out)

    def finish(self) -> str:
        """The rest; what is fed after that is another text."""
        rest, self._rest = self._rest, ""
        return self._index.replaced(rest, MASK)


class JsonMasker:
    """`Masker.redact` for JSON text that comes in pieces.  `name`: what the value is called.

    Raises ValueError for what is no JSON.
    """

    def __init__(self, masker: Masker, name: str | None = None) -> None:
        self._masker = masker
        self._strings = StreamMasker(masker)
        self._text = ""
        secret = name is not None and is_sensitive(name)
        self._objects: list[bool] = []
        """Of each bracket that is open: whether it is that of an object."""
        self._secret = [secret]
        """Of each bracket that is open, and of the value itself: whether all in it is secret."""
        self._member_is_secret = secret
        self._names = False
        """Whether the next string is a name."""
        self._in_string = False
        self._name: list[str] = []
        self._name_length = 0
        self._hidden: bool | None = None
        """Of the string that is being read: whether all of it is hidden; None: nothing was in it yet."""

    def feed(self, piece: str) -> str:
        """What is certain now of the masked text."""
        self._text += piece
        return "".join(self._work(end=False))

    def finish(self) -> str:
        """The rest.  Raises ValueError when the text is not at its end."""
        done = "".join(self._work(end=True))
        if self._text or self._in_string or self._objects:
            raise ValueError("the JSON text ends too early")
        return done

    def _work(self, *, end: bool) -> Iterator[str]:
        at = 0
        while at < len(self._text):
            if self._in_string:
                following = yield from self._string(at)
            else:
                following = yield from self._outside(at, end=end)
            if following == at:
                break
            at = following
        self._text = self._text[at:]
        if len(self._text) > LONGEST_NAME:
            raise ValueError("the text is no JSON")

    def _outside(self, at: int, *, end: bool) -> Generator[str, None, int]:
        found = _OUTSIDE.match(self._text, at)
        assert found is not None
        part = found[0]
        match part[0]:
            case '"':
                self._in_string, self._hidden = True, None
                self._name, self._name_length = [], 0
                yield part
            case "{" | "[":
                self._secret.append(self._member_is_secret)
                self._objects.append(part == "{")
                self._names = part == "{"
                yield part
            case "}" | "]":
                if not self._objects:
                    raise ValueError("a bracket closes nothing")
                self._objects.pop()
                self._secret.pop()
                self._after_value()
                yield part
            case "," | ":" | " " | "\n" | "\r" | "\t":
                if "," in part:
                    self._after_value()
                if ":" in part:
                    self._names = False
                yield part
            case _:
                if found.end() == len(self._text) and not end:
                    return at  # a number may go on
                yield json.dumps(MASK) if self._masker.is_secret(part) else part
        return found.end()

    def _after_value(self) -> None:
        self._names = bool(self._objects) and self._objects[-1]
        self._member_is_secret = self._secret[-1]

    def _string(self, at: int) -> Generator[str, None, int]:
        found = _INSIDE.match(self._text, at)
        assert found is not None
        until = found.end()
        if until > at:
            yield self._content(json.loads(f'"{self._text[at:until]}"', strict=False))
        if until < len(self._text) and self._text[until] == '"':
            self._in_string = False
            yield self._end_of_string()
            return until + 1
        return until

    def _content(self, text: str) -> str:
        if self._names:
            self._name.append(text)
            self._name_length += len(text)
            if self._name_length > LONGEST_NAME:
                raise ValueError("a name is too long")
        elif self._hidden is None:
            self._hidden = self._member_is_secret
            if self._hidden:
                return MASK
        return "" if self._hidden else _inside(self._strings.feed(text))

    def _end_of_string(self) -> str:
        rest = "" if self._hidden else _inside(self._strings.finish())
        if self._names:
            self._member_is_secret = self._secret[-1] or is_sensitive("".join(self._name))
        return f'{rest}"'


def _inside(text: str) -> str:
    """Between the quotes of a JSON string; halves of pairs, which UTF-8 has not, stay escaped."""
    return json.dumps(text, ensure_ascii=not text.isprintable())[1:-1]


def masked_json(pieces: Iterable[bytes], masker: Masker, name: str | None = None) -> Iterator[bytes]:
    """JSON text in UTF-8, without secrets.  Raises ValueError for what is no JSON."""
    decoder, stream = codecs.getincrementaldecoder("utf-8")(), JsonMasker(masker, name)
    for piece in pieces:
        if done := stream.feed(decoder.decode(piece)):
            yield done.encode("utf-8")
    yield (stream.feed(decoder.decode(b"", final=True)) + stream.finish()).encode("utf-8")

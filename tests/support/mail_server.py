"""A real SMTP server that keeps the mails it is given.  For tests of all kinds."""

from __future__ import annotations

import email
import email.policy
import socketserver
import threading
from email.message import EmailMessage


class _Session(socketserver.StreamRequestHandler):
    """As much of SMTP as a client that sends a mail needs."""

    server: MailServer

    def handle(self) -> None:
        recipients: list[str] = []
        self.say("220 ready")
        for line in self.rfile:
            verb, _, rest = line.decode().strip().partition(" ")
            verb = verb.upper()
            if verb == "DATA":
                self.say("354 go on")
                data = b""
                while (part := self.rfile.readline()) != b".\r\n":
                    data += part
                message = email.message_from_bytes(data, policy=email.policy.default)
                assert isinstance(message, EmailMessage)
                self.server.mails.append((recipients, message))
                recipients = []
            elif verb == "RCPT":
                address = rest[rest.index("<") + 1 : rest.index(">")]
                if address in self.server.refused:
                    self.say("550 nobody here")
                    continue
                recipients.append(address)
            elif verb == "EHLO":
                self.say("250-hello")
                self.say("250 AUTH PLAIN")
                continue
            elif verb == "AUTH":
                self.server.logins.append(rest)
                self.say("235 welcome")
                continue
            elif verb == "QUIT":
                self.say("221 bye")
                return
            self.say("250 ok")

    def say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


class MailServer(socketserver.ThreadingTCPServer):
    """Use as a context manager; it listens on a free port of 127.0.0.1."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Session)
        self.mails: list[tuple[list[str], EmailMessage]] = []
        """Recipients, and what they got."""
        self.logins: list[str] = []
        self.refused: set[str] = set()
        self._thread = threading.Thread(target=self.serve_forever)

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.server_address[1])

    def __enter__(self) -> MailServer:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.shutdown()
        self._thread.join()
        self.server_close()

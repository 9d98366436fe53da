"""A real SMTP server that keeps the mails it is given.  For tests of all kinds."""

from __future__ import annotations

import email
import email.policy
import socketserver
import ssl
import sys
import threading
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


class _Session(socketserver.StreamRequestHandler):
    """As much of SMTP as a client that sends a mail needs."""

    server: MailServer

    def handle(self) -> None:
        recipients: list[str] = []
        if self.server.certificate is not None and self.server.implicit:
            self.encrypt()
        self.say("220 ready")
        while line := self.rfile.readline():
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
                self.server.encrypted.append(isinstance(self.connection, ssl.SSLSocket))
                recipients = []
            elif verb == "RCPT":
                address = rest[rest.index("<") + 1 : rest.index(">")]
                if address in self.server.refused:
                    self.say("550 nobody here")
                    continue
                recipients.append(address)
            elif verb == "EHLO":
                self.say("250-hello")
                if self.server.certificate is not None and not isinstance(self.connection, ssl.SSLSocket):
                    self.say("250-STARTTLS")
                self.say("250 AUTH PLAIN")
                continue
            elif verb == "AUTH":
                self.server.logins.append(rest)
                self.say("235 welcome")
                continue
            elif verb == "STARTTLS":
                self.say("220 go on")
                self.encrypt()
                continue
            elif verb == "QUIT":
                self.say("221 bye")
                return
            self.say("250 ok")

    def encrypt(self) -> None:
        assert self.server.certificate is not None
        self.connection = self.server.certificate.wrap_socket(self.connection, server_side=True)
        self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb", buffering=0)

    def say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


class MailServer(socketserver.ThreadingTCPServer):
    """Use as a context manager; it listens on a free port of 127.0.0.1."""

    daemon_threads = True

    def __init__(self, certificate: ssl.SSLContext | None = None, *, implicit: bool = False) -> None:
        """With a certificate it takes STARTTLS, or, `implicit`, speaks TLS from the start."""
        self.certificate, self.implicit = certificate, implicit
        super().__init__(("127.0.0.1", 0), _Session)
        self.mails: list[tuple[list[str], EmailMessage]] = []
        """Recipients, and what they got."""
        self.encrypted: list[bool] = []
        """Of each mail."""
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

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes away, because it does not trust the certificate say, is no fault of the server."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


def certificate(folder: Path) -> tuple[ssl.SSLContext, Path]:
    """A certificate of `localhost` and 127.0.0.1 that nobody knows, for a server; its file, for those who trust it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    names = [x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))]
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .sign(key, hashes.SHA256())
    )
    file, key_file = folder / "mail.crt", folder / "mail.key"
    file.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    key_file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file, key_file)
    return context, file

#!/usr/bin/env python3
"""A mail server for tests: smtp_server.py PORT MODE CERT KEY DIRECTORY

MODE is none, starttls or tls; the latter two want a login. Every letter becomes DIRECTORY/<n>.eml as
it came, and DIRECTORY/<n>.json with its envelope and what a mail program reads in it. Recipients that
begin with "unknown" are refused for good, with "later" for now. Says "ready" and serves until killed.
"""
import email
import email.policy
import json
import pathlib
import ssl
import sys
import threading

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

USER, PASSWORD = b"ops@example.org", b"right-Horse7"


class Letters:
    def __init__(self, directory):
        self.directory = pathlib.Path(directory)
        self.count = 0

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("unknown"):
            return "550 5.1.1 no such user here"
        if address.startswith("later"):
            return "451 4.7.1 try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.count += 1
        letter = email.message_from_bytes(envelope.content, policy=email.policy.default)
        text, html = (letter.get_body([kind]).get_content().replace("\r\n", "\n") for kind in ("plain", "html"))
        facts = {"from": envelope.mail_from, "to": envelope.rcpt_tos, "tls": server.transport.get_extra_info("sslcontext") is not None,
                 "login": bool(session.authenticated), "headers": letter.keys(), "subject": letter["subject"],
                 "text": text, "html": html, "defects": [str(d) for p in letter.walk() for d in p.defects]}
        (self.directory / f"{self.count}.eml").write_bytes(envelope.content)
        (self.directory / f"{self.count}.json").write_text(json.dumps(facts))
        return f"250 2.0.0 Ok: queued as {self.count}"


def authenticate(server, session, envelope, mechanism, data):
    right = data.login == USER and data.password == PASSWORD
    return AuthResult(success=right, handled=False)


def main(port, mode, certificate, key, directory):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    secure = {
        "none": {},
        "starttls": {"tls_context": context, "require_starttls": True},
        "tls": {"ssl_context": context, "auth_require_tls": False},
    }[mode]
    if mode != "none":
        secure |= {"authenticator": authenticate, "auth_required": True}
    controller = Controller(Letters(directory), hostname="127.0.0.1", port=int(port), **secure)
    controller.start()
    print("ready", flush=True)
    threading.Event().wait()


main(*sys.argv[1:])

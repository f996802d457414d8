"""Signature Version 4: requests are checked by a verifier of their own, and that by the examples that AWS publishes."""

from __future__ import annotations

import hashlib
import hmac
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, quote, unquote, urlsplit

import pytest

from kg.errors import ExportError, InputError
from kg.export.push import push
from kg.export.remote import Credentials
from kg.graph import make_quads
from kg.records import Run, Schema
from kg.store import open_store
from kg.vocab import DATA

KEY, SECRET = "AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
QUADS = make_quads(Schema("0"), DATA, Run("0.1.0", "0.1.0", "model"))
AUTHORIZATION = re.compile(
    r"AWS4-HMAC-SHA256 Credential=(\w+)/(\d{8})/([\w-]+)/([\w-]+)/aws4_request, "
    r"SignedHeaders=([\w;-]+), Signature=(\w+)"
)


def signature(method, target, headers, body, secret):
    """What a request must be signed with, by the steps of AWS's documentation; and what it says that it is."""
    key, day, region, service, names, told = AUTHORIZATION.fullmatch(headers["authorization"]).groups()
    address = urlsplit(target)
    pairs = sorted((quote(name, safe="-_.~"), quote(value, safe="-_.~")) for name, value in parse_qsl(address.query))
    canonical = "\n".join(
        [
            method,
            quote(unquote(address.path), safe="/-_.~"),
            "&".join(f"{name}={value}" for name, value in pairs),
            *(f"{name}:{' '.join(headers[name].split())}" for name in names.split(";")),
            "",
            names,
            hashlib.sha256(body).hexdigest(),
        ]
    )
    scope = f"{day}/{region}/{service}/aws4_request"
    hashed = hashlib.sha256(canonical.encode()).hexdigest()
    signed = "\n".join(["AWS4-HMAC-SHA256", headers["x-amz-date"], scope, hashed])
    made = f"AWS4{secret}".encode()
    for part in (*scope.split("/"), signed):
        made = hmac.new(made, part.encode(), hashlib.sha256).digest()
    return made.hex(), told, (key, region, service)


#: AWS's test suite for Signature Version 4: get-vanilla, and get-vanilla-query-order-key-case.
EXAMPLES = [
    ("/", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"),
    ("/?Param2=value2&Param1=value1", "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500"),
]


@pytest.mark.parametrize(("target", "expected"), EXAMPLES)
def test_the_verifier_finds_the_signatures_that_aws_publishes(target, expected):
    headers = {
        "host": "example.amazonaws.com",
        "x-amz-date": "20150830T123600Z",
        "authorization": f"AWS4-HMAC-SHA256 Credential={KEY}/20150830/us-east-1/service/aws4_request, "
        f"SignedHeaders=host;x-amz-date, Signature={expected}",
    }
    made, told, _ = signature("GET", target, headers, b"", SECRET)
    assert made == told == expected


class Guarded(BaseHTTPRequestHandler):
    """Lets in what is signed rightly, and answers that it holds nothing."""

    protocol_version = "HTTP/1.1"

    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        headers = {name.lower(): value for name, value in self.headers.items()}
        made, told, who = signature(self.command, self.path, headers, body, SECRET)
        self.server.seen.append((self.command, who, headers.get("x-amz-security-token")))
        reply = b'{"head": {"vars": []}, "results": {"bindings": []}}'
        self.send_response(200 if hmac.compare_digest(made, told) else 403)
        self.send_header("Content-Length", str(len(reply)))
        self.end_headers()
        self.wfile.write(reply)

    do_GET = do_POST = do_PUT = do_DELETE = answer  # noqa: N815  # the names that http.server calls

    def log_message(self, *_):
        pass


@pytest.fixture
def neptune(monkeypatch):
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-3")
    with ThreadingHTTPServer(("127.0.0.1", 0), Guarded) as server:
        server.seen = []
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def store(make_resolution):
    with open_store(None) as opened:
        for name in ("a", "c/d é ~+"):
            opened.replace(name, "mark", QUADS(make_resolution(name, person="Mara Venn")))
        yield opened


def url_of(server):
    return f"http://127.0.0.1:{server.server_port}"


@pytest.mark.parametrize("token", ["", "lent"])
def test_every_request_of_a_push_is_signed_rightly(store, neptune, token):
    report = push(store, url_of(neptune), "neptune", Credentials(KEY, SECRET, token, "sigv4"))
    assert report.sent == len(store.graphs())
    assert {method for method, *_ in neptune.seen} >= {"POST", "PUT"}
    assert {who for _, who, _ in neptune.seen} == {(KEY, "eu-west-3", "neptune-db")}
    assert {lent for *_, lent in neptune.seen} == {token or None}


def test_another_secret_is_refused(store, neptune):
    with pytest.raises(ExportError, match="403 this user may not write"):
        push(store, url_of(neptune), "neptune", Credentials(KEY, "other", auth="sigv4"))


def test_keys_come_from_the_settings_of_aws(store, neptune, monkeypatch):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", KEY)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    assert push(store, url_of(neptune), "neptune", Credentials(auth="sigv4")).sent == len(store.graphs())


def test_without_a_region_nothing_is_sent(store, neptune, monkeypatch):
    monkeypatch.delenv("AWS_DEFAULT_REGION")
    monkeypatch.setenv("AWS_CONFIG_FILE", "/nonexistent")
    with pytest.raises(InputError, match="AWS_DEFAULT_REGION"):
        push(store, url_of(neptune), "neptune", Credentials(KEY, SECRET, auth="sigv4"))
    assert neptune.seen == []

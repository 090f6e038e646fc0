# SPDX-License-Identifier: Apache-2.0
"""Saying who asks, in the way that a host wants: Basic (RFC 7617) or Digest (RFC 7616).

urllib has a digest, too, but none with SHA-256, and none for a password beyond ASCII.
"""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field

_FIELD = re.compile(r'(\w+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))')
_HASHES: dict[str, Callable[[bytes], str]] = {
    "MD5": lambda data: hashlib.md5(data, usedforsecurity=False).hexdigest(),
    "SHA-256": lambda data: hashlib.sha256(data).hexdigest(),
}


@dataclass(frozen=True)
class Credentials:
    """A user and a password, which no message shows."""

    user: str
    password: str = field(repr=False)


@dataclass(frozen=True)
class Challenge:
    """What a host wants to be told; ``fields`` are those of a Digest."""

    scheme: str
    fields: dict[str, str]

    @property
    def stale(self) -> bool:
        """Whether the last answer was right but too old."""
        return self.fields.get("stale", "").lower() == "true"


def challenge_in(header: str) -> Challenge | None:
    """The best of the challenges in WWW-Authenticate that can be met; None if there is none.

    >>> challenge_in('Basic realm="a", Digest realm="b", nonce="c", qop="auth,auth-int"').scheme
    'Digest'
    >>> challenge_in('Bearer realm="a"')
    """
    digest = re.search(r"(?i)(?:^|,)\s*digest\s+(?=\w+\s*=)", header)
    if digest:
        fields: dict[str, str] = {}
        for name, quoted, bare in _FIELD.findall(header[digest.end() :]):
            fields.setdefault(name.lower(), re.sub(r"\\(.)", r"\1", quoted) or bare)
        known = fields.get("algorithm", "MD5").upper() in _HASHES
        parts = [part.strip() for part in fields.get("qop", "auth").split(",")]
        if known and "nonce" in fields and "realm" in fields and "auth" in parts:
            return Challenge("Digest", fields)
    if re.search(r"(?i)(?:^|,)\s*basic\b", header):
        return Challenge("Basic", {})
    return None


def authorization(
    challenge: Challenge, known: Credentials, method: str, target: str, count: int
) -> bytes:
    """The header Authorization; ``count`` tells how often this challenge was answered, from 1."""
    if challenge.scheme == "Basic":
        return b"Basic " + base64.b64encode(f"{known.user}:{known.password}".encode())
    return _digest(challenge.fields, known, method, target, count, secrets.token_hex(16))


def _digest(
    fields: dict[str, str], known: Credentials, method: str, target: str, count: int, own: str
) -> bytes:
    """The answer to a Digest, whose own nonce is ``own``; here the example of RFC 7616, 3.9.1.

    >>> fields = {"realm": "http-auth@example.org", "algorithm": "MD5", "qop": "auth",
    ...     "nonce": "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v"}
    >>> known = Credentials("Mufasa", "Circle of Life")
    >>> own = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ"
    >>> made = _digest(fields, known, "GET", "/dir/index.html", 1, own).decode()
    >>> re.search('response="(.*?)"', made)[1]
    '8ca523f5e9506fed4657c9700eebdbec'
    >>> fields["algorithm"] = "SHA-256"
    >>> made = _digest(fields, known, "GET", "/dir/index.html", 1, own).decode()
    >>> re.search('response="(.*?)"', made)[1]
    '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1'
    """
    made = _HASHES[fields.get("algorithm", "MD5").upper()]

    def hashed(*parts: str) -> str:
        return made(":".join(parts).encode())

    who = hashed(known.user, fields["realm"], known.password)
    what = hashed(method, target)
    said = {"username": known.user, "realm": fields["realm"], "nonce": fields["nonce"]}
    said["uri"] = target
    bare: dict[str, str] = {}
    if "qop" in fields:
        bare = {"qop": "auth", "nc": f"{count:08x}"}
        said["cnonce"] = own
        said["response"] = hashed(who, fields["nonce"], bare["nc"], own, "auth", what)
    else:
        said["response"] = hashed(who, fields["nonce"], what)
    if "opaque" in fields:
        said["opaque"] = fields["opaque"]
    if "algorithm" in fields:
        bare["algorithm"] = fields["algorithm"]
    quoted = [f'{name}="{_escaped(text)}"' for name, text in said.items()]
    return f"Digest {', '.join(quoted + [f'{n}={t}' for n, t in bare.items()])}".encode()


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')

"""One page over the network, because somebody typed its address; what goes wrong is one line."""

from __future__ import annotations

import ipaddress
import re
import socket
import time
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urljoin, urlsplit, urlunsplit

from claimtrack import __version__
from claimtrack.errors import InputError
from claimtrack.ingest.registry import guessed_suffix, reader_for

_KINDS = {
    "text/html": ".html", "application/xhtml+xml": ".html", "application/pdf": ".pdf", "application/x-pdf": ".pdf",
    "application/rss+xml": ".xml", "application/atom+xml": ".xml", "application/xml": ".xml", "text/xml": ".xml",
    "text/markdown": ".md", "text/csv": ".csv", "application/csv": ".csv", "application/jsonl": ".jsonl",
    "application/x-ndjson": ".jsonl", "application/x-jsonlines": ".jsonl",
}  # fmt: skip
"""Which reader reads what a server says that it sends."""

_UNTOLD = ("", "text/plain", "application/octet-stream", "binary/octet-stream")
"""Types that servers give to anything; then the name in the address decides."""

_ADDRESS = re.compile(r"([a-z][a-z0-9+.-]*)://", re.IGNORECASE)


@dataclass(frozen=True)
class Limits:
    """How patient a fetch is.

    Attributes:
        wait: seconds without a sign of life, while connecting or reading.
        total: seconds for everything.
        size: bytes, after decompression.
        redirects: how many are followed.
    """

    wait: float = 15
    total: float = 60
    size: int = 50_000_000
    redirects: int = 5


@dataclass(frozen=True)
class Fetched:
    """What a server sent: where it was in the end, what kind of file it is, and its bytes."""

    url: str
    suffix: str
    data: bytes


def is_address(path: str) -> bool:
    """Tell whether a path is an address (``https://...``) and no file."""
    return _ADDRESS.match(path) is not None


def shown(url: str) -> str:
    """Return an address without the user name and password that may stand in it."""
    try:
        parts = urlsplit(url)
        return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
    except ValueError:
        return url


def host(url: str) -> str:
    """Return the name of the machine in an address; empty where there is none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def fetch(url: str, limits: Limits | None = None, trusted: bool = True) -> Fetched:
    """Fetch one address.

    Args:
        url: http or https.
        limits: how patient to be.
        trusted: whether a person typed the address. One that a feed or a redirect gives must not lead to
            another machine of the private network, which the person never asked for.

    Raises:
        InputError: when it gives no file that claimtrack reads; the message says why.
    """
    import requests
    import urllib3

    limits = limits or Limits()
    name = shown(url)
    deadline = time.monotonic() + limits.total
    try:
        with requests.Session() as session:
            session.headers.update({"User-Agent": f"claimtrack/{__version__}", "Accept-Language": "en"})
            response = _followed(session, url, limits, trusted, deadline)
            with response:
                if response.status_code != 200:
                    reason = f" ({response.reason})" if response.reason else ""
                    raise InputError(f"{name}: the server answered {response.status_code}{reason}; check the address")
                data = _body(response, name, limits, deadline)
                kind, _, rest = response.headers.get("Content-Type", "").partition(";")
                suffix = _suffix(kind.strip().lower(), str(response.url), data, name)
                return Fetched(shown(str(response.url)), suffix, _in_utf8(data, rest, suffix))
    except (requests.Timeout, urllib3.exceptions.TimeoutError):
        raise InputError(f"{name}: no answer within {limits.wait:g} seconds; try again later") from None
    except requests.exceptions.SSLError:
        raise InputError(f"{name}: its certificate cannot be trusted; check the address") from None
    except requests.ConnectionError:
        raise InputError(f"{name}: cannot be reached; check the address and the network") from None
    except urllib3.exceptions.ProtocolError:
        raise InputError(f"{name}: the connection broke off; try again later") from None
    except (requests.RequestException, urllib3.exceptions.HTTPError, OSError, ValueError) as error:
        raise InputError(f"{name}: cannot be fetched ({type(error).__name__}); check the address") from None


def _followed(session: Any, url: str, limits: Limits, trusted: bool, deadline: float) -> Any:
    """Return the response at the end of the redirects, its body still unread."""
    name, typed = shown(url), urlsplit(url).hostname if trusted else None
    for _ in range(limits.redirects + 1):
        parts = urlsplit(url)
        if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
            raise InputError(f"{name}: leads to {shown(url)}; only http and https addresses are fetched")
        if parts.hostname != typed and _is_private(parts.hostname):
            raise InputError(f"{name}: leads to {parts.hostname} in the private network; type that address yourself")
        if time.monotonic() > deadline:
            raise InputError(f"{name}: not complete within {limits.total:g} seconds; try again later")
        response = session.get(url, timeout=limits.wait, stream=True, allow_redirects=False)
        target = session.get_redirect_target(response)
        if target is None:
            return response
        response.close()
        url = urljoin(url, target)
    raise InputError(f"{name}: redirected more than {limits.redirects} times; check the address")


def _is_private(host: str) -> bool:
    """Tell whether a host is this machine or one of the local network."""
    try:
        addresses = {str(info[4][0]).partition("%")[0] for info in socket.getaddrinfo(host, None)}
    except (OSError, UnicodeError):
        return False
    return any(not ipaddress.ip_address(address).is_global for address in addresses)


def _body(response: Any, name: str, limits: Limits, deadline: float) -> bytes:
    too_large = InputError(f"{name}: larger than {limits.size / 1_000_000:g} MB; fetch it yourself and split it")
    length = response.headers.get("Content-Length", "")
    if length.isdecimal() and int(length) > limits.size:
        raise too_large
    chunks: list[bytes] = []
    size = 0
    # One packet at a time, so that a server which drips cannot hold us beyond the deadline.
    while chunk := response.raw.read1(65536, decode_content=True):
        chunks.append(chunk)
        size += len(chunk)
        if size > limits.size:
            raise too_large
        if time.monotonic() > deadline:
            raise InputError(f"{name}: not complete within {limits.total:g} seconds; try again later")
    return b"".join(chunks)


def _suffix(kind: str, url: str, data: bytes, name: str) -> str:
    if kind in _KINDS:
        return _KINDS[kind]
    if kind not in _UNTOLD:
        raise InputError(f"{name}: is {kind[:60]}; claimtrack reads web pages, feeds, PDF, text and tables")
    suffix = PurePosixPath(urlsplit(url).path).suffix.lower()
    return suffix if reader_for(suffix) else guessed_suffix(data)


def _in_utf8(data: bytes, parameters: str, suffix: str) -> bytes:
    """Return text in UTF-8 where the server names another encoding; XML and PDF tell their own."""
    declared = re.search(r"""charset\s*=\s*["']?([\w.:-]+)""", parameters, re.IGNORECASE)
    if not declared or suffix in (".xml", ".pdf"):
        return data
    try:
        data.decode("utf-8")
        if b"\0" not in data:  # many servers call UTF-8 something else
            return data
    except UnicodeDecodeError:
        pass
    try:
        return data.decode(declared[1]).encode("utf-8")
    except (LookupError, ValueError):
        return data

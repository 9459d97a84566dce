"""Keep requests out of private networks: the address of a machine in, whether it may be asked out.

A link in a text must not make the computer that checks it speak to machines that only this computer can reach
(server-side request forgery: OWASP, "SSRF Prevention Cheat Sheet").
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Iterator

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Allowed = Callable[[Address], bool]
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
"""Stands for IPv4 addresses, which are its last 32 bits (RFC 6052)."""


def is_public(address: Address) -> bool:
    """Whether the address, and one that is packed inside it, are of the public internet (IANA's registries)."""
    return all(
        one.is_global
        and not (one.is_multicast or one.is_reserved or one.is_unspecified or one.is_loopback or one.is_link_local)
        and not (isinstance(one, ipaddress.IPv6Address) and one.is_site_local)
        for one in _packed(address)
    )


def anywhere(_address: Address) -> bool:
    """Allow every machine, those of private networks too."""
    return True


def _packed(address: Address) -> Iterator[Address]:
    """The address that is meant: IPv4 addresses come inside IPv6 in several ways."""
    if isinstance(address, ipaddress.IPv4Address):
        yield address
    elif address.ipv4_mapped:
        yield address.ipv4_mapped
    elif address in _NAT64:
        yield ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    else:
        yield address
        if address.sixtofour:
            yield address.sixtofour
        if address.teredo:
            yield from address.teredo

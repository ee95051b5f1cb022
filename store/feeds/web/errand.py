"""What is wanted of a host, and what may be said to whom on the way there."""

from __future__ import annotations

from store.feeds.web.address import BadHop, host_and_port, host_of, next_hop
from store.feeds.web.asking import ACCEPT, authorization
from store.feeds.web.reasons import Refused, Wants
from store.model import Account, Value
from store.text.origin import origin


class Errand(Value, frozen=True, kw_only=True):
    """A document to be fetched."""

    address: str
    validators: dict[str, str] = {}
    validated: str
    """The one address that the validators are sent to: they came from there."""
    permit: str = ""
    account: Account | None = None
    largest: int
    """Bytes."""
    wants: Wants = "feed"

    @property
    def first(self) -> Hop:
        """The request to its own address."""
        return Hop(errand=self, address=self.address, account=self.account)


class Hop(Value, frozen=True, kw_only=True):
    """One request of an errand; each redirect makes another."""

    errand: Errand
    address: str
    account: Account | None
    permanent: bool = True
    """Whether every redirect on the way here was a permanent one."""
    passed: tuple[str, ...] = ()

    @property
    def host(self) -> str:
        """Whom reasons name."""
        return host_of(self.address)

    @property
    def permit(self) -> str:
        """The errand's permit, if it is for this very host and port."""
        permit = self.errand.permit
        return permit if permit and host_and_port(self.address) == permit else ""

    @property
    def moved(self) -> str:
        """This address, if the errand's own was permanently redirected to it."""
        return self.address if self.permanent and self.address != self.errand.address else ""

    @property
    def validators(self) -> dict[str, str]:
        """None for other addresses: a validator means nothing there, and could mark a reader."""
        return self.errand.validators if self.address == self.errand.validated else {}

    @property
    def headers(self) -> dict[str, str]:
        """What this request says beside what all say."""
        account = authorization(self.account) if self.account else {}
        return {"Accept": ACCEPT[self.errand.wants], **self.validators, **account}

    def onward(self, location: str, *, permanent: bool) -> Hop:
        """The request that a redirect asks for; who leaves the origin takes no account along.

        Raises:
            Refused: the redirect is not followed.
        """
        try:
            address = next_hop(self.address, location)
        except BadHop as bad:
            raise Refused("bad_redirect", self.host, str(bad)) from None
        passed = (*self.passed, self.address)
        if address in passed:
            raise Refused("circle", self.host)
        return Hop(
            errand=self.errand,
            address=address,
            account=self.account if origin(address) == origin(self.address) else None,
            permanent=self.permanent and permanent,
            passed=passed,
        )

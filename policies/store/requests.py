"""The list of access requests as stored."""

from __future__ import annotations

from dataclasses import dataclass

from policies.access import AccessRequest, Move, requests
from policies.store.chain import sealed, unsealed
from policies.store.problems import PolicyAltered
from policies.store.valkey import PolicyStore
from runtime.errors import CitizengraphError

LOG = "requests"


@dataclass(frozen=True)
class Requests:
    """Every request when it was read, by number from 1; how many moves, and the newest seal."""

    found: tuple[AccessRequest, ...]
    length: int
    newest: str

    def get(self, number: int) -> AccessRequest:
        """The request of a number. Raises ACCESS_REQUEST_UNKNOWN."""
        if not 1 <= number <= len(self.found):
            raise unknown(number)
        return self.found[number - 1]


def read_requests(store: PolicyStore) -> Requests:
    """What is stored. Raises PolicyAltered, PolicyUnavailable."""
    moves, newest = unsealed(store.entries(LOG), Move.from_json, "the access requests")
    try:
        return Requests(tuple(requests(moves)), len(moves), newest)
    except ValueError as error:
        raise PolicyAltered(f"The access requests contradict themselves: {error}.") from error


def add(store: PolicyStore, before: Requests, move: Move) -> bool:
    """Store the move if nothing has happened since."""
    return store.extend(LOG, before.length, sealed(before.newest, [move]))


def unknown(number: int) -> CitizengraphError:
    """There is no such request, or it is not the caller's to know."""
    words = f"There is no access request {number}."
    return CitizengraphError("ACCESS_REQUEST_UNKNOWN", words, "List them first.")

"""A line: one way from a person to another over ties, by which a relation gets its name."""

from __future__ import annotations

from dataclasses import dataclass

from kinship.ties import Human

UP, DOWN, ACROSS = "u", "d", "m"
"""Moves along a line: to a parent, to a child, to a spouse."""
TURNED = {UP: DOWN, DOWN: UP, ACROSS: ACROSS}
"""Each move as it is the other way round."""


@dataclass(frozen=True)
class Line:
    """From the subject (`people[0]`) to the relative (`people[-1]`).

    `moves` is one of u, d, m per step; `kinds` are the kinds of the steps' ties (a kind of
    parenthood, MARRIAGE, PARTNERSHIP, COUPLE); `ended` says of each step whether it is over.
    `half` is said of lines through a common ancestor: True where only one parent is shared,
    False where both are, None where the records leave it open. It makes half-siblings, and
    half-uncles and half-cousins of those who descend from them.
    """

    people: tuple[Human, ...]
    moves: str
    kinds: tuple[str, ...]
    ended: tuple[bool, ...]
    half: bool | None = None

    @property
    def up(self) -> int | None:
        """Generations from the subject to the common ancestor; None for lines over a marriage."""
        return None if ACROSS in self.moves else self.moves.count(UP)

    @property
    def down(self) -> int | None:
        """Generations from the common ancestor to the relative; None for lines over a marriage."""
        return None if ACROSS in self.moves else self.moves.count(DOWN)

    @property
    def holds(self) -> bool:
        """Whether every step still holds."""
        return not any(self.ended)

    def reversed(self) -> Line:
        """The same line seen from the relative."""
        return Line(
            self.people[::-1],
            "".join(TURNED[move] for move in reversed(self.moves)),
            self.kinds[::-1],
            self.ended[::-1],
            self.half,
        )

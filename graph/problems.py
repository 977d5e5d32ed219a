"""What can be wrong with the model or with a request to the graph."""

from __future__ import annotations

from collections.abc import Sequence

from runtime.errors import CitizengraphError


class ModelError(CitizengraphError):
    """The model files contradict themselves. `problems` has a line each: file, path, reason."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__(
            "MODEL_INVALID",
            "The model cannot be loaded:\n" + "\n".join(f"  {line}" for line in problems),
            "Correct the named files in graph/model/ and start again.",
        )
        self.problems = tuple(problems)


class BadArgument(CitizengraphError):
    """A caller's argument is wrong; the message names the argument."""

    def __init__(self, message: str, hint: str = "", code: str = "BAD_ARGUMENT") -> None:
        super().__init__(code, message, hint)


class GraphUnavailable(CitizengraphError):
    """Neo4j does not answer."""

    def __init__(self) -> None:
        super().__init__(
            "GRAPH_UNAVAILABLE",
            "The graph cannot be reached at the moment.",
            "Try again in a few seconds; `citizengraph status` shows the state of each part.",
        )


class StatementTooLarge(CitizengraphError):
    """A statement took more time or memory than it may."""

    def __init__(self) -> None:
        super().__init__(
            "QUERY_TOO_LARGE",
            "The graph took too long to answer.",
            "Ask for less at once, for example with smaller pages; or once more in a few seconds.",
        )

"""Where versions live: the only part of this room that speaks to a server."""

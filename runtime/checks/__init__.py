"""The checks of `citizengraph doctor`: each returns words when good and raises when not."""

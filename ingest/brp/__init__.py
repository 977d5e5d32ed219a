"""The Dutch population register (BRP): person lists as the GBA-V test set gives them."""

"""The command line: `citizengraph <verb>`, one file per verb."""

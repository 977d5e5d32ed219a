"""`make bench`: citizengraph against its peers, on one graph, in one run."""

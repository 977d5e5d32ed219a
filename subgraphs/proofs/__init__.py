"""The subgraph `proofs`: a signed answer in place of data."""

"""The gateway: composition of the subgraphs, authentication, and the Node server that routes."""

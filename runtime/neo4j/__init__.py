"""The embedded Neo4j: its locked jars, its configuration and its command lines."""

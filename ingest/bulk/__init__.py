"""Facts into an empty graph at once: checked, derived and written as files for Neo4j's importer."""

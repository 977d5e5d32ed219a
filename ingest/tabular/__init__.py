"""Files of rows (CSV, JSON Lines, Parquet) read by a declared mapping."""

"""Rules about one record, one file for each thing that they look at."""

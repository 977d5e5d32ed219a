"""Settings, errors and the processes of the stack on one machine."""

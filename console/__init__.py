"""The web console: a server that logs people in and forwards what they ask, and a web page."""

"""`python -m cli` is `citizengraph`."""

from cli.main import main

if __name__ == "__main__":
    main()

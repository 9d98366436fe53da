"""`python -m tradewind`: the command line without its console script."""

import sys

from tradewind.cli import main

if __name__ == "__main__":
    sys.exit(main())

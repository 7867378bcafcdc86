"""``python -m biaslens``: the command line."""

import sys

from biaslens.cli import main

if __name__ == "__main__":
    sys.exit(main())

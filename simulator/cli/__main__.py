"""``python -m simulator.cli``: the same as ``xuewei``, where the command is not on the path."""

import sys

from simulator.cli import main

if __name__ == "__main__":
    sys.exit(main())

"""The invented editions of ``tests/writers`` serve the checks too."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "writers"))

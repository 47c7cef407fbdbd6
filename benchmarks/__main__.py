"""`make bench`."""

import sys

from benchmarks.load import main

sys.exit(main())

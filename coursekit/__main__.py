"""`python -m coursekit` is `coursekit`."""

import sys

from coursekit.cli.main import main

sys.exit(main())

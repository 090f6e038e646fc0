# SPDX-License-Identifier: Apache-2.0
"""``python -m exograph`` is the command ``exograph``."""

from exograph.cli import main

if __name__ == "__main__":
    main()

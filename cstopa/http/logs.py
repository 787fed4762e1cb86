"""What a log keeps of a request: enough to find it, and not as much as somebody likes to send."""

import logging
import re

LONGEST_LINE = 500
MOST_LINES = 120
# Whoever has the address of such a link reads what is not public, or sets a password.
LINK = re.compile(r"(/preview/|/admin/password/[^/\s]+/)[^/\s]+")


class BoundedFormatter(logging.Formatter):
    """Keeps no link to what is not public, cuts lines, and leaves out those in the middle of a long traceback."""

    def format(self, record):
        lines = LINK.sub(r"\1…", super().format(record)).splitlines()
        if len(lines) > MOST_LINES:
            half = MOST_LINES // 2
            lines = [*lines[:half], f"({len(lines) - MOST_LINES} lines)", *lines[-half:]]
        return "\n".join(
            line if len(line) <= LONGEST_LINE else f"{line[:LONGEST_LINE]}…" for line in lines
        )

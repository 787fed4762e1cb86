"""What a log keeps of a request: enough to find it, and not as much as somebody likes to send."""

import logging

LONGEST_LINE = 500
MOST_LINES = 120


class BoundedFormatter(logging.Formatter):
    """Cuts lines, and leaves out those in the middle of a long traceback."""

    def format(self, record):
        lines = super().format(record).splitlines()
        if len(lines) > MOST_LINES:
            half = MOST_LINES // 2
            lines = [*lines[:half], f"({len(lines) - MOST_LINES} lines)", *lines[-half:]]
        return "\n".join(
            line if len(line) <= LONGEST_LINE else f"{line[:LONGEST_LINE]}…" for line in lines
        )

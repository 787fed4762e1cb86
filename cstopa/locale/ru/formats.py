"""The same as in English; the month follows the language."""

from cstopa.locale.en.formats import DATE_FORMAT, DATETIME_FORMAT, TIME_FORMAT

__all__ = ["DATETIME_FORMAT", "DATE_FORMAT", "TIME_FORMAT"]

"""The parts of an address that are a year or a month."""

from cstopa.models.periods import EARLIEST, LATEST


class YearConverter:
    regex = "[0-9]{4}"

    def to_python(self, value):
        year = int(value)
        if not EARLIEST.year <= year <= LATEST.year:
            raise ValueError
        return year

    def to_url(self, value):
        return f"{value:04}"


class MonthConverter:
    # Two digits alone, so that a month has one address.
    regex = "0[1-9]|1[0-2]"

    def to_python(self, value):
        return int(value)

    def to_url(self, value):
        return f"{value:02}"

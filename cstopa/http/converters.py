"""The parts of an address that are a year, a month, or the number of a part."""

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


class DigitConverter(MonthConverter):
    """A month of one digit, as people write it. No address is made with it: that has two."""

    regex = "[1-9]"


class PartConverter:
    """Of the first part nothing is said: its address is that of a whole that is not divided."""

    regex = "(?:-(?:[2-9]|[1-9][0-9]{1,4}))?"

    def to_python(self, value):
        return int(value.removeprefix("-") or 1)

    def to_url(self, value):
        return "" if value == 1 else f"-{value}"

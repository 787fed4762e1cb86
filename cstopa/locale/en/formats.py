"""Days and moments as the pages write them, wherever Django writes them by itself."""

DATE_FORMAT = "j\N{NO-BREAK SPACE}E Y"
DATETIME_FORMAT = "j\N{NO-BREAK SPACE}E Y, H:i"
TIME_FORMAT = "H:i"

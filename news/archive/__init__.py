"""The archive: how many public articles each month has, which no request counts."""

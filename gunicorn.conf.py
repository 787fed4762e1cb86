"""What gunicorn reads where it is started in this folder, as docs/operations.md starts it."""

# A query of any length is answered by the page, in the reader's language: the server's own limit,
# 4094 bytes, is some 600 Cyrillic letters. A proxy in front has a limit of its own.
limit_request_line = 0

"""What an answer is made with, whatever the page: addresses, ETags, pagination, feeds, maps and errors."""

# Bytes that whoever has not signed in may send at once: a form of a name and a password needs less.
# As much of each connection may wait for its rest outside any thread.
LARGEST_OF_ANYBODY = 64 * 1024

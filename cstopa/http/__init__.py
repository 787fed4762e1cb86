"""What an answer is made with, whatever the page: addresses, ETags, pagination, feeds, maps and errors."""

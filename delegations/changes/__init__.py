"""What changed: a log of the rows and their versions, which nothing stores."""

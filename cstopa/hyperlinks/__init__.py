"""Where the links in texts lead: inside the site, and outside."""

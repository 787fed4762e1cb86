"""A plain, well-written Django site with the same articles: what a good team has in a week."""

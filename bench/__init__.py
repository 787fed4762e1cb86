"""How fast the site is beside a bare Django view and a plain Django site: ``make bench``."""

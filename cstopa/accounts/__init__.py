"""How the people of the desk come in, by what, for how long, and what is kept of them."""

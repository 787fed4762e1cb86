"""How the people of the desk come in: attempts to sign in, and how long a next one waits."""

"""Links by which somebody without an account reads one version and answers."""

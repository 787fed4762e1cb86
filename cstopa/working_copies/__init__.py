"""What an editor has written in a form and not saved: it outlives her session, browser and connection."""

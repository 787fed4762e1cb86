"""The editors' desk: what its pages share, whichever noun they edit."""

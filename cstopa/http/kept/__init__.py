"""Pages that have not changed are kept in the memory of each process, under the version of the site."""

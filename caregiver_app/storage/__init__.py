"""The one place with SQL: keeps the family's entries in one SQLite file and its backups."""

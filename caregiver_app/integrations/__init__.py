"""What reaches beyond the program: calendar files, files that are handed out, desktop notices."""

"""The web process: the API for programs, and the pages that links in mails open."""

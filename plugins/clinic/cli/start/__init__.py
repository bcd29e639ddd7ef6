"""Starts a clinic (`make start`), and single files of one (`make post`, `page`, `service`, `person`)."""

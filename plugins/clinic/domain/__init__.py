"""What follows from the records: timetable, booking routes, related articles, threads, page facts. Pure functions."""

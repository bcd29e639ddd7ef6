"""What is booked, with whom and where, and the calls to action that lead there."""

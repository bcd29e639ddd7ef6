"""Where an invitation to book leads, and what it says."""

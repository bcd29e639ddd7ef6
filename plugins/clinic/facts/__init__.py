"""What is true of a clinic and of a page. Pure: imports nothing of ours from above, and never Pelican."""

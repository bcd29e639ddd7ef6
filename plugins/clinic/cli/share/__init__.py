"""One post as one file, for somebody who is to approve it (`make share`)."""

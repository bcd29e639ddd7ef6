"""`import`: posts and pages of another program or host, as files of ours."""

"""The owner's commands: preview the site while writing, and publish it."""

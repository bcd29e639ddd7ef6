"""The owner's commands: preview, publish, comment, styleguide."""

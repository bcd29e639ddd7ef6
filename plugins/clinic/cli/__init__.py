"""The owner's commands; ``commands.py`` is the table of them."""

"""Whether the records agree with each other, with the law and with the theme."""

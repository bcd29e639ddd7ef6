"""Takes in a comment from an e-mail, a form or the keyboard."""

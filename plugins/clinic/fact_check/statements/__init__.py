"""What a text states: telephone numbers, addresses, prices, registration numbers and opening times."""

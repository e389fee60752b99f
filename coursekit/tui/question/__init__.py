"""What the page of a question and a session are made of."""

"""What a child does to itself before it executes a strange source; each file takes one thing away."""

"""WS-SERVER: what the server below a backend owes to it, seen through a backend that keeps the rules."""

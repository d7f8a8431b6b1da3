"""A chat as one would deploy it: rooms, sign-in, history, many workers. README.md says how to run it."""

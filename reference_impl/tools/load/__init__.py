"""Many clients at once, on each server: whether one of them holds up another, or the server."""

"""The examples' page, used in a real browser."""

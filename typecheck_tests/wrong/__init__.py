"""Cases in which every checker must report an error. Nothing imports them."""

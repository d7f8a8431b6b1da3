"""Cases in which every checker must report nothing."""

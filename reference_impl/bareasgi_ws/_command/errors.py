"""The error that every subcommand shares."""


class CannotRunError(Exception):
    """The command could not do its work; the text is a sentence that says what to do."""

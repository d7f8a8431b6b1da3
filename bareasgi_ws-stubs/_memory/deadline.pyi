# Written by `make stubs` from the module of this name.
"""A limit to how long one step waits."""

class DeadlineError(TimeoutError):
    """A step of the client's did not end within its deadline; the message names the step and what was awaited."""

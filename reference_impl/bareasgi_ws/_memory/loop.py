"""Which library runs the event loop, and which loop runs."""


def library() -> str:
    """Name the library."""
    import asyncio

    try:
        return "trio" if asyncio.current_task() is None else "asyncio"
    except RuntimeError:
        return "trio"


def running_loop() -> object:
    """Return what tells the running loop from another."""
    if library() == "asyncio":
        import asyncio

        return asyncio.get_running_loop()
    import trio

    return trio.lowlevel.current_trio_token()

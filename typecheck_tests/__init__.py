"""Static tests: cases that hold every type checker to the promises of the stubs."""

# Written by `make stubs` from the module of this name.
"""Ready-made backends, each importing its library only itself."""

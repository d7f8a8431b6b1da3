"""Ready-made backends, each importing its library only itself."""

"""What the kit puts into each scope, as a middleware puts its own."""

MIDDLEWARE_ITEM = ("bareasgi_ws.conformance", ("an item", "of a middleware's"))

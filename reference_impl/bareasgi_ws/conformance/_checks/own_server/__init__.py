"""WS-SERVER as far as it binds a backend that is its own server: seen through its handler."""

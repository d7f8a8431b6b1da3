"""What a real server is given to serve: WebSocket routes, and an HTTP application beside or around them."""

"""The typed WebSocket of bareASGI."""

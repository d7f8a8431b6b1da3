"""The example of a chat, used."""

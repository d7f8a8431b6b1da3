"""The ASGI application: ``uvicorn --app-dir examples chat.application:application``."""

import os

from bareasgi_ws import Application

from .handler import Chat, room_handler
from .rooms import Rooms
from .settings import Settings, from_environment
from .store import MemoryStore, Store
from .web import Web


def create(settings: Settings) -> Application[Chat]:
    """Return the application with these settings."""
    chat = Chat(settings, Rooms(_store(settings), settings.tick))
    application = Application(info=chat, http=Web(chat))
    application.ws_router.add("/rooms/{room}", room_handler)
    return application


def _store(settings: Settings) -> Store:
    if not settings.redis:
        return MemoryStore(settings.history)
    from .redis_store import RedisStore  # the library is needed only here

    return RedisStore(settings.redis, settings.history)


application = create(from_environment(os.environ))

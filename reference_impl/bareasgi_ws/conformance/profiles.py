"""How servers speak ASGI to their applications, as data that the server in memory speaks by."""

from .._memory.profile import AfterDisconnect, Code, Disconnect, Profile, Reason, SendErrors
from .._memory.profiles import PROFILES

__all__ = ["PROFILES", "AfterDisconnect", "Code", "Disconnect", "Profile", "Reason", "SendErrors"]

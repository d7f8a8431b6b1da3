# Written by `make stubs` from the module of this name.
"""The profiles of ``bareasgi_ws.testing.profiles``, by the name that they have in the kit."""

from ..testing.profiles import PROFILES, AfterDisconnect, Code, Disconnect, Profile, Reason, SendErrors

__all__ = ["PROFILES", "AfterDisconnect", "Code", "Disconnect", "Profile", "Reason", "SendErrors"]

"""Reach the service of a home, whoever owns it: this process when it is free, else the owner over its socket."""

import contextlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from assistant.owner import PATIENCE, lock_or_connect, owner_socket, release
from assistant.service import Service
from assistant.settings import Settings

OpenLocal = Callable[[Settings], AbstractContextManager[Service]]


@contextmanager
def reach(
    settings: Settings,
    open_local: OpenLocal,
    what: str,
    *,
    serve_others: bool = False,
    patience: float = PATIENCE,
) -> Iterator[Service]:
    """Yield the service of this home: opened in this process when it is free, else the owner's over its socket.

    ``what`` tells the others what this process does if it becomes the owner; with ``serve_others``
    it then also answers them while it works. Raises HomeHeld when the owner does not answer.
    """
    lock = lock_or_connect(settings, what, patience)
    if lock is None:
        from assistant.client import RemoteService

        with contextlib.closing(RemoteService(owner_socket(settings))) as remote:
            yield remote
        return
    with contextlib.ExitStack() as stack:
        stack.callback(release, lock)
        service = stack.enter_context(open_local(settings))
        if serve_others:
            from assistant.api.background import answering

            stack.enter_context(answering(service, settings))
        yield service

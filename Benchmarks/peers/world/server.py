"""Servers in Python: server.py LIBRARY echo|http PORT; LIBRARY is asyncio, uvloop, curio, trio or select.

`select` is the ancestor's shape: generators that trap with system calls, and a loop around select(2)."""

import select
import socket
import sys
from collections import deque

library, kind, port = sys.argv[1], sys.argv[2], int(sys.argv[3])
page = b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nhello\n"


def answers(unread):
    """What is to be sent for the bytes that have come, and which of them are left."""
    if kind == "echo":
        return unread, b""
    parts = unread.split(b"\r\n\r\n")
    return page * (len(parts) - 1), parts[-1]


if library in ("asyncio", "uvloop"):
    import asyncio

    async def served(reader, writer):
        unread = b""
        while bytes := await reader.read(4096):
            out, unread = answers(unread + bytes)
            writer.write(out)
            await writer.drain()
        writer.close()

    async def main():
        server = await asyncio.start_server(served, "127.0.0.1", port, backlog=4096)
        async with server:
            await server.serve_forever()

    if library == "uvloop":
        import uvloop

        uvloop.install()
    asyncio.run(main())
elif library == "curio":
    import curio

    async def served(client, _):
        unread = b""
        while bytes := await client.recv(4096):
            out, unread = answers(unread + bytes)
            await client.sendall(out)

    async def main():
        await curio.tcp_server("127.0.0.1", port, served, backlog=4096)

    curio.run(main)
elif library == "trio":
    import trio

    async def served(stream):
        unread = b""
        async for bytes in stream:
            out, unread = answers(unread + bytes)
            await stream.send_all(out)

    async def main():
        await trio.serve_tcp(served, port, host="127.0.0.1", backlog=4096)

    trio.run(main)
else:
    ready, reading, writing = deque(), {}, {}

    def served(client):
        unread = b""
        while True:
            yield "read", client
            bytes = client.recv(4096)
            if not bytes:
                break
            out, unread = answers(unread + bytes)
            while out:
                yield "write", client
                out = out[client.send(out) :]
        client.close()

    def listening(listener):
        while True:
            yield "read", listener
            client, _ = listener.accept()
            ready.append(served(client))

    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", port))
    listener.listen(4096)
    ready.append(listening(listener))
    while True:
        # As the ancestor: a look at the descriptors each round, without waiting while tasks are ready.
        readable, writable, _ = select.select(list(reading), list(writing), [], 0 if ready else None)
        for handle in readable:
            ready.append(reading.pop(handle))
        for handle in writable:
            ready.append(writing.pop(handle))
        for _ in range(len(ready)):
            task = ready.popleft()
            try:
                what, handle = next(task)
                (reading if what == "read" else writing)[handle] = task
            except (StopIteration, OSError):
                pass

"""Python's trio: a lock that passes from one task to the next.

Arguments: lock LABEL TASKS OPERATIONS. Prints NAME TASKS NS BYTES.
"""

import sys
from time import process_time_ns

import trio
import trio.testing


async def measure(label, tasks, operations):
    rounds = max(3, operations // tasks)
    lock = trio.Lock()

    async def body():
        for _ in range(rounds):
            async with lock:
                pass

    # All queue up before the lock is let go; from then on somebody waits at each release.
    await lock.acquire()
    async with trio.open_nursery() as nursery:
        for _ in range(tasks):
            nursery.start_soon(body)
        await trio.testing.wait_all_tasks_blocked()
        start = process_time_ns()
        lock.release()
    ns = (process_time_ns() - start) / (rounds * tasks)
    print(f"lock/{label} {tasks} {ns} -")


_, label, tasks, operations = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
trio.run(measure, label, tasks, operations)

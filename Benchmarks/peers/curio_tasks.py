"""Python's curio: a lock that passes from one task to the next.

Arguments: lock LABEL TASKS OPERATIONS. Prints NAME TASKS NS BYTES.
"""

import sys
from time import process_time_ns

import curio


async def measure(label, tasks, operations):
    rounds = max(3, operations // tasks)
    lock = curio.Lock()

    async def body():
        for _ in range(rounds):
            async with lock:
                pass

    # All queue up before the lock is let go; from then on somebody waits at each release.
    await lock.acquire()
    waiting = [await curio.spawn(body) for _ in range(tasks)]
    await curio.sleep(0)
    start = process_time_ns()
    await lock.release()
    for task in waiting:
        await task.join()
    ns = (process_time_ns() - start) / (rounds * tasks)
    print(f"lock/{label} {tasks} {ns} -")


_, label, tasks, operations = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
curio.run(measure, label, tasks, operations)

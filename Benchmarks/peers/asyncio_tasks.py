"""Python's asyncio: tasks that yield with sleep(0), and a lock that passes from one to the next.

Arguments: yield|spawn|lock LABEL TASKS OPERATIONS. Prints NAME TASKS NS BYTES.
"""

import asyncio
import os
import sys
from time import process_time_ns


def resident_bytes():
    try:
        with open("/proc/self/statm") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGESIZE")
    except OSError:
        return 0


class Line:
    """Tells who passes last, as every task does once a round."""

    def __init__(self, tasks):
        self.tasks = tasks
        self.passed = 0

    def is_last(self):
        self.passed = (self.passed + 1) % self.tasks
        return self.passed == 0


async def measure_yield(label, tasks, operations):
    rounds = max(3, operations // tasks)
    line = Line(tasks)
    before = resident_bytes()
    found = {}

    async def body():
        await asyncio.sleep(0)
        if line.is_last():
            found["bytes"] = (resident_bytes() - before) / tasks
        for _ in range(max(1, rounds // 10)):
            await asyncio.sleep(0)
        if line.is_last():
            found["start"] = process_time_ns()
        for _ in range(rounds):
            await asyncio.sleep(0)
        if line.is_last():
            found["end"] = process_time_ns()

    for task in [asyncio.create_task(body()) for _ in range(tasks)]:
        await task
    ns = (found["end"] - found["start"]) / (rounds * tasks)
    print(f"yield/{label} {tasks} {ns} {found['bytes']}")


async def measure_spawn(label, tasks, operations):
    async def body():
        pass

    async def live(count):
        for task in [asyncio.create_task(body()) for _ in range(count)]:
            await task

    await live(min(tasks, 1_000))
    batches = max(1, operations // tasks)
    start = process_time_ns()
    for _ in range(batches):
        await live(tasks)
    ns = (process_time_ns() - start) / (batches * tasks)
    print(f"spawn/{label} {tasks} {ns} -")


async def measure_lock(label, tasks, operations):
    rounds = max(3, operations // tasks)
    lock = asyncio.Lock()

    async def body():
        for _ in range(rounds):
            async with lock:
                pass

    # All queue up before the lock is let go; from then on somebody waits at each release.
    await lock.acquire()
    waiting = [asyncio.create_task(body()) for _ in range(tasks)]
    await asyncio.sleep(0)
    start = process_time_ns()
    lock.release()
    for task in waiting:
        await task
    ns = (process_time_ns() - start) / (rounds * tasks)
    print(f"lock/{label} {tasks} {ns} -")


kind, label, tasks, operations = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
measure = {"yield": measure_yield, "spawn": measure_spawn, "lock": measure_lock}[kind]
asyncio.run(measure(label, tasks, operations))

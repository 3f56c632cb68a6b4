"""A scheduler of Python generators that trap with system calls, after the idea of David Beazley's pyos.

Arguments: yield|spawn LABEL TASKS OPERATIONS. Prints NAME TASKS NS BYTES.
"""

import os
import sys
from collections import deque
from time import process_time_ns


def resident_bytes():
    try:
        with open("/proc/self/statm") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGESIZE")
    except OSError:
        return 0


class Task:
    __slots__ = ("tid", "body", "reply")

    def __init__(self, tid, body):
        self.tid = tid
        self.body = body
        self.reply = None


class GiveUp:
    """A system call without an effect: the caller goes to the tail of the queue."""

    __slots__ = ()

    def handle(self, scheduler, task):
        scheduler.ready.append(task)


class Scheduler:
    def __init__(self):
        self.ready = deque()
        self.tasks = {}
        self.last_tid = 0

    def create(self, body):
        self.last_tid += 1
        task = Task(self.last_tid, body)
        self.tasks[task.tid] = task
        self.ready.append(task)

    def run(self, steps):
        ready = self.ready
        for _ in range(steps):
            task = ready.popleft()
            try:
                call = task.body.send(task.reply)
            except StopIteration:
                del self.tasks[task.tid]
                continue
            call.handle(self, task)


def yield_for_ever():
    while True:
        yield GiveUp()


def end_at_once():
    return
    yield


def measure_yield(label, tasks, operations):
    before = resident_bytes()
    scheduler = Scheduler()
    for _ in range(tasks):
        scheduler.create(yield_for_ever())
    scheduler.run(tasks)
    memory = (resident_bytes() - before) / tasks
    rounds = max(3, operations // tasks)
    scheduler.run(rounds // 10 * tasks)
    start = process_time_ns()
    scheduler.run(rounds * tasks)
    ns = (process_time_ns() - start) / (rounds * tasks)
    print(f"yield/{label} {tasks} {ns} {memory}")


def measure_spawn(label, tasks, operations):
    scheduler = Scheduler()

    def live(count):
        for _ in range(count):
            scheduler.create(end_at_once())
        scheduler.run(count)

    live(min(tasks, 1_000))
    batches = max(1, operations // tasks)
    start = process_time_ns()
    for _ in range(batches):
        live(tasks)
    ns = (process_time_ns() - start) / (batches * tasks)
    print(f"spawn/{label} {tasks} {ns} -")


kind, label, tasks, operations = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
measure = measure_yield if kind == "yield" else measure_spawn
measure(label, tasks, operations)

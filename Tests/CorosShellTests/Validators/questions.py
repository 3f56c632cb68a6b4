"""Answers questions about a run from its exported events alone, as a reader with pencil and paper would."""
import collections
import json
import sys

with open(sys.argv[1], encoding="utf-8") as file:
    LINES = [json.loads(line) for line in file]
EVENTS = [line for line in LINES if "event" in line]
NOW = LINES[-1]["tick"]


class Task:
    def __init__(self, event):
        self.tid, self.name, self.parent = event["tid"], event["name"], event["parent"]
        self.changes = []
        self.ran = []
        self.end = None
        self.text = ""
        self.calls = collections.Counter()
        self.why = None
        self.stopped_by = []
        self.resisted = 0
        self.waits_for = None

    def state(self, tick):
        """The state in a tick; nothing before the task was there, and after its end."""
        if tick in self.ran_set:
            return "running"
        state = None
        for at, new in self.changes:
            if at > tick:
                break
            state = new
        return state


def read():
    tasks, writes, acts, woken = {}, [], [], []
    runs = {}
    running = None
    tick = -1
    for event in EVENTS:
        if event["tick"] != tick:
            tick, running = event["tick"], None
        task = tasks.get(event["tid"])
        kind = event["kind"]
        # What happens in a step counts from the end of the step on.
        at = tick if running is None else tick + 1
        if event["tid"] == 0:
            # The clock and the operator are no tasks.
            continue
        if kind == "spawned":
            task = tasks[event["tid"]] = Task(event)
            task.changes.append((at, "ready"))
        elif kind == "dispatched":
            running = event["tid"]
            runs[tick] = running
            task.ran.append(tick)
        elif kind == "blocked":
            task.changes.append((at, "new" if event["on"] == "arrival" else "blocked"))
            task.waits_for = [event.get("target"), at]
        elif kind in ("woke", "arrived"):
            if task.changes[-1][1] != "stopped":
                task.changes.append((at, "ready"))
            woken.append((tick, event["tid"], event.get("because")))
        elif kind == "stopped":
            task.changes.append((at, "stopped"))
            task.stopped_by.append(event["by"])
        elif kind == "continued":
            before = [state for _, state in task.changes if state != "stopped"][-1]
            task.changes.append((at, before))
        elif kind in ("exited", "killed"):
            if kind == "exited" or task.end is None:
                task.end = at
                task.changes.append((at, None))
            task.why = event.get("status", {"killed": event.get("by")}) if task.why is None else task.why
        elif kind == "trapped":
            task.calls[event["call"]] += 1
        elif kind == "resisted":
            task.resisted += 1
        elif kind == "wrote":
            task.text += event["text"]
            writes.append([tick, event["tid"], event["text"]])
        if event.get("by") == 0:
            acts.append([at, kind, event["tid"]])
    for task in tasks.values():
        task.ran_set = set(task.ran)
    return tasks, runs, writes, acts, woken


TASKS, RUNS, WRITES, ACTS, WOKEN = read()


def ready(tick):
    return [task.tid for task in TASKS.values() if task.state(tick) == "ready"]


def spans(ticks):
    """Neighbouring ticks as spans; the last one is open if it lasts up to now."""
    found = []
    for tick in sorted(ticks):
        if found and found[-1][1] == tick:
            found[-1][1] = tick + 1
        else:
            found.append([tick, tick + 1])
    return found


def longest_wait(tid):
    waits = spans(tick for tick in range(NOW) if TASKS[tid].state(tick) == "ready")
    return max(([end - start, start] for start, end in waits), key=lambda w: (w[0], -w[1]), default=[0, 0])


def instead(tid, now):
    """Since when a task has been ready without running, and the ticks that others have had since then."""
    task = TASKS[tid]
    since = now
    while since > 0 and task.state(since - 1) == "ready":
        since -= 1
    return [since, dict(collections.Counter(str(RUNS[t]) for t in range(since, now) if t in RUNS))]


def next_wake():
    """The first end of a wait for time or I/O that is still to come: when, and whose."""
    ends = []
    for event in EVENTS:
        if event["kind"] == "blocked" and event.get("until") is not None and event["until"] > NOW:
            ends.append([event["until"], event["tid"]])
    return min(ends, default=None)


def circle():
    """The first tick in which tasks wait for the ends of one another, and these tasks."""
    waits = {}
    for event in EVENTS:
        tid = event["tid"]
        if event["kind"] == "blocked":
            waits[tid] = event.get("target")
            path = [tid]
            while waits.get(path[-1]) is not None and waits[path[-1]] not in path:
                path.append(waits[path[-1]])
            if waits.get(path[-1]) == tid:
                return [event["tick"], sorted(path)]
        elif event["kind"] in ("woke", "exited"):
            waits.pop(tid, None)
    return None


def kills():
    """When the kill of each task was asked for."""
    return {str(e["tid"]): e["tick"] for e in EVENTS if e["kind"] == "killed"}


def losses(tid):
    """Who had the CPU next, each time that it was taken from a task that could have gone on."""
    winners = collections.Counter()
    order = sorted(RUNS)
    for tick, after in zip(order, order[1:]):
        if RUNS[tick] == tid and RUNS[after] != tid and TASKS[tid].state(after) == "ready":
            winners[str(RUNS[after])] += 1
    return dict(winners)


def shortest_first():
    """The average turnaround of the same jobs, if the shortest that is there goes first, to its end."""
    jobs = {t.tid: len(t.ran) for t in TASKS.values()}
    rest, now, total = set(jobs), 0, 0
    arrivals = {t.tid: next(at for at, new in t.changes[::-1] if new == "ready") for t in TASKS.values()}
    while rest:
        there = [tid for tid in rest if arrivals[tid] <= now]
        if not there:
            now += 1
            continue
        tid = min(there, key=lambda tid: (jobs[tid], tid))
        now += jobs[tid]
        total += now - arrivals[tid]
        rest.remove(tid)
    return total / len(jobs)


def main():
    answers = {
        "cpu 20..50": {str(t.tid): len([x for x in t.ran if 20 <= x < 50]) for t in TASKS.values()},
        "runs": [RUNS.get(tick, 0) for tick in range(NOW)],
        "idle": [tick for tick in range(NOW) if tick not in RUNS],
        "states at 33": {str(t.tid): t.state(33) for t in TASKS.values() if t.state(33)},
        "calls": {str(t.tid): dict(t.calls) for t in TASKS.values()},
        "ready": [len(ready(tick)) for tick in range(NOW)],
        "longest": {str(tid): longest_wait(tid) for tid in TASKS},
        "written 20..40": [w for w in WRITES if 20 <= w[0] < 40],
        "ends": {str(t.tid): [t.end, t.why] for t in TASKS.values() if t.end is not None},
        "parents": {str(t.tid): t.parent for t in TASKS.values()},
        "first": {str(t.tid): t.ran[0] for t in TASKS.values() if t.ran},
        "last words": {str(t.tid): t.text.rstrip("\n").split("\n")[-1] for t in TASKS.values() if t.text},
        "stopped": {str(t.tid): sum(t.state(x) == "stopped" for x in range(NOW)) for t in TASKS.values()},
        "blocked": {str(t.tid): sum(t.state(x) == "blocked" for x in range(NOW)) for t in TASKS.values()},
        "waited": {str(t.tid): sum(t.state(x) == "ready" for x in range(NOW)) for t in TASKS.values()},
        "stopped by": {str(t.tid): t.stopped_by for t in TASKS.values() if t.stopped_by},
        "acts": ACTS,
        "resisted": {str(t.tid): t.resisted for t in TASKS.values()},
        "woken": [list(w) for w in WOKEN],
        "since": {str(t.tid): t.waits_for for t in TASKS.values() if t.state(NOW) == "blocked"},
        "losses": {str(tid): losses(tid) for tid in TASKS},
        "waiting at 20": sorted(t.tid for t in TASKS.values() if t.state(20) == "ready"),
        "others at 3": sorted(tid for tid in ready(3)),
        # Between two steps, who runs in the next one is still ready.
        "more than 3 ready": spans(t for t in range(NOW) if len(ready(t)) + (t in RUNS) > 3),
        "sunk": TASKS[1].ran[5] + 1 if len(TASKS[1].ran) > 5 else None,
        "shortest first": shortest_first() if not WRITES else None,
        "instead of 1 at 30": instead(1, 30) if NOW > 30 and 1 in TASKS else None,
        "next wake": next_wake(),
        "circle": circle(),
        "kills": kills(),
        "now": NOW,
    }
    print(json.dumps(answers))


main()

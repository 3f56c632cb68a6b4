"""Checks a trace of slices, arrows and counters, and prints how long each task did what."""
import collections
import json
import sys


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        trace = json.load(file)
    end = trace["otherData"]["tick"]
    last = {}
    # On each track the slices that are open, as (name, when the slice ends; None if it is not known yet).
    open_slices = collections.defaultdict(list)
    totals = collections.defaultdict(collections.Counter)
    names, starts, ends, running = {}, {}, {}, set()
    holds = []
    for event in trace["traceEvents"]:
        track, time, kind = event["tid"], event["ts"], event["ph"]
        assert event["pid"] in (1, 2) and 0 <= time <= end, event
        if event["pid"] == 2:
            track = f"lock {track}"
        if kind == "M":
            if event["name"] == "process_name":
                assert event["args"]["name"] == {1: "coros", 2: "locks"}[event["pid"]], event
            if event["name"] == "thread_name":
                assert track not in names, event
                names[track] = event["args"]["name"]
            continue
        assert time >= last.get(track, 0), ("time goes back", event)
        last[track] = time
        if kind == "C":
            assert event["args"]["ready"] >= 0, event
            continue
        assert track in names, ("a track without a name", event)
        stack = open_slices[track]
        while stack and stack[-1][1] is not None and stack[-1][1] <= time and kind != "f":
            stack.pop()
        if kind == "B":
            assert all(until is None for _, until, _ in stack), ("not nested", event)
            stack.append((event["name"], None, time))
            if event["name"] == "running" and event["cat"] == "state":
                assert not running, ("two tasks have the CPU", event)
                running.add(track)
        elif kind == "E":
            assert stack, ("nothing to end", event)
            name, until, since = stack.pop()
            assert until is None, ("not nested", event)
            if event["pid"] == 2:
                holds.append([names[track], name, since, time])
            if len(stack) == 1:
                totals[track][name] += time - since
                running.discard(track)
        elif kind == "X":
            until = time + event["dur"]
            assert event["dur"] > 0 and until <= end, event
            assert stack and stack[-1][1] is None, ("not nested", event)
            if len(stack) == 1:
                totals[track][event["name"]] += event["dur"]
            stack.append((event["name"], until, time))
        elif kind == "s":
            assert event["id"] not in starts and stack, event
            starts[event["id"]] = event
        elif kind == "f":
            assert event["id"] not in ends and event["bp"] == "e" and stack, event
            ends[event["id"]] = event
        else:
            assert kind == "i" and event["s"] == "t", event
    assert not any(open_slices.values()), "slices without an end"
    assert starts.keys() == ends.keys(), "arrows without an end"
    for number, start in starts.items():
        assert start["ts"] < ends[number]["ts"] and start["name"] == ends[number]["name"], start
    print(json.dumps({
        "names": names,
        "totals": totals,
        "holds": holds,
        "arrows": [
            [start["name"], start["tid"], ends[number]["tid"]] for number, start in starts.items()
        ],
    }))


main()

"""Prints the tick of the first step in which two exported runs differ."""
import json
import sys


def steps(path):
    """The events up to each dispatch, with the tick of the step."""
    with open(path, encoding="utf-8") as file:
        events = [line for line in map(json.loads, file) if "event" in line]
    found, step = [], []
    for index, event in enumerate(events):
        step.append({key: value for key, value in event.items() if key != "event"})
        # All events of a tick make one step.
        if index + 1 == len(events) or events[index + 1]["tick"] != event["tick"]:
            found.append((event["tick"], step))
            step = []
    return found


def main():
    left, right = steps(sys.argv[1]), steps(sys.argv[2])
    for (tick, events), (other, others) in zip(left, right):
        if (tick, events) != (other, others):
            print(min(tick, other))
            return
    print(min(left[len(right):] or right[len(left):])[0])


main()

"""Checks an export of events, and prints how many there are of each kind."""
import collections
import json
import sys

EVENT = ["event", "tick", "tid", "kind"]
CALL = {"call": str, "arguments": str}
BY = {"by": int}
MEMBERS = {
    "spawned": {"name": str, "parent": int},
    "arrived": {},
    "dispatched": {},
    "trapped": CALL,
    "replied": {"reply": str},
    "refused": {"error": str},
    "woke": {"because": str},
    "wrote": {"text": str},
    "noted": {"note": str},
    "stopped": BY,
    "continued": BY,
    "killed": BY,
    "resisted": CALL,
    "gave up": {"refusals": int},
    "escaped": {},
    "exited": {"status": dict},
    "switching": {"until": int},
    "clock jumped": {"from": int},
    "cancelled": {"by": int, "reason": str},
    "acquired": {"object": str, "abandoned_by": (int, type(None))},
    "released": {"object": str},
    "abandoned": {"object": str, "by": int},
}
ON = {
    "task": {"target": int},
    "channel": {"channel": str},
    "object": {"object": str},
    "objects": {"objects": list},
}
ON |= {name: {} for name in ("child", "time", "I/O", "arrival", "outside")}


def check_event(event, number, tick):
    assert list(event)[:4] == EVENT, event
    assert event["event"] == number and event["tick"] >= tick and event["tid"] >= 0, event
    rest = {key: value for key, value in event.items() if key not in EVENT}
    if event["kind"] == "blocked":
        members = {"on": str, **ON[event["on"]], "until": (int, type(None))}
    else:
        members = MEMBERS[event["kind"]]
    if event["kind"] in ("trapped", "resisted") and "line" in rest:
        members = {**members, "line": int}
    assert list(rest) == list(members), event
    for key, kind in members.items():
        assert isinstance(rest[key], kind), event


def main():
    with open(sys.argv[1], encoding="utf-8", newline="\n") as file:
        lines = [json.loads(line) for line in file]
    assert lines[0] == {"coros": "events", "version": 1}, lines[0]
    journal = [line["journal"] for line in lines[1:] if "journal" in line]
    assert journal[0] == "coros journal 1"
    events = lines[1 + len(journal):-1]
    tick = 0
    for number, event in enumerate(events, 1):
        check_event(event, number, tick)
        tick = event["tick"]
    assert lines[-1]["events"] == len(events) and lines[-1]["tick"] >= tick, lines[-1]
    kinds = collections.Counter(event["kind"] for event in events)
    names = [event["name"] for event in events if event["kind"] == "spawned"]
    texts = [event["text"] for event in events if event["kind"] == "wrote"]
    print(json.dumps({"kinds": kinds, "names": names, "texts": texts}))


main()

#!/usr/bin/env python3
"""Compares pages of `export --html` with the shell that wrote them, in a browser.

    pages.py COROS [SESSION ...]

COROS is the program; each session in sessions.py and one for each built-in program, or those whose names contain one
of these words, are run, exported, and looked at in a headless Chromium. So are the pages of `explore --html`, which
show two orders of steps. At random steps the states of all tasks, the ready queue, the objects and every `why` must be
what the shell says there. Keys must lead back to the same page, hostile names must stay text, nothing may be requested
from a network, and axe must find nothing, in light and in dark colours. Prints a line a session.
"""

import json
import os
import random
import subprocess
import sys
import tempfile

import browser
from sessions import EXPLORED, SESSIONS

try:
    from axe_core_python.base import AXE_SCRIPT
except ImportError:
    AXE_SCRIPT = None

STEPS = 200


def shell(program, lines):
    """What the shell answers to lines, as JSON values."""
    run = subprocess.run([program, "--json", "--keep-going"], input="\n".join(lines) + "\n", capture_output=True, text=True)
    return [json.loads(line) for line in run.stdout.splitlines() if line.startswith("{")], run.stderr


LOOK = """at => {
  const state = stateAt(at);
  const tasks = [...state.tasks.values()].sort((a, b) => a.tid - b.tid);
  return {
    tick: state.tick, last: state.last, chosen: whyChosen(state), queue: state.queue,
    tasks: tasks.map(task => [task.tid, task.name, run.states[task.state][0], task.ran]),
    why: Object.fromEntries(tasks.map(task => [task.tid, why(state, task.tid)])),
    objects: [...state.objects.values()].map(object => [
      object.name, object.kind, object.held, object.waiting, text(object.detail, state, 0)]),
  };
}"""


def expect(name, place, what, found, wanted):
    if found != wanted:
        print("FAILED %s, %s: %s\n  the page:  %s\n  the shell: %s" % (name, place, what, found, wanted))
        sys.exit(1)


def compare(name, program, session, page):
    """Looks at random moments in the page and in the shell."""
    count = page.ask("end + 1")
    places = sorted(random.Random(1).sample(range(count), min(STEPS, count)))
    seen = [page.ask("(%s)(%d)" % (LOOK, at)) for at in places]
    lines = list(session)
    for look in seen:
        lines += ["goto %d" % look["tick"], "echo LOOK", "ps -a -n 10000", "locks"]
        lines += ["why"] if look["last"] else []
        lines += ["why %d" % task[0] for task in look["tasks"]]
    answers, errors = shell(program, lines)
    parts = []
    for answer in answers:
        if answer.get("text") == "LOOK":
            parts.append([])
        elif parts:
            parts[-1].append(answer)
    expect(name, "in the whole", "looks", len(seen), len(parts))
    for look, part in zip(seen, parts):
        place = "tick %d" % look["tick"]
        ps = next(answer for answer in part if answer["command"] == "ps")
        locks = next(answer for answer in part if answer["command"] == "locks")
        whys = [answer for answer in part if answer["command"] == "why"]
        expect(name, place, "the tick", look["tick"], ps["tick"])
        expect(name, place, "the tasks", look["tasks"],
               [[task["tid"], task["name"], task["state"], task["dispatches"]] for task in ps["tasks"]])
        if look["last"]:
            own = look["why"][str(look["last"])]
            isRunning = [task[2] for task in look["tasks"] if task[0] == look["last"]] == ["running"]
            expect(name, place, "why", own if isRunning else look["chosen"] + own, whys.pop(0)["why"])
        for answer in whys:
            expect(name, place, "why %d" % answer["tid"], look["why"][str(answer["tid"])], answer["why"])
            if answer["state"] == "ready" and answer["ahead"] is not None:
                ahead = [rank["tid"] for rank in answer["ahead"]]
                if answer["tid"] in look["queue"] and ahead:
                    expect(name, place, "the queue", look["queue"][:len(ahead)], ahead)
        # A page cuts long details.
        expect(name, place, "the objects", [thing[:4] + [thing[4].rstrip("…")[:40]] for thing in look["objects"]],
               [[thing["name"], thing["kind"], [[hold["tid"], hold["since"]] for hold in thing["holders"]],
                 [waiter["tid"] for waiter in thing["waiting"]], thing["detail"][:40]] for thing in locks["objects"]])
    return len(places)


def body(page):
    page.settle()
    return page.ask("document.body.innerHTML.replace(document.getElementById('run').outerHTML, '')"
                    " + document.getElementById('slider').value")


def walk(name, page):
    """Keys lead forward and back through the same pages."""
    page.ask("moveTo(0)")
    count = min(30, page.ask("end"))
    forward = [body(page)]
    for _ in range(count):
        page.key("ArrowRight")
        forward.append(body(page))
    for wanted in reversed(forward[:-1]):
        page.key("b")
        expect(name, "going back", "the page", body(page), wanted)
    page.key(">")
    page.settle()
    expect(name, "at the end", "the step", page.ask("player.state.at"), page.ask("end"))
    page.key("<")
    page.settle()
    expect(name, "at the beginning", "the step", page.ask("player.state.at"), 0)


def audit(name, page):
    """No rule of accessibility that axe knows is broken."""
    if AXE_SCRIPT is None:
        return
    page.ask(AXE_SCRIPT + "; 0")
    found = page.ask("axe.run().then(result => result.violations.map(one => one.id + ': ' + one.nodes[0].html))")
    expect(name, "axe", "violations", found, [])


def check(name, lines, program, folder):
    path = os.path.join(folder, "page.html")
    if os.path.exists(path):
        os.remove(path)
    isExplored = name.startswith("explored ")
    written = lines[:-1] + [lines[-1] + " --html " + path] if isExplored else lines + ["export --html " + path]
    _, errors = shell(program, written)
    if not os.path.exists(path):
        print("FAILED %s: no page\n%s" % (name, errors))
        sys.exit(1)
    with browser.Browser() as page:
        page.open(path)
        page.settle()
        looks = compare(name, program, lines, page)
        walk(name, page)
        page.ask("moveTo(end >> 1)")
        page.settle()
        audit(name, page)
        expect(name, "the browser", "complaints", page.complaints, [])
        expect(name, "the browser", "requests", [one for one in page.requests if not one.startswith("data:")], ["file://" + path])
        if isExplored:
            expect(name, "two orders", "the sentence", bool(page.ask("document.querySelector('#orders p').textContent")), True)
            images = page.ask("[...document.images].map(image => image.naturalWidth > 0 && image.alt.length > 9)")
            expect(name, "two orders", "the pictures", images, [True] * len(images))
        heap = page.ask("performance.memory ? performance.memory.usedJSHeapSize : 0") // 1_000_000
        steps = page.ask("end")
    with browser.Browser(dark=True, width=400) as page:
        page.open(path, "#step=7&task=1")
        page.settle()
        audit(name, page)
        expect(name, "a link", "the step", page.ask("player.state.at"), min(7, steps))
        expect(name, "the width", "it fits", page.ask("document.documentElement.scrollWidth <= innerWidth"), True)
        expect(name, "the browser", "complaints", page.complaints, [])
    size = os.path.getsize(path)
    rows = page_bytes(path)
    print("ok %-24s %6d steps, %3d compared, %7d bytes, of which the run %d, heap %d MB" % (
        name, steps, looks, size, rows, heap), flush=True)


def page_bytes(path):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    start = text.index('id="run">') + len('id="run">')
    return len(text[start:text.index("</script>", start)].encode())


def main():
    gap = browser.missing()
    if gap:
        print("skipped: pages are not looked at, for want of " + gap)
        return
    if AXE_SCRIPT is None:
        print("note: accessibility is not checked, for want of the Python package axe-core-python")
    program = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        for name, lines in sessions(program).items():
            if not sys.argv[2:] or any(word in name for word in sys.argv[2:]):
                check(name, lines, program, folder)


def sessions(program):
    """What is typed, by the name of the session."""
    answers, _ = shell(program, ["programs"])
    names = [answer["name"] for answer in answers[0]["programs"]]
    names.remove("foreign")
    alone = {"program " + name: ["spawn " + name, "run 300"] for name in names}
    mixed = {"random %d" % seed: anything(random.Random(seed), names) for seed in range(1, 9)}
    explored = {"explored " + name: lines for name, lines in EXPLORED.items()}
    return SESSIONS | explored | alone | mixed


def anything(chance, names):
    """What somebody may type who tries everything."""
    policies = ["rr quantum=3", "fifo", "mlfq quanta=2/4", "lottery", "fair", "priority", "stride", "manual"]
    lines = ["limit tasks 30", "seed %d" % chance.randrange(100), "policy " + chance.choice(policies)]
    for _ in range(40):
        tid = chance.randrange(1, 13)
        lines.append(chance.choice([
            "kill %d" % tid, "stop %d" % tid, "resume %d" % tid, "cancel %d" % tid, "back %d" % chance.randrange(5),
            "policy " + chance.choice(policies), "priority %d 3" % tid, "send %d hello" % tid, "pick %d" % tid,
            "spawn " + chance.choice(names), "spawn " + chance.choice(names), "spawn " + chance.choice(names),
            "run %d" % chance.randrange(1, 20), "run %d" % chance.randrange(1, 20), "step %d" % chance.randrange(1, 5),
        ]))
    return lines + ["run 50"]


main()

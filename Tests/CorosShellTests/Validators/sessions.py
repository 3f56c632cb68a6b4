"""Sessions of every kind: what is typed before a page is exported."""

ADDER = ["shared n = 0", "mutex m", "program adder(times) {", "  repeat times {", "    lock m", "    n = n + 1",
         "    unlock m", "  }", "  write n", "}"]

MIXED = ["spawn count 4", "spawn clock 3", "spawn family 2", "spawn dice 3"]

SESSIONS = {
    "builtin": MIXED + ["run"],
    "stopped": ["spawn count 9", "spawn clock 9", "spawn family 2", "run 7", "stop 1", "run 8", "kill 2", "run 3",
                "resume 1", "spawn count 2", "run"],
    "locks": ["spawn abba", "spawn count 5", "run"],
    "philosophers": ["spawn philosophers", "run 200"],
    "typed": ADDER + ["spawn adder 3 x3", "run"],
    "mixed": ["policy rr quantum=2"] + ADDER + ["spawn adder 4 x2"] + MIXED + ["run"],
    "travelled": ["policy rr quantum=3"] + MIXED + ["run 30", "back 12", "kill 2", "bookmark here", "run 40", "back 9",
                                                   "forward 4", "spawn count 3", "run"],
    "picked": ["policy manual", "spawn count 3", "spawn count 3", "spawn count 3", "pick 2", "step", "pick 3", "step", "pick 1", "step", "pick 2",
               "step", "policy rr quantum=1", "run"],
    "workload": ["policy stcf", "workload at=0,len=5 at=2,len=3,io=1 at=9,len=4", "run"],
    "cancelled": ADDER + ["spawn adder 3", "spawn clock 9", "run 4", "cancel 2 enough", "send 1 hello", "run"],
    "replayed": MIXED + ["run 40", "replay schedule1@7@rr:quantum=1@1x3.2.1.2.3x2.4", "run"],
    "switching": ["machine switch=2"] + MIXED + ["run"],
    "hostile": ["bookmark '</script><script>document.title=1</script>'", "mutex m",
                "program p {", '  write "</script><img src=x onerror=document.title=1>"', "  lock m", "}",
                "spawn p", "spawn p", "run"],
    "assembly": ["policy timer every=3", "asm Examples/asm/race.s threads=2 bx=3", "run 200"],
    "empty": [],
}

RACE = ["shared n = 0", "program bump {", "  n = n + 1", "}"]

# What is explored, and then shown on a page beside an order that passes; the last line explores.
EXPLORED = {
    "circle": ["spawn abba", "explore"],
    "philosophers": ["spawn philosophers", "explore"],
    "race": RACE + ["finally n == 2", "spawn bump x2", "explore"],
    "race of many": RACE + ["finally n == 9", "spawn bump x9", "explore random"],
    "always": RACE + ["always n < 2", "spawn bump x2", "explore"],
    "critical": ["program visit {", "  critical { }", "}", "spawn visit x2", "explore"],
    "assert": RACE + ["program check {", "  var a = n", "  var b = n", "  assert a == b", "}", "spawn check; spawn bump",
                     "explore"],
    "stuck": ["mutex m", "program stuck {", "  lock m", "  lock m", "}", "spawn stuck x2", "explore"],
    "channel": ["channel line 1", "program asks {", "  var x = 0", "  receive line x", "  write x", "}", "program tells {", "  send line me", "}",
                "spawn asks x2; spawn tells", "explore"],
    "under a policy": ["policy mlfq quanta=2/4"] + RACE + ["finally n == 2", "spawn bump x2", "explore pct"],
    "later": ["spawn count 3; spawn clock 3; run 6"] + RACE + ["finally n == 2", "spawn bump x2", "explore dfs --depth 40"],
    "hostile": ["shared n = 0", "program p {", "  n = n + 1", '  write "</script><img src=x onerror=document.title=1>"', "}",
                "finally n == 2", "spawn p x2", "explore"],
}

for policy in ["fifo", "sjf", "stcf", "priority", "mlfq", "lottery", "stride", "fair", "rr quantum=4", "hrrn",
               "timer every=3", "pattern order=1/1/2"]:
    SESSIONS["under " + policy] = ["policy " + policy] + ADDER + ["spawn adder 2 x2", "spawn clock 3",
                                                                  "spawn count 3", "spawn family 2", "run 400"]

"""Coros beside SPIN and Harmony: from the command to the verdict, and states a second.

usage: exploring.py COROS [--quick]

Each program is written three times, by us, with the same steps. SPIN generates a verifier, which is compiled and run;
all three are part of the time, as they are for who waits. What is not installed is skipped with a line. Concuerror's
figures, which stand below the table, are published ones.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time


def philosophers(n):
    coros = f"""mutex fork[{n}]
program phil(i, j) {{ lock fork[i]; lock fork[j]; unlock fork[i]; unlock fork[j] }}
""" + "".join(f"spawn phil {i} {(i + 1) % n}\n" for i in range(n))
    spin = f"""#define N {n}
bool held[N];
proctype phil(byte i; byte j) {{
  atomic {{ !held[i]; held[i] = true }}
  atomic {{ !held[j]; held[j] = true }}
  held[i] = false;
  held[j] = false
}}
init {{ atomic {{ byte k = 0; do :: k < N -> run phil(k, (k + 1) % N); k++ :: else -> break od }} }}
"""
    harmony = f"""const N = {n}
held = [False,] * N
def phil(i):
    let j = (i + 1) % N:
        atomically when not held[i]: held[i] = True
        atomically when not held[j]: held[j] = True
        atomically held[i] = False
        atomically held[j] = False
for k in {{0..N-1}}:
    spawn phil(k)
"""
    return coros, spin, harmony


def counters(n):
    coros = "shared x = 0\nprogram add { var r = x; x = r + 1 }\n" + "spawn add\n" * n
    spin = f"""#define N {n}
byte x;
proctype add() {{ byte r; r = x; x = r + 1 }}
init {{ atomic {{ byte k = 0; do :: k < N -> run add(); k++ :: else -> break od }} }}
"""
    harmony = f"""const N = {n}
x = 0
def add():
    var r = 0
    atomically r = x
    atomically x = r + 1
for k in {{1..N}}:
    spawn add()
"""
    return coros, spin, harmony


def peterson(n):
    """Peterson's lock for two, taken n times by each."""
    coros = f"""shared wants[2], turn = 0, inside = 0
program p(i, j) {{
  var k = 0
  while k < {n} {{
    wants[i] = 1
    turn = j
    await wants[j] == 0 or turn == i
    atomic {{ inside = inside + 1; assert inside == 1 }}
    inside = 0
    wants[i] = 0
    k += 1
  }}
}}
spawn p 0 1
spawn p 1 0
"""
    spin = f"""bool wants[2]; byte turn; byte inside;
proctype p(byte i; byte j) {{
  byte k = 0;
  do
  :: k < {n} ->
     wants[i] = true;
     turn = j;
     (!wants[j] || turn == i);
     atomic {{ inside++; assert(inside == 1) }}
     inside = 0;
     atomic {{ wants[i] = false; k++ }}
  :: else -> break
  od
}}
init {{ atomic {{ run p(0, 1); run p(1, 0) }} }}
"""
    harmony = f"""wants = [False, False]
turn = 0
inside = 0
def p(i):
    let j = 1 - i:
        for k in {{1..{n}}}:
            atomically wants[i] = True
            atomically turn = j
            atomically when (not wants[j]) or (turn == i): pass
            atomically:
                inside += 1
                assert inside == 1
            atomically inside = 0
            atomically wants[i] = False
for k in {{0, 1}}:
    spawn p(k)
"""
    return coros, spin, harmony


def buffer(n):
    """n producers and n consumers of one value each, with room for two."""
    coros = "shared filled = 0\n" + (
        "program put { when filled < 2 { filled = filled + 1 }; yield }\n"
        "program take { when filled > 0 { filled = filled - 1 }; yield }\n"
    ) + "spawn put\nspawn take\n" * n
    spin = f"""#define N {n}
byte filled;
proctype put() {{ atomic {{ filled < 2; filled++ }} skip }}
proctype take() {{ atomic {{ filled > 0; filled-- }} skip }}
init {{ atomic {{ byte k = 0; do :: k < N -> run put(); run take(); k++ :: else -> break od }} }}
"""
    harmony = f"""const N = {n}
filled = 0
done = 0
def put():
    atomically when filled < 2: filled += 1
    atomically pass
def take():
    atomically when filled > 0: filled -= 1
    atomically pass
for k in {{1..N}}:
    spawn put()
    spawn take()
"""
    return coros, spin, harmony


def readers(n):
    """n readers and two writers of one value under a lock that readers share."""
    coros = f"""shared inside = 0, writing = 0
program reader {{ when writing == 0 {{ inside = inside + 1 }}; yield; atomic {{ inside = inside - 1 }} }}
program writer {{ when writing == 0 and inside == 0 {{ writing = 1 }}; yield; writing = 0 }}
""" + "spawn reader\n" * n + "spawn writer\n" * 2
    spin = f"""#define N {n}
byte inside; bool writing;
proctype read() {{ atomic {{ !writing; inside++ }} skip; inside-- }}
proctype write() {{ atomic {{ !writing && inside == 0; writing = true }} skip; writing = false }}
init {{ atomic {{ byte k = 0; do :: k < N -> run read(); k++ :: else -> break od; run write(); run write() }} }}
"""
    harmony = f"""const N = {n}
inside = 0
writing = False
def read():
    atomically when not writing: inside += 1
    atomically pass
    atomically inside -= 1
def write():
    atomically when (not writing) and (inside == 0): writing = True
    atomically pass
    atomically writing = False
for k in {{1..N}}:
    spawn read()
for k in {{1, 2}}:
    spawn write()
"""
    return coros, spin, harmony


PROGRAMS = [
    ("philosophers", philosophers, (4, 6, 8), (4,)),
    ("counters", counters, (3, 5, 6), (3,)),
    ("peterson", peterson, (1, 10, 100), (1,)),
    ("buffer", buffer, (2, 3, 4), (2,)),
    ("readers-writers", readers, (3, 5, 7), (3,)),
]

LIMIT = 60


def run(command, folder):
    """The seconds, and what was printed; none where it takes too long."""
    start = time.perf_counter()
    try:
        done = subprocess.run(
            command, cwd=folder, shell=isinstance(command, str), capture_output=True, text=True, timeout=LIMIT
        )
    except subprocess.TimeoutExpired:
        return None, ""
    return time.perf_counter() - start, done.stdout + done.stderr


def number(pattern, text):
    found = re.search(pattern, text)
    return int(float(found.group(1).replace(",", ""))) if found else None


def with_coros(coros, how, counted, text, folder):
    with open(f"{folder}/model.coros", "w") as file:
        file.write(text + f"explore {how} --all --no-shrink --steps 1e9\n")
    seconds, output = run([coros, "--json", f"{folder}/model.coros"], folder)
    return seconds, number(rf'"{counted}":(\d+)', output)


def with_spin(text, folder):
    with open(f"{folder}/model.pml", "w") as file:
        file.write(text)
    # -c0: all errors, not the first; -m: deep enough; a full search, without reduction, as Coros counts states.
    command = "spin -a model.pml && gcc -O2 -DSAFETY -DNOREDUCE -o pan pan.c && ./pan -c0 -m1000000 -w24"
    seconds, output = run(command, folder)
    return seconds, number(r"([\d.e+]+) states, stored", output)


def with_harmony(harmony, text, folder):
    with open(f"{folder}/model.hny", "w") as file:
        file.write(text)
    seconds, output = run([harmony, "--noweb", "model.hny"], folder)
    return seconds, number(r"(\d+) states", output)


def column(seconds, states):
    if seconds is None:
        return f"over {LIMIT} s"
    if states is None:
        return f"{seconds:.2f} s, no verdict"
    return f"{seconds:.2f} s {states:>10,}"


def main():
    coros = os.path.abspath(sys.argv[1])
    spin = shutil.which("spin") and shutil.which("gcc")
    harmony = shutil.which("harmony")
    if not spin:
        print("SPIN is skipped: spin (Debian: spin) or gcc is not installed")
    if not harmony:
        print("Harmony is skipped: harmony (PyPI: harmony) is not installed")
    print("from the command to the verdict, and how many classes or states there are")
    heads = ["Coros, dpor", "Coros, states", "Coros, merged", "SPIN", "Harmony"]
    print(" " * 20 + "".join(f"{head:>22}" for head in heads) + "  ratios")
    for name, make, sizes, quick in PROGRAMS:
        for size in quick if "--quick" in sys.argv else sizes:
            models = make(size)
            with tempfile.TemporaryDirectory() as folder:
                ours = [
                    with_coros(coros, "dpor", "classes", models[0], folder),
                    with_coros(coros, "states", "states", models[0], folder),
                    with_coros(coros, "merged", "states", models[0], folder),
                ]
                others = [
                    with_spin(models[1], folder) if spin else None,
                    with_harmony(harmony, models[2], folder) if harmony else None,
                ]
            fastest = min((seconds for seconds, _ in ours if seconds), default=None)
            ratios = [f"{other[0] / fastest:.1f}" if other and other[0] and fastest else "-" for other in others]
            columns = [column(*one) for one in ours] + [column(*other) if other else "-" for other in others]
            label = f"{name}({size})"
            print(f"{label:<20}" + "".join(f"{text:>22}" for text in columns) + "  " + " ".join(ratios), flush=True)
    print(
        "ratios: how many times as long SPIN and Harmony take as the fastest way of Coros. Each counts the states of its own semantics: with\n"
        "`states` the end of a task, and a lock that must wait, are steps, and schedules are counted; with `merged` they are not, and\n"
        "steps that nobody can tell have no states; in SPIN the creation of processes is one. Like Harmony, `merged` counts\n"
        "tasks that are alike as the same; SPIN does not, and runs without its reduction.\n"
        "Concuerror, as published with Optimal DPOR (POPL 2014): filesystem(19) 32 classes, lastzero(15) 147,456,\n"
        "readers(13) 8,192; it explores some 2,000 to 5,000 classes a second."
    )


main()

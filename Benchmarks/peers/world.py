"""Coros beside other servers: the CPU time of an echo and of a web request, and what idle connections cost.

usage: world.py SERVE COROS [--quick] [--nio PROGRAM] [--only NAMES] [--at NUMBERS] [--rounds N]

`--only coros,go` measures the servers whose names begin so, and `--at 50,http,idle,wake,first` only these columns; a number is one
of connections, of which there are at most as many as a process may have descriptors.

Each server is a process on core 0; the clients are on core 1. What is measured is the CPU time of the server, user and
system, of all its threads, for each answer, so other load counts less than with rates. The servers take turns, round after
round; the tables have medians. Beside: the memory of idle connections, and with one client the time from a message
to its answer, and to the first instruction of the task that gets it. What is not installed is skipped with a line.
"""

import os
import pathlib
import resource
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time

here = pathlib.Path(__file__).parent / "world"
arguments = sys.argv[1:]
quick = "--quick" in arguments


def option(name, standard=None):
    return arguments[arguments.index(name) + 1] if name in arguments else standard


nio = option("--nio", str(here.parent / "nio/.build/release/niopeer"))
only = option("--only", "").split(",")
places = option("--at", "50,1000,5000,20000,http,idle,wake,first").split(",")
serve, coros = arguments[:2]
build = pathlib.Path(tempfile.mkdtemp(prefix="coros-bench."))
# Below those that the system gives to clients.
port = 12_000 + os.getpid() % 15_000
cores = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []


def note(text):
    print(text, file=sys.stderr, flush=True)


def core(number):
    """Puts a child on a core of its own, where there are two."""
    if len(cores) < 2:
        return None
    return lambda: os.sched_setaffinity(0, {cores[number]})


def compiled(name, tool, *command):
    """A program from a source; nil and a line when its tool is missing or fails."""
    if not shutil.which(tool):
        note(f"skipping {name}: {tool} is not installed")
        return None
    result = subprocess.run(command, capture_output=True, text=True)
    if result.returncode:
        note(f"skipping {name}: {result.stderr.strip().splitlines()[-1] if result.stderr.strip() else 'it cannot be built'}")
        return None
    return True


def python(library):
    """Whether a library of Python is there."""
    if library == "select" or not subprocess.run([sys.executable, "-c", f"import {library}"], capture_output=True).returncode:
        return True
    note(f"skipping {library}: it is not installed")
    return False


def servers():
    """The name of each server, its command without the port, what it can do, and its environment."""
    result = []
    if os.access(serve, os.X_OK):
        modes = ("recording off", "plain"), ("state machines", "machine"), ("all observed", "observed")
        for name, mode in (*modes, ("recorded", "recorded"), ("time machine", "travelling")):
            can = "echo http" if mode == "machine" else "echo http first"
            result.append((f"coros, {name}", [serve, "{kind}", "{port}", mode], can, {}))
    else:
        note(f"skipping the library: there is no {serve}")
    script = "limit recording 64000000000; limit tasks 30000; spawn {kind} {port}; run"
    result.append(("coros, at its prompt", [coros, "-c", script], "echo http", {}))
    if compiled("C epoll", "cc", "cc", "-O2", "-o", f"{build}/epoll", str(here / "epoll.c")):
        result.append(("C epoll", [f"{build}/epoll", "{port}"], "echo", {}))
    if compiled("libuv", "cc", "cc", "-O2", "-o", f"{build}/libuv", str(here / "libuv.c"), "-luv"):
        result.append(("libuv", [f"{build}/libuv", "{port}"], "echo", {}))
    if compiled("go", "go", "go", "build", "-o", f"{build}/goserver", str(here / "server.go")):
        result.append(("go", [f"{build}/goserver", "{kind}", "{port}"], "echo http", {}))
    if os.access(nio, os.X_OK):
        result.append(("nio, handler", [nio, "handler-{kind}", "{port}"], "echo http", {}))
        result.append(("nio, async", [nio, "async-{kind}", "{port}"], "echo", {}))
    else:
        note("skipping nio: `swift build -c release --package-path Benchmarks/peers/nio` builds it")
    if compiled("erlang", "erlc", "erlc", "-o", str(build), str(here / "server.erl")):
        command = ["erl", "-noshell", "+S", "1", "+Q", "65536", "-pa", str(build), "-s", "server", "main", "-extra", "{port}"]
        result.append(("erlang", command, "echo", {}))
    tuned = {"MALLOC_MMAP_THRESHOLD_": "8388608", "MALLOC_TRIM_THRESHOLD_": "8388608"}
    for library in ("uvloop", "asyncio", "curio", "trio", "select"):
        if not python(library):
            continue
        command = [sys.executable, str(here / "server.py"), library, "{kind}", "{port}"]
        can = "echo few" if library == "select" else "echo http"
        result.append((library, command, can, {}))
        if library == "asyncio":
            result.append(("asyncio, malloc set", command, can, tuned))
    return result


def cpu(pid):
    """The nanoseconds that all threads of a process have run."""
    total = 0
    for task in pathlib.Path(f"/proc/{pid}/task").iterdir():
        try:
            total += int((task / "schedstat").read_text().split()[0])
        except OSError:
            pass
    return total


def memory(pid):
    return int(pathlib.Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


class Server:
    def __init__(self, server, kind):
        global port
        port += 1
        name, command, _, environment = server
        words = [word.replace("{kind}", kind).replace("{port}", str(port)) for word in command]
        self.process = subprocess.Popen(
            words, env={**os.environ, **environment}, preexec_fn=core(0), stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )
        self.pid, self.port = self.process.pid, port

    def __enter__(self):
        return self

    def __exit__(self, *_):
        os.killpg(self.pid, signal.SIGKILL)
        self.process.wait()


def clients(port, connections, seconds, mode="load"):
    return subprocess.Popen(
        [f"{build}/load", str(port), str(connections), str(seconds), mode], preexec_fn=core(1),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )


def echo(server, connections, seconds):
    """Microseconds of CPU for an echo."""
    with Server(server, "echo") as running:
        load = clients(running.port, connections, seconds)
        if load.stdout.readline() != "ready\n":
            raise RuntimeError(load.stderr.read().strip())
        before = cpu(running.pid)
        answers = load.communicate(timeout=120)[0].strip()
        if load.returncode:
            raise RuntimeError("the server hung up")
        return (cpu(running.pid) - before) / int(answers) / 1e3


def request(server, seconds):
    """Microseconds of CPU for a web request over one of 50 open connections."""
    with Server(server, "http") as running:
        wrk = ["wrk", "-t1", "-c50", f"-d{seconds}s", f"http://127.0.0.1:{running.port}/"]
        # It may take a while to listen.
        clients(running.port, 1, 0, "idle").communicate(timeout=60)
        subprocess.run([*wrk[:3], "-d1s", wrk[4]], preexec_fn=core(1), capture_output=True)
        before = cpu(running.pid)
        output = subprocess.run(wrk, preexec_fn=core(1), capture_output=True, text=True).stdout
        after = cpu(running.pid)
        count = next(int(line.split()[0]) for line in output.splitlines() if "requests in" in line)
        return (after - before) / count / 1e3


def idle(server, connections):
    """KiB of resident memory that an idle connection takes."""
    with Server(server, "echo") as running:
        few = clients(running.port, 50, 0.2, "idle")
        few.communicate(timeout=60)
        before = memory(running.pid)
        many = clients(running.port, connections, 3, "idle")
        many.stdout.readline()
        time.sleep(2)
        after = memory(running.pid)
        many.communicate(timeout=60)
        return (after - before) / connections / 1024


def wake(server, seconds, mode="wake"):
    """Microseconds from a message to its answer, with one client: median and 99th of a hundred.

    With `first`, to the first instruction of the task that gets it.
    """
    with Server(server, "first" if mode == "first" else "echo") as running:
        output = clients(running.port, 1, seconds, mode).communicate(timeout=60)[0]
        times = sorted(float(line) for line in output.split())
        return times[len(times) // 2], times[len(times) * 99 // 100]


def measured(all, what, action, rounds):
    """The median of each server; those that fail are left out with a line."""
    values = {server[0]: [] for server in all}
    for round in range(rounds):
        for server in list(all):
            note(f"{what}, round {round + 1} of {rounds}: {server[0]}")
            try:
                values[server[0]].append(action(server))
            except Exception as error:
                note(f"skipping {server[0]}, {what}: {error}")
                all = [other for other in all if other is not server]
    return {name: found for name, found in values.items() if found}


def main():
    if not compiled("the clients", "cc", "cc", "-O2", "-o", f"{build}/load", str(here / "load.c")):
        sys.exit(1)
    all = [server for server in servers() if any(server[0].startswith(name) for name in only)]
    rounds, seconds = (1, 1) if quick else (3, 1.5)
    rounds = int(option("--rounds", rounds))
    columns = {}
    # A few descriptors are for other things, and at its prompt Coros keeps some back.
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1] - 100
    for connections in (int(place) for place in places if place.isdigit()):
        if connections > most:
            note(f"{most:,} connections instead of {connections:,}: `ulimit -Hn` allows no more")
            connections = most
        able = [s for s in all if "few" not in s[2] or connections < 1_000]
        columns[f"echo {connections:,}"] = measured(
            able, f"echo at {connections:,}", lambda s: echo(s, connections, seconds), rounds
        )
    if "http" in places and shutil.which("wrk"):
        able = [s for s in all if "http" in s[2]]
        columns["http 50"] = measured(able, "http", lambda s: request(s, 2), rounds)
    elif "http" in places:
        note("skipping http: wrk is not installed")
    able = [s for s in all if "few" not in s[2]]
    if "idle" in places:
        columns["KiB idle"] = measured(able, "idle", lambda s: idle(s, 2_000), 1)
    if "wake" in places:
        delays = measured(able, "wake", lambda s: wake(s, 1 if quick else 3), 1)
        columns["wake p50"] = {name: [found[0][0]] for name, found in delays.items()}
        columns["wake p99"] = {name: [found[0][1]] for name, found in delays.items()}
    if "first" in places:
        able = [s for s in all if "first" in s[2]]
        delays = measured(able, "first", lambda s: wake(s, 1 if quick else 3, "first"), 1)
        columns["first p99"] = {name: [found[0][1]] for name, found in delays.items()}

    names = [server[0] for server in all if any(server[0] in column for column in columns.values())]
    width = max(map(len, names))
    print("CPU microseconds of the server for each answer; KiB for each idle connection; microseconds to an answer, and "
          "to the first instruction of the task")
    print(" " * width + "".join(f"{title:>12}" for title in columns))
    for name in names:
        cells = (columns[title].get(name) for title in columns)
        print(f"{name:<{width}}" + "".join(f"{statistics.median(c):>12.1f}" if c else " " * 12 for c in cells))
    print(f"load of the machine: {os.getloadavg()[0]:.1f}")


try:
    main()
finally:
    shutil.rmtree(build, ignore_errors=True)

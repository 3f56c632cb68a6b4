"""Reads a page of `export --html` without a browser, and prints what it says of the run.

It checks that the page is whole, that its policy allows exactly its own script and styles, and that nothing in it
refers to anything else; then it reads all rows by the rules of Exports.md.
"""
import base64
import hashlib
import html.parser
import json
import re
import sys

DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
# What follows each kind of item: n a number, s one that may be negative, p a phrase, l a list of phrases, and
# * as many numbers as the number before says, each of them one (1) or two (2).
SHAPES = {
    "note": "p", "output": "np", "task": "nnn", "state": "nnp", "queue": "nn*1", "key": "np", "ticksLeft": "s",
    "readiness": "nssp", "why": "nl", "whyPart": "nnp", "choice": "l", "object": "nnn", "holders": "n*2",
    "waiting": "n*1", "detail": "np", "place": "nnn", "variable": "nnp", "variables": "nl", "policy": "n",
    "dispatches": "nn", "removed": "n",
}


class Page(html.parser.HTMLParser):
    """The elements of a page, and the texts within scripts and styles."""

    def __init__(self):
        super().__init__()
        self.scripts, self.styles, self.policy, self.open, self.ids = [], [], "", [], set()
        # The pictures of a comparison, as text.
        self.pictures = []

    def handle_starttag(self, tag, attributes):
        facts = dict(attributes)
        if tag == "img":
            kind, _, picture = facts.pop("src").partition(";base64,")
            assert kind == "data:image/svg+xml" and facts["alt"], facts
            self.pictures.append(base64.b64decode(picture, validate=True).decode())
        for name in facts:
            assert not name.startswith("on") and name not in ("style", "src", "srcset", "action"), (tag, name)
        for name in ("href", "xlink:href"):
            assert facts.get(name, "#").startswith("#"), facts
        assert tag not in ("link", "iframe", "object", "embed", "base"), tag
        if "id" in facts:
            assert facts["id"] not in self.ids, "two elements are called " + facts["id"]
            self.ids.add(facts["id"])
        if facts.get("http-equiv") == "Content-Security-Policy":
            self.policy = facts["content"]
        self.open.append((tag, facts))

    def handle_data(self, data):
        tag, facts = self.open[-1] if self.open else ("", {})
        if tag == "script":
            self.scripts.append((facts, data))
        if tag == "style":
            self.styles.append(data)

    def handle_endtag(self, tag):
        self.open.append(("", {}))


def digest(text):
    return "'sha256-%s'" % base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


class Reader:
    def __init__(self, run, row):
        self.run, self.row, self.place = run, row, 0

    def number(self):
        value = shift = 0
        while True:
            digit = DIGITS.index(self.row[self.place])
            self.place += 1
            value |= (digit & 31) << shift
            shift += 5
            if digit < 32:
                return value

    def signed(self):
        number = self.number()
        return -(number + 1) // 2 if number % 2 else number // 2

    def phrase(self, pattern=None):
        pattern = self.number() if pattern is None else pattern
        places = re.findall("\x01(.)", self.run["phrases"][pattern])
        assert all(place in "#-tjlsBokq" for place in places)
        return pattern, [self.number() for place in places if place in "#-q"]

    def item(self):
        wanted = self.number()
        kind = next(name for name, number in self.run["items"].items() if number == wanted)
        values = []
        shape = SHAPES[kind]
        for index, letter in enumerate(shape):
            if letter == "n":
                values.append(self.number())
            elif letter == "s":
                values.append(self.signed())
            elif letter == "p":
                values.append(self.phrase())
            elif letter == "l":
                values.append([self.phrase(pattern) for pattern in self.run["lists"][self.number()]])
            elif letter == "*":
                count = self.number()
                values.append([self.number() for _ in range(count * int(shape[index + 1]))])
        return kind, values


def plain(run, pattern, numbers):
    """A phrase in which only numbers stand."""
    first, *rest = run["phrases"][pattern].split("\x01")
    assert all(part[0] == "#" for part in rest) and len(rest) == len(numbers)
    return first + "".join(str(number) + part[1:] for number, part in zip(numbers, rest))


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        text = file.read()
    page = Page()
    page.feed(text)
    data = [script for facts, script in page.scripts if facts.get("id") == "run"]
    code = [script for facts, script in page.scripts if facts.get("id") != "run"]
    assert len(data) == 1 and len(code) == 1, "a page has its run and one script"
    wanted = "default-src 'none'; script-src %s; style-src %s; %sbase-uri 'none'; form-action 'none'" % (
        digest(code[0]), " ".join(map(digest, page.styles)), "img-src data:; " if page.pictures else "")
    assert page.policy == wanted, (page.policy, wanted)
    assert "<" not in data[0], "the run could end its element"
    run = json.loads(data[0])
    assert (run["coros"], run["version"]) == ("replay", 1)
    assert set(run["items"]) == set(SHAPES)
    tick, steps, ticks, output, names, states, ran = 0, [], [], [], {}, {}, {}
    for row in run["rows"].split(","):
        reader = Reader(run, row)
        tick += reader.number()
        task = reader.number()
        reader.phrase()
        ticks.append(tick)
        if task:
            steps.append(task)
            ran[task] += 1
        while reader.place < len(row):
            kind, values = reader.item()
            if kind == "task":
                names[values[0]] = run["texts"][values[1]]
                ran[values[0]] = 0
            elif kind == "output":
                output.append([values[0], plain(run, *values[1])])
            elif kind == "state":
                states[values[0]] = run["states"][values[1]][0]
            elif kind == "dispatches":
                ran[values[0]] = values[1]
    tids = sorted(names)
    print(json.dumps({
        "steps": steps, "ticks": ticks, "output": output, "names": [names[tid] for tid in tids],
        "states": [states[tid] for tid in tids], "ran": [ran[tid] for tid in tids], "schedule": run["schedule"],
        "journal": run["journal"], "bytes": len(data[0].encode()), "rows": len(run["rows"]),
        "pictures": page.pictures,
    }))


main()

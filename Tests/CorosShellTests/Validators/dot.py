"""Reads a graph by the grammar at graphviz.org/doc/info/lang.html, and prints its nodes and edges."""
import json
import re
import sys

TOKEN = re.compile(r'"((?:[^"\\]|\\.)*)"|([A-Za-z_\u0080-\U0010ffff][\w]*|-?\d+)|(->|[{}\[\]=,;])|(\s+)', re.S)


def tokens(text):
    place = 0
    while place < len(text):
        match = TOKEN.match(text, place)
        assert match, ("no token", text[place:place + 40])
        place = match.end()
        if match[1] is not None:
            yield ("id", match[1])
        elif match[2] is not None:
            yield ("id", match[2])
        elif match[3] is not None:
            yield ("sign", match[3])


class Reader:
    def __init__(self, text):
        self.tokens = list(tokens(text)) + [("end", "")]

    def next(self):
        return self.tokens[0]

    def take(self, kind, value=None):
        found = self.tokens.pop(0)
        assert found[0] == kind and value in (None, found[1]), (found, kind, value)
        return found[1]

    def attributes(self):
        result = {}
        if self.next() != ("sign", "["):
            return result
        self.take("sign", "[")
        while self.next() != ("sign", "]"):
            key = self.take("id")
            self.take("sign", "=")
            result[key] = self.take("id")
            if self.next() == ("sign", ","):
                self.take("sign", ",")
        self.take("sign", "]")
        return result


def text(label):
    """What a label shows: escapes and entities undone."""
    label = re.sub(r"\\(.)", lambda match: "\n" if match[1] == "n" else match[1], label)
    assert not re.search(r"&(?!amp;)", label), label
    return label.replace("&amp;", "&")


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        reader = Reader(file.read())
    reader.take("id", "digraph")
    reader.take("id")
    reader.take("sign", "{")
    nodes, edges = {}, []
    while reader.next() != ("sign", "}"):
        name = reader.take("id")
        if reader.next() == ("sign", "->"):
            reader.take("sign", "->")
            target = reader.take("id")
            edges.append([name, target, reader.attributes().get("label", "")])
        else:
            label = reader.attributes().get("label")
            if name not in ("graph", "node", "edge"):
                assert name not in nodes, name
                nodes[name] = text(label)
    reader.take("sign", "}")
    reader.take("end")
    for source, target, _ in edges:
        assert source in nodes and target in nodes, (source, target)
    print(json.dumps({"nodes": nodes, "edges": edges}))


main()

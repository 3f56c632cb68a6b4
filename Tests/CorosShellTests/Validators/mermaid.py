"""Reads a flowchart line by line, and prints its nodes and edges."""
import json
import re
import sys

NODE = re.compile(r'(\w+)(?:\[("[^"]*")\]|>("[^"]*")\]|\(\[("[^"]*"|\w+)\]\))(?::::\w+)*')
EDGE = re.compile(r'(\w+) (?:-->|(?:-\.|--|==) ("[^"]*") (?:\.->|-->|==>)) (\w+)')
CLASS = re.compile(r"classDef \w+ [\w:#,-]+")


def text(label):
    """What a label shows: numbers of characters, and breaks, undone."""
    label = label.strip('"').replace("<br/>", "\n")
    assert not re.search(r"[`<>&\x00-\x09\x0b-\x1f\x7f]", label), label
    return re.sub(r"#(\d+);", lambda match: chr(int(match[1])), label)


def main():
    with open(sys.argv[1], encoding="utf-8", newline="\n") as file:
        lines = file.read().split("\n")
    assert lines.pop() == ""
    assert lines.pop(0).startswith("%%") and lines.pop(0) == "flowchart TD"
    nodes, edges = {}, []
    for line in lines:
        line = line.removeprefix("  ")
        node, edge = NODE.fullmatch(line), EDGE.fullmatch(line)
        if node:
            assert node[1] not in nodes, line
            nodes[node[1]] = text(node[2] or node[3] or node[4])
        elif edge:
            edges.append([edge[1], edge[3], text(edge[2] or "")])
        else:
            assert CLASS.fullmatch(line), line
    for source, target, _ in edges:
        assert source in nodes and target in nodes, (source, target)
    print(json.dumps({"nodes": nodes, "edges": edges}))


main()

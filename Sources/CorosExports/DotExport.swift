import CorosFiles
import CorosInsight
import CorosKernel
import CorosLanguage

/// The graph of tasks in the language of Graphviz.
enum DotExport: ExportFormat {
  static let name = "dot"
  static let summary = "who waits for whom, for Graphviz"
  static let kind = FileKind(noun: "a graph that coros drew", beginning: "digraph coros {")

  static func write(_ request: ExportRequest, into sink: any TextSink) throws(FileError) {
    try sink.write(
      """
      \(kind.beginning)
        graph [label=\(quoted(["tick \(request.scheduler.now)"])), rankdir=TB]
        node [shape=box, style=rounded, fontname="Helvetica"]
        edge [fontname="Helvetica", fontsize=10]

      """
    )
    try request.graph().forEachElement {
      (element) throws(FileError) in
      try sink.write("  \(line(element))\n")
    }
    try sink.write("}\n")
  }

  private static func line(_ element: TaskGraph.Element) -> String {
    switch element {
    case .operator: "t0 [label=\"you\", shape=plaintext]"
    case .task(let task, let isInCircle):
      "t\(task.tid) [label=\(quoted(TaskGraph.label(task)))\(look(task, isInCircle))]"
    case .channel(let number, let name):
      "\(TaskGraph.Node.channel(number).id) [label=\(quoted([name])), shape=cds, style=solid]"
    case .object(let id, let label):
      "\(TaskGraph.Node.object(id).id) [label=\(quoted(label)), shape=ellipse, style=solid]"
    case .hold(let object, let task, let words, let isInCircle):
      "\(TaskGraph.Node.object(object).id) -> t\(task) [label=\(quoted([words])), constraint=false"
        + (isInCircle ? "\(circle)]" : "]")
    case .child(let child, let parent): "t\(parent) -> t\(child) [color=gray, arrowhead=open]"
    case .wait(let task, let node, let words, let isInCircle):
      "t\(task) -> \(node.id) [label=\(quoted([words])), style=dashed, constraint=false"
        + (isInCircle ? "\(circle)]" : "]")
    }
  }

  /// How the edges of a circle look: red and bold.
  private static let circle = ", color=red, fontcolor=red, penwidth=3"

  private static func look(_ task: TaskInfo, _ isInCircle: Bool) -> String {
    if isInCircle { return ", color=red" }
    return switch task.state {
    case .ready, .running: ", color=darkgreen"
    case .exited: ", color=gray, fontcolor=gray"
    case .new, .waiting, .sleeping, .stopped: ""
    }
  }

  /// Lines as one string of the language.
  private static func quoted(_ lines: [String]) -> String {
    var result = "\""
    for (index, line) in lines.enumerated() {
      if index > 0 { result += "\\n" }
      for scalar in line.unicodeScalars {
        // Labels may contain escapes and entities; both begin with a character that is escaped here.
        switch scalar {
        case "\"": result += "\\\""
        case "\\": result += "\\\\"
        case "&": result += "&amp;"
        default: result.unicodeScalars.append(scalar)
        }
      }
    }
    return result + "\""
  }
}

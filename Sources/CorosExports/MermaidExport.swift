import CorosFiles
import CorosInsight
import CorosKernel
import CorosLanguage

/// The graph of tasks in the language of Mermaid, which many sites draw within a page.
enum MermaidExport: ExportFormat {
  static let name = "mermaid"
  static let summary = "the same, for Mermaid"
  static let kind = FileKind(noun: "a graph that coros drew", beginning: "%% Drawn by coros")

  static func write(_ request: ExportRequest, into sink: any TextSink) throws(FileError) {
    try sink.write("\(kind.beginning) at tick \(request.scheduler.now)\nflowchart TD\n")
    try request.graph().forEachElement {
      (element) throws(FileError) in
      try sink.write("  \(line(element))\n")
    }
    try sink.write(
      """
        classDef circle stroke:#c00,color:#c00
        classDef ended stroke-dasharray:3,color:#888

      """
    )
  }

  private static func line(_ element: TaskGraph.Element) -> String {
    switch element {
    case .operator: return "t0([you])"
    case .task(let task, let isInCircle):
      var line = "t\(task.tid)[\(quoted(TaskGraph.label(task)))]"
      if isInCircle { line += ":::circle" }
      if case .exited = task.state { line += ":::ended" }
      return line
    case .channel(let number, let name):
      return "\(TaskGraph.Node.channel(number).id)>\(quoted([name]))]"
    case .child(let child, let parent): return "t\(parent) --> t\(child)"
    case .object(let id, let label):
      return "\(TaskGraph.Node.object(id).id)([\(quoted(label))])"
    case .hold(let object, let task, let words, let isInCircle):
      return edge(TaskGraph.Node.object(object).id, words, "t\(task)", "--", "-->", isInCircle)
    case .wait(let task, let node, let words, let isInCircle):
      return edge("t\(task)", words, node.id, "-.", ".->", isInCircle)
    }
  }

  /// An arrow with words on it; a thick one in a circle.
  private static func edge(
    _ source: String,
    _ words: String,
    _ target: String,
    _ start: String,
    _ end: String,
    _ isInCircle: Bool
  ) -> String {
    let (start, end) = isInCircle ? ("==", "==>") : (start, end)
    return "\(source) \(start) \(quoted([words])) \(end) \(target)"
  }

  /// Lines as one label; characters with a special meaning are written as character numbers.
  private static func quoted(_ lines: [String]) -> String {
    var result = "\""
    for (index, line) in lines.enumerated() {
      if index > 0 { result += "<br/>" }
      for scalar in line.unicodeScalars {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", " ", ",", ".", ":", "-", "_":
          result.unicodeScalars.append(scalar)
        case _ where scalar.isASCII: result += "#\(scalar.value);"
        default: result.unicodeScalars.append(scalar)
        }
      }
    }
    return result + "\""
  }
}

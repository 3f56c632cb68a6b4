import CorosKernel

/// All that happened, an event a line, after the journal that brings it about again.
enum EventsExport: ExportFormat {
  static let option = Manual.Option("--jsonl", "FILE", "all events, as JSON, one a line")
  static let kind = FileKind(noun: "an export of events", beginning: #"{"coros":"events""#)
  static let version = 1
  static let header: JSON = ["coros": "events", "version": .int(version)]

  static func write(_ request: ExportRequest, into sink: any TextSink) throws(FileError) {
    try sink.write(header)
    let journal = request.shell.journalText
    // By bytes: a line may begin with what to Swift belongs to the newline before it.
    for line in journal.utf8.split(separator: UInt8(ascii: "\n")) {
      try sink.write(["journal": .string(String(Substring(line)))])
    }
    var last = 0
    try request.forEachEvent { (event) throws(FileError) in
      last = event.number
      try sink.write(event.json)
    }
    try sink.write(footer(events: last, tick: request.scheduler.now))
  }

  /// The last line, so that a file that is cut off is known as such.
  static func footer(events: Int, tick: Tick) -> JSON {
    ["events": .int(events), "tick": .int(tick)]
  }
}

extension TextSink {
  /// Takes in a value as a line.
  func write(_ json: JSON) throws(FileError) {
    var line = json.text
    line += "\n"
    try write(line)
  }
}

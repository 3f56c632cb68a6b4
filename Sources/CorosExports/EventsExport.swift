package import CorosFiles
import CorosInsight
import CorosKernel
package import CorosLanguage

/// All events, one per line, after the journal that recreates the run.
enum EventsExport: ExportFormat {
  static let name = "jsonl"
  static let summary = "all events, as JSON, one a line"
  static let kind = FileKind(noun: "an export of events", beginning: EventsFile.beginning)

  static func write(_ request: ExportRequest, into sink: any TextSink) throws(FileError) {
    try sink.write(EventsFile.header)
    // Splits by bytes: Swift may join the newline and the start of a line into one character.
    for line in request.journal.utf8.split(separator: UInt8(ascii: "\n")) {
      try sink.write(["journal": .string(String(Substring(line)))])
    }
    var last = 0
    try request.forEachEvent { (event) throws(FileError) in
      last = event.number
      try sink.write(event.json)
    }
    try sink.write(EventsFile.footer(events: last, tick: request.scheduler.now))
  }
}

extension TextSink {
  /// Writes a value as a line.
  package func write(_ json: JSON) throws(FileError) {
    var line = json.text
    line += "\n"
    try write(line)
  }
}

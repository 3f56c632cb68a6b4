import CorosFiles
import CorosKernel

/// What every task did in every tick, as a trace for Perfetto (ui.perfetto.dev).
///
/// It is the JSON of Chrome's trace viewer (Trace Event Format, Google, 2016). A tick is a microsecond.
enum TraceExport: ExportFormat {
  static let name = "perfetto"
  static let summary = "a trace that opens in ui.perfetto.dev"
  static let kind = FileKind(
    noun: "a trace that coros wrote",
    beginning: #"{"otherData":{"writer":"coros""#
  )

  static func write(_ request: ExportRequest, into sink: any TextSink) throws(FileError) {
    let scheduler = request.scheduler
    try sink.write(
      """
      \(kind.beginning),"version":1,"tick":\(scheduler.now),"seed":\(scheduler.seed)},
      "displayTimeUnit":"ns",
      "traceEvents":[
      {"ph":"M","pid":1,"tid":0,"ts":0,"name":"process_name","args":{"name":"coros"}}
      """
    )
    var fold = TraceFold()
    try request.forEachEvent { (event) throws(FileError) in
      fold.take(event)
      try sink.write(fold.takeText())
    }
    fold.finish(at: scheduler.now)
    try sink.write(fold.takeText())
    try sink.write("\n]}\n")
  }
}

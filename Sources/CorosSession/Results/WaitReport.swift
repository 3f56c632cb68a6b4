package import CorosKernel
import CorosLanguage

/// What came of waiting for a task.
package struct WaitReport: ResultObject {
  package let tid: TaskID
  /// How it ended; nil where there is no such task, or where a breakpoint came first.
  package let status: ExitStatus?
  /// The breakpoints that were hit; then nothing more is waited for.
  package let stop: ExplainedStop?

  package static let fields: [ResultField<Self>] =
    [
      .number("tid", "the task") { $0.tid.rawValue },
      .status("how it ended, null if there is no such task, or a breakpoint came first") {
        $0.status
      },
      .sometimes("stopped", .word(["breakpoint"]), "what the wait was given up for") {
        $0.stop == nil ? nil : "breakpoint"
      },
    ] + .fields(ofAny: { $0.stop })
}

import CorosInsight
package import CorosKernel

/// The end of what a task has written.
package struct TaskOutput {
  package let tid: TaskID
  /// The last lines, as many as were asked for.
  package let lines: [String]
  /// How many lines before them are kept, too.
  package let earlierLines: Int
  package let writtenBytes: Int
  /// How many bytes of that are not kept.
  package let droppedBytes: Int
  /// Whether anything is kept of it.
  package let isKept: Bool
  /// Whether what some tasks have written, this one perhaps among them, is forgotten altogether.
  package let isPerhapsForgotten: Bool
}

extension Session {
  /// Tells what a task has written, in O(n) of what is kept of it.
  ///
  /// - Parameters:
  ///   - tid: The task, living or not.
  ///   - count: The most lines.
  /// - Returns: Nil when there is no such task, and nothing is kept of it.
  package func output(of tid: TaskID, last count: Int) -> TaskOutput? {
    let output = recorders.outputs[tid]
    if output == nil, scheduler.info(tid) == nil { return nil }
    let lines = output?.lines ?? []
    let shown = lines.suffix(count)
    return TaskOutput(
      tid: tid,
      lines: Array(shown),
      earlierLines: lines.count - shown.count,
      writtenBytes: output?.writtenBytes ?? 0,
      droppedBytes: output?.droppedBytes ?? 0,
      isKept: output != nil,
      isPerhapsForgotten: recorders.outputs.hasForgotten
    )
  }
}

extension KeptOutput {
  /// By bytes: to Swift a carriage return and its newline are one character, and no newline.
  fileprivate var lines: [String] {
    kept.flatMap { text in
      text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        .map { String(Substring($0)) }
    }
  }
}

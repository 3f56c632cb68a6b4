import CorosInsight
package import CorosKernel

/// The most recent output of a task.
package struct TaskOutput {
  package let tid: TaskID
  /// The last lines, up to the number requested.
  package let lines: [String]
  /// The number of kept lines before them.
  package let earlierLines: Int
  package let writtenBytes: Int
  /// The number of bytes that are no longer kept.
  package let droppedBytes: Int
  /// Whether any output of the task is kept.
  package let isKept: Bool
  /// Whether the output of some tasks, perhaps of this one, has been forgotten.
  package let isPerhapsForgotten: Bool
}

extension Session {
  /// The most recent output of a task, in O(n) in the length of its kept output.
  ///
  /// - Parameters:
  ///   - tid: The task, live or ended.
  ///   - count: The maximum number of lines.
  /// - Returns: Nil if the task does not exist and none of its output is kept.
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
  /// The lines, split by bytes: to Swift, a carriage return and its newline are one character, not a newline.
  fileprivate var lines: [String] {
    kept.flatMap { text in
      text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        .map { String(Substring($0)) }
    }
  }
}

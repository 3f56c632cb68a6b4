package import CorosKernel

// Which tasks a run has dispatched.

extension TimeMachine {
  /// The end of the history at one time.
  package struct End {
    /// The last moment then.
    package let moment: Int
    fileprivate let choices: ChoiceLog.Mark
  }

  /// The present end of the history.
  package var end: End { End(moment: history.count, choices: history.choices.mark) }

  /// Lists the first tasks that ran since an earlier end of the history; O(most).
  ///
  /// It reads what is recorded anyway, so a run that is to be listed costs nothing more.
  ///
  /// - Parameters:
  ///   - end: an earlier end of the present history, to which moves have only been added.
  ///   - most: the most tasks to list.
  /// - Returns: the tasks, in the order in which they ran.
  package func tasks(since end: End, most: Int) -> [TaskID] {
    let count = min(most, dispatches(since: end.moment))
    var cursor = ChoiceLog.Cursor(history.choices, from: end.choices)
    var tasks: [TaskID] = []
    tasks.reserveCapacity(count)
    while tasks.count < count {
      let task = cursor.next()
      if task != .operator { tasks.append(task) }
    }
    return tasks
  }

  /// The number of steps between an earlier moment and the present.
  package func dispatches(since earlier: Int) -> Int {
    moment - earlier - (history.firstJump(at: moment) - history.firstJump(at: earlier))
  }
}

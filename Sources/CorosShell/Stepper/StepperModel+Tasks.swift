import CorosKernel

// Which task is selected, and which one is followed.

extension StepperModel {
  func select(_ places: Int) {
    habits.selected = tasks.task(places, from: target)
  }

  /// Selects the task that is shown in a cell.
  func select(row: Int, column: Int) {
    guard let task = view?.task(atRow: row, column: column) else { return }
    habits.selected = task
  }

  /// Goes through the tasks where the wheel is over their list, and else back in what has happened.
  func roll(_ lines: Int, column: Int) {
    if view?.isList(column: column) == true {
      select(lines.signum())
    } else {
      scrollBack(-lines)
    }
  }

  func follow() {
    if habits.followed != nil {
      habits.followed = nil
    } else {
      withTarget { habits.followed = $0 }
    }
  }
}

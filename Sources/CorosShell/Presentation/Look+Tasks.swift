import CorosInsight
package import CorosKernel
import CorosLanguage
package import CorosSession

// Descriptions of tasks that many commands share.

extension Look {
  /// A task by id and name.
  package func named(_ task: TaskInfo) -> String {
    "\(task.tid) \(style.paint(excerpt(of: task.name), .name))"
  }

  /// Tasks by id and name, each with a remark; of very many, only the first.
  package func named(_ tasks: QueuedTasks, _ remark: (TaskInfo) -> String = { _ in "" }) -> String {
    TaskWords.listed(tasks.first.map { named($0) + remark($0) }, of: tasks.tids.count)
  }

  /// Lines with titles, aligned.
  package func titled(_ rows: [(title: String, text: String)]) -> String {
    let width = rows.map(\.title.count).max() ?? 0
    return rows.map { title, text in
      let padding = String(repeating: " ", count: width - title.count)
      return style.paint(title, .heading) + padding + "  " + text + "\n"
    }.joined()
  }
}

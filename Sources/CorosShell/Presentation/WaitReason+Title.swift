import CorosKernel
import CorosLanguage

extension WaitReason {
  /// The title of the wait queue.
  var title: String {
    switch self {
    case .task(let target): "waiting for task \(target)"
    case .anyChild: "waiting for a child"
    case .time: "sleeping"
    case .io: "doing I/O"
    case .arrival: "arriving"
    case .channel(let channel): "waiting on \(excerpt(of: channel.name))"
    case .outside: "outside the kernel"
    }
  }
}

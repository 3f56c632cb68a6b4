import CorosKernel
import CorosLanguage

extension WaitReason {
  /// The title of the wait queue.
  package var title: String {
    switch self {
    case .task(let target): "waiting for task \(target)"
    case .anyChild: "waiting for a child"
    case .time: "sleeping"
    case .io: "doing I/O"
    case .arrival: "arriving"
    case .channel(let channel): "waiting on \(excerpt(of: channel.name))"
    case .object(let place): "waiting for \(excerpt(of: place.name))"
    case .anyOf(let places):
      "waiting for any of " + places.map { excerpt(of: $0.name) }.joined(separator: ", ")
    case .outside: "outside the kernel"
    }
  }
}

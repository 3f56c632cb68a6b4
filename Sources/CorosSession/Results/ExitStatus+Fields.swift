package import CorosKernel
import CorosLanguage

extension ExitStatus: ResultObject {
  package static let fields: [ResultField<Self>] = [
    .sometimes("exited", .number, "it ended by itself, with this exit code") {
      if case .exited(let code) = $0 { .int(code) } else { nil }
    },
    .sometimes("killed", .truth, "it was killed; always true") {
      if case .killed = $0 { .bool(true) } else { nil }
    },
    .sometimes("cancelled", .text, "why it was cancelled, if it ended by that") {
      if case .cancelled(_, let reason) = $0 { .string(reason) } else { nil }
    },
    .sometimes("by", .number, "who cancelled it") {
      if case .cancelled(let canceller, _) = $0 { .int(canceller.rawValue) } else { nil }
    },
    .sometimes("failed", .text, "it failed with this error") {
      if case .failed(let message) = $0 { .string(message) } else { nil }
    },
  ]
}

extension ResultField {
  /// How a task ended, under the key `status`; null while it lives.
  package static func status(
    _ meaning: String = "how it ended, null while it lives",
    _ value: @escaping @Sendable (Object) -> ExitStatus?
  ) -> Self {
    .objectOrNull("status", meaning, value)
  }
}

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

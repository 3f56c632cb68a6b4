public import CorosKernel

/// A task whose body returns a value, for whoever waits for it.
///
/// ```swift
/// let child = try await os.newTask("sum", returning: Int.self) { os in 40 + 2 }
/// let sum = try await child.value
/// ```
public struct Child<Value>: CustomStringConvertible {
  /// The task.
  public let tid: TaskID
  private let result: Result
  private let os: SystemInterface

  /// Where the body leaves its value; made anew when the run is made anew.
  fileprivate final class Result {
    var value: Value?
  }

  fileprivate init(_ tid: TaskID, _ result: Result, _ os: SystemInterface) {
    self.tid = tid
    self.result = result
    self.os = os
  }

  /// Makes a task of a body, in the way that is given, and notes where its value will be.
  fileprivate nonisolated(nonsending) static func made(
    _ body: @escaping ValueBody<Value>,
    _ os: SystemInterface,
    by create: nonisolated(nonsending) (@escaping TaskBody) async throws -> TaskID
  ) async throws -> Child {
    let result = Result()
    let tid = try await create { os in result.value = try await body(os) }
    return Child(tid, result, os)
  }

  /// The task's id.
  public var description: String { "task \(tid)" }

  /// Waits for the end of the task, and returns its value.
  ///
  /// Fails with ``NoValue`` when the task did not end by returning.
  public var value: Value {
    get async throws {
      let status = try await os.waitTask(tid)
      guard status == .exited(0), let value = result.value else {
        throw NoValue(task: tid, status: status)
      }
      return value
    }
  }
}

/// The body of a task that returns a value.
public typealias ValueBody<Value> =
  nonisolated(nonsending) (SystemInterface) async throws -> Value

/// The error of a task that was to return a value, and ended otherwise.
public struct NoValue: Error, Hashable, Sendable, CustomStringConvertible {
  /// The task.
  public let task: TaskID
  /// How it ended; nil when that is not remembered.
  public let status: ExitStatus?

  /// The task, and how it ended.
  public var description: String {
    "task \(task) returned no value: " + (status.map { "\($0)" } ?? "its end is forgotten")
  }
}

extension SystemInterface {
  /// Creates a child of the calling task whose body returns a value.
  public nonisolated(nonsending) func newTask<Value>(
    _ name: String = "task",
    returning type: Value.Type,
    _ body: @escaping ValueBody<Value>
  ) async throws -> Child<Value> {
    try await Child.made(body, self) { body in try await newTask(name, body) }
  }
}

extension GroupInterface {
  /// Creates a child in the group whose body returns a value.
  public nonisolated(nonsending) func spawn<Value>(
    _ name: String = "task",
    returning type: Value.Type,
    _ body: @escaping ValueBody<Value>
  ) async throws -> Child<Value> {
    try await Child.made(body, os) { body in try await spawn(name, body) }
  }
}

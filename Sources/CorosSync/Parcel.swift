public import CorosKernel

/// A value on its way from task to task, for code that does not know its type.
///
/// The calls that carry values have a type for each type of value, and code for all of them looks up what it needs of
/// the type as it runs, at each step anew: it takes ten times as long. So such a call packs its value and leaves the
/// rest to a call that is the same for all. Numbers and texts take no memory for that.
@usableFromInline
enum Parcel {
  case number(Int)
  case text(String)
  case other(Content)

  /// Packs a value; known when this is compiled for a type, and else a comparison.
  @inlinable
  @inline(__always)
  init<Value>(_ value: Value) {
    if Value.self == Int.self {
      self = .number(unsafeBitCast(value, to: Int.self))
    } else if Value.self == String.self {
      self = .text(unsafeBitCast(value, to: String.self))
    } else {
      self = .other(TypedContent(value))
    }
  }

  /// The value as who receives it gets it.
  func received(as number: Int) -> Any {
    switch self {
    case .number(let value): Received(value: value, number: number)
    case .text(let value): Received(value: value, number: number)
    case .other(let content): content.received(as: number)
    }
  }

  func hashState(into hasher: inout Hasher) -> Bool {
    switch self {
    case .number(let value): hasher.combine(value)
    case .text(let value): hasher.combine(value)
    case .other(let content): return content.hashState(into: &hasher)
    }
    return true
  }
}

extension Parcel: CustomStringConvertible {
  @usableFromInline var description: String {
    switch self {
    case .number(let value): "\(value)"
    case .text(let value): value
    case .other(let content): content.description
    }
  }
}

/// A value of any type, in memory of its own, which never changes.
@usableFromInline
class Content {
  @usableFromInline
  init() {}

  var description: String { "" }
  func received(as number: Int) -> Any { preconditionFailure("no content") }
  func hashState(into hasher: inout Hasher) -> Bool { false }
}

@usableFromInline
final class TypedContent<Value>: Content {
  private let value: Value

  @usableFromInline
  init(_ value: Value) {
    self.value = value
    super.init()
  }

  override var description: String { "\(value)" }

  override func received(as number: Int) -> Any {
    Received(value: value, number: number)
  }

  override func hashState(into hasher: inout Hasher) -> Bool {
    guard let value = value as? any Hashable else { return false }
    value.hash(into: &hasher)
    return true
  }
}

/// A value that a task has received, of whatever type.
protocol ReceivedValue {
  var number: Int { get }
  var parcel: Parcel { get }
}

extension Received: ReceivedValue {
  var parcel: Parcel { Parcel(value) }
}

/// A timeout in one word: a call of at most three words needs no memory of its own.
@usableFromInline
struct Patience: Sendable {
  @usableFromInline let ticks: Tick

  @inlinable
  init(_ timeout: Tick?) {
    ticks = timeout.map { max($0, .min + 1) } ?? .min
  }

  @inlinable var timeout: Tick? { ticks == .min ? nil : ticks }
}

extension SystemCall {
  /// The call, if it is of a type; a comparison, where `as?` would be a search.
  func exactly<Call: SystemCall>(_ type: Call.Type) -> Call? {
    Self.self == Call.self ? unsafeBitCast(self, to: Call.self) : nil
  }
}

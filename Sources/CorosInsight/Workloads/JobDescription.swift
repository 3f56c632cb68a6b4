package import CorosKernel

/// A job as typed: `at=0,len=20,io=3`.
package struct JobDescription: Equatable {
  /// The tick of arrival, counted from the moment at which the workload is loaded.
  package var arrival: Tick = 0
  /// The ticks of CPU that the job needs.
  package var length: Tick
  /// The ticks of CPU between two I/Os; 0 for no I/O.
  var ioInterval: Tick = 0
  /// The ticks that each I/O takes.
  package var ioTime = Self.standardIOTime
  package var tickets = Self.standard.tickets
  package var priority = Self.standard.priority
  package var nice = Self.standard.nice
  /// The name; nil for a letter by position.
  package var name: String?

  package static let keys = ["at", "len", "io", "iotime", "tickets", "priority", "nice", "name"]
  static let standardIOTime: Tick = 5
  /// How long a job can be.
  package static let spans = 1...1_000_000
  /// How long each of its pauses can be, and after how many ticks they come.
  package static let pauses = 0...1_000_000
  package static let arrivals = 0...1_000_000_000
  private static let longestName = 40
  private static let standard = SchedulingParameters()

  package init(length: Tick) {
    self.length = length
  }

  /// Reads a job.
  ///
  /// - Throws: `FieldError` for the field that is wrong.
  package init(parsing word: String) throws(FieldError) {
    let fields = try KeyedFields(parsing: word, keys: Self.keys)
    let length = try fields.integer("len", in: Self.spans)
    arrival = try fields.integer("at", in: Self.arrivals) ?? 0
    ioInterval = try fields.integer("io", in: Self.pauses) ?? 0
    ioTime = try fields.integer("iotime", in: Self.pauses) ?? Self.standardIOTime
    typealias Parameters = SchedulingParameters
    tickets = try fields.integer("tickets", in: Parameters.ticketCounts) ?? Self.standard.tickets
    priority = try fields.integer("priority", in: Parameters.priorities) ?? Self.standard.priority
    nice = try fields.integer("nice", in: Parameters.niceValues) ?? Self.standard.nice
    if let (name, place) = fields.text("name") {
      guard 1...Self.longestName ~= name.count else {
        throw FieldError(
          name.isEmpty ? "the name is empty" : "the name is too long",
          at: place,
          hint:
            "from 1 to \(Self.longestName) characters; without one, jobs are called a, b, c, ..."
        )
      }
      self.name = name
    }
    guard let length else {
      throw FieldError(
        "the job has no length",
        at: 0..<word.utf8.count,
        hint: "len=TICKS is how much CPU it needs: len=10"
      )
    }
    self.length = length
  }

  /// The job as one could type it, without default values.
  package var text: String {
    var fields = ["at=\(arrival)", "len=\(length)"]
    if ioInterval > 0 { fields += ["io=\(ioInterval)", "iotime=\(ioTime)"] }
    if tickets != Self.standard.tickets { fields.append("tickets=\(tickets)") }
    if priority != Self.standard.priority { fields.append("priority=\(priority)") }
    if nice != Self.standard.nice { fields.append("nice=\(nice)") }
    if let name { fields.append("name=\(KeyedFields.quoted(name))") }
    return fields.joined(separator: ",")
  }

  /// The recipe of the job's task.
  ///
  /// - Parameters:
  ///   - program: The program that jobs run.
  ///   - place: The job's position in the workload, from 0.
  ///   - now: The tick at which the workload is loaded.
  /// - Returns: Everything needed to create the task.
  package func recipe(_ program: Program, at place: Int, now: Tick) -> TaskRecipe {
    TaskRecipe(
      program: program,
      arguments: [length, ioInterval, ioTime].map(\.description),
      form: .machine,
      name: name ?? letters(for: place),
      parameters: SchedulingParameters(
        priority: priority,
        tickets: tickets,
        nice: nice,
        length: length
      ),
      arrival: now + arrival
    )
  }
}

/// The default name at a position, from 0.
///
/// The names are a to z, then aa, ab and so on.
package func letters(for place: Int) -> String {
  let (rest, letter) = place.quotientAndRemainder(dividingBy: 26)
  let last = String(UnicodeScalar(UInt8(ascii: "a") + UInt8(letter)))
  return rest == 0 ? last : letters(for: rest - 1) + last
}

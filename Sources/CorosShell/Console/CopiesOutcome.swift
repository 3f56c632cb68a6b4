/// What copies of this program have left behind.
package struct CopiesOutcome {
  /// Of one of them.
  package struct Result {
    /// Its exit status.
    package let status: Int
    /// The file that it was to write; nil if there is none.
    package let text: String?
    /// What it has written to standard error.
    package let errors: String

    package init(status: Int, text: String?, errors: String) {
      self.status = status
      self.text = text
      self.errors = errors
    }
  }

  /// Of each, in order.
  package let results: [Result]

  package init(results: [Result]) { self.results = results }
}

/// Why there are no copies of this program.
package struct CopiesRefusal: Error {
  package let reason: String

  package init(_ reason: String) { self.reason = reason }
}

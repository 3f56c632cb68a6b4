extension String {
  /// The beginning of the text, at most a number of bytes of UTF-8, with `…` after it if it is cut.
  ///
  /// A text that is short enough is returned as it is, in O(1).
  package func cut(to bytes: Int) -> String {
    utf8.count <= bytes ? self : head(bytes: bytes) + "…"
  }

  /// As much of the beginning as fits into a number of bytes of UTF-8, in whole scalars.
  package func head(bytes: Int) -> String {
    guard utf8.count > bytes else { return self }
    let end = utf8.index(startIndex, offsetBy: max(0, bytes))
    return String(unicodeScalars[..<boundary(atOrBefore: end)])
  }

  /// As much of the end as fits into a number of bytes of UTF-8, in whole scalars.
  package func tail(bytes: Int) -> String {
    guard utf8.count > bytes else { return self }
    var start = utf8.index(endIndex, offsetBy: -max(0, bytes))
    while start < endIndex, UTF8.isContinuation(utf8[start]) { start = utf8.index(after: start) }
    return String(unicodeScalars[start...])
  }

  private func boundary(atOrBefore place: Index) -> Index {
    var place = place
    while place > startIndex, UTF8.isContinuation(utf8[place]) {
      place = utf8.index(before: place)
    }
    return place
  }
}

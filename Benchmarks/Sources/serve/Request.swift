/// A request, of which nobody reads more than where it ends, as the peers do.
enum Request {
  /// What each is answered with.
  static let answer = Array("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nhello\n".utf8)

  /// Where the first request ends; nil when it has not come whole.
  static func end(in bytes: [UInt8]) -> Int? {
    var end = 4
    while end <= bytes.count {
      if bytes[end - 1] == 10, bytes[end - 2] == 13, bytes[end - 3] == 10, bytes[end - 4] == 13 {
        return end
      }
      end += 1
    }
    return nil
  }
}

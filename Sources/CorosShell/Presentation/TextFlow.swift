/// Breaks running text into lines.
enum TextFlow {
  /// The text in lines no wider than asked; a line that begins with a space stays as it is.
  static func wrapped(_ text: String, width: Int, indent: String) -> String {
    let room = min(max(width, 30), 100) - indent.count
    var result = ""
    for paragraph in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if paragraph.hasPrefix(" ") {
        result += indent + paragraph + "\n"
        continue
      }
      var line = ""
      for word in paragraph.split(separator: " ") {
        if !line.isEmpty, line.count + 1 + word.count > room {
          result += indent + line + "\n"
          line = ""
        }
        line += line.isEmpty ? String(word) : " " + word
      }
      result += indent + line + "\n"
    }
    return result
  }
}

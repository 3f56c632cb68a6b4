/// The digits of a number in groups of three: `12,815,262`.
func grouped(_ digits: some CustomStringConvertible) -> String {
  var result = ""
  let text = digits.description
  for (index, digit) in text.enumerated() {
    if index > 0, (text.count - index).isMultiple(of: 3) { result += "," }
    result.append(digit)
  }
  return result
}

/// A number in groups of three, and what it counts: `1,024 runs`.
func groupedCount(
  _ number: some CustomStringConvertible,
  _ noun: String,
  plural: String? = nil
) -> String {
  number.description == "1" ? "1 \(noun)" : "\(grouped(number)) \(plural ?? noun + "s")"
}

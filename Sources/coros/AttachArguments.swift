import CorosServer

/// The words behind `coros attach`.
struct AttachArguments {
  var name: String?
  var wish = Greeting.Wish.watch
  var isListing = false
  var isJSON = false
  var wantsEvents = false

  private static let options = ["--watch", "--drive", "--take", "--list", "--json", "--events"]

  init(_ words: [String]) throws(AttachError) {
    for word in words {
      switch word {
      case "--watch", "--drive", "--take":
        wish = Greeting.Wish(rawValue: String(word.dropFirst(2))) ?? .watch
      case "--list": isListing = true
      case "--json": isJSON = true
      case "--events": wantsEvents = true
      case _ where word.hasPrefix("-"):
        throw AttachError(
          "attach does not take \(word)",
          hint: "its options are \(Self.options.joined(separator: " "))"
        )
      case _ where name != nil:
        throw AttachError(
          "attach takes one name",
          hint: "`coros attach --list` shows the machines"
        )
      default: name = word
      }
    }
  }
}

/// An order of steps that fails, and one that does not, for a page to show one above the other.
package struct ComparedOrders {
  /// Where they part, and what comes of it: some sentences.
  package let text: String
  /// What each task did in the order that fails.
  package let failing: TimelinePicture
  /// What each task did in the order that passes; nil where none was found.
  package let passing: TimelinePicture?

  /// Puts two orders side by side.
  package init(text: String, failing: TimelinePicture, passing: TimelinePicture?) {
    self.text = text
    self.failing = failing
    self.passing = passing
  }

  var figures: [PageFigure] {
    guard let passing else { return [] }
    return [failing, passing].map { PageFigure(caption: $0.title, picture: $0.text) }
  }
}

/// A picture on a page, which shows what the run itself does not.
struct PageFigure {
  /// What it shows, in a few words.
  let caption: String
  /// The picture, as SVG.
  let picture: String

  /// The figure as HTML.
  ///
  /// The picture is an image of its own, so that its styles stay its own.
  var html: String {
    let source = "data:image/svg+xml;base64," + SHA256.base64(Array(picture.utf8))
    let caption = PageDocument.escaped(caption)
    return """
      <figure><figcaption class="hidden">\(caption)</figcaption>
      <div class="scroll" tabindex="0" role="region" aria-label="\(caption)">\
      <img alt="A timeline: \(caption)" src="\(source)"></div></figure>
      """
  }
}

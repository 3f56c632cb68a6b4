/// The page that plays a run: the files in the folder `Player`, as text.
enum PlayerSource {
  /// The whole script.
  static var script: String { [data, words, timeline, view, keys].joined(separator: "\n") }
}

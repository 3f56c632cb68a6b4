/// Which coros this is.
///
/// This is the one place where the version is written. Everything else asks: `coros --version`, the manual page, pages of
/// `export --html`, results of `explore`, and the names of packages. CHANGELOG.md begins with it, which a test checks.
enum Version {
  /// The version: a release has the same number as its tag, after a `v`.
  static let number = "0.2.0"

  /// The day of the release, as CHANGELOG.md has it.
  static let date = "2026-11-30"
}

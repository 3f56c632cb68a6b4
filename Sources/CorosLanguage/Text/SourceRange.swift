/// A place in a line, as offsets of UTF-8 bytes from its start.
///
/// Bytes are what the parser counts. `SourceExcerpt` turns them into the columns that a person counts.
package typealias SourceRange = Range<Int>

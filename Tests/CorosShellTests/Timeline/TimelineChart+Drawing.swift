import CorosInsight
import CorosKernel

@testable import CorosShell

extension TimelineChart {
  init(_ rows: [TimelineRow], _ range: Range<Tick>, width: Int, isColored: Bool = false) {
    self.init(
      rows,
      range: range,
      width: width,
      glyphs: .ascii,
      style: Style(isEnabled: isColored)
    )
  }
}

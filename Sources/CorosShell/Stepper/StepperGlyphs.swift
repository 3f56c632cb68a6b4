/// The characters that draw the stepper.
struct StepperGlyphs: Sendable {
  let rule: String
  let bar: String
  let teeDown: String
  let teeUp: String
  let teeRight: String
  let teeLeft: String
  let next: String
  let breakpoint: String
  let followed: String
  let ellipsis: String
  let back: String
  let timeline: TimelineGlyphs

  static let unicode = StepperGlyphs(
    rule: "─",
    bar: "│",
    teeDown: "┬",
    teeUp: "┴",
    teeRight: "├",
    teeLeft: "┤",
    next: "▶",
    breakpoint: "◆",
    followed: "●",
    ellipsis: "…",
    back: "←",
    timeline: .unicode
  )

  static let ascii = StepperGlyphs(
    rule: "-",
    bar: "|",
    teeDown: "+",
    teeUp: "+",
    teeRight: "+",
    teeLeft: "+",
    next: ">",
    breakpoint: "!",
    followed: "*",
    ellipsis: "~",
    back: "b",
    timeline: .ascii
  )
}

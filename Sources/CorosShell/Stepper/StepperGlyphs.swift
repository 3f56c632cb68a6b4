/// The characters that draw the stepper.
package struct StepperGlyphs: Sendable {
  package let rule: String
  package let bar: String
  let teeDown: String
  let teeUp: String
  let teeRight: String
  let teeLeft: String
  package let next: String
  package let breakpoint: String
  package let followed: String
  let ellipsis: String
  package let back: String
  package let timeline: TimelineGlyphs

  package static let unicode = StepperGlyphs(
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

  package static let ascii = StepperGlyphs(
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

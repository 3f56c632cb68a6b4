package import CorosKernel
import CorosLanguage

/// Draws a state on a screen of some size: a function from the state to lines, and nothing else.
///
/// A large screen shows tasks, events, output and time side by side; a small one shows the most important
/// parts.
package struct StepperView {
  package let state: StepperState
  package let width: Int
  package let height: Int
  package let glyphs: StepperGlyphs

  init(_ state: StepperState, width: Int, height: Int) {
    self.state = state
    self.width = width
    self.height = height
    glyphs = state.isUnicode ? .unicode : .ascii
  }

  /// The lines from top to bottom: no more, and none wider, than the screen allows.
  package var lines: [StyledLine] {
    guard width > 0, height > 0 else { return [] }
    switch height {
    case 1: return [header]
    case 2: return [header, footer]
    case 3: return [header, next, footer]
    default: return [header, next] + body(height - 3) + [footer]
    }
  }

  /// The number of tasks for which the timeline has room.
  static func timelineRows(height: Int) -> Int {
    let body = height - 3
    return body < 14 ? 0 : body / 4
  }

  // MARK: The lines at the top and at the bottom

  private var header: StyledLine {
    var left = StyledLine(" tick \(state.tick)", .heading)
    let right =
      state.isRunning
      ? StyledLine("running \(state.speed.words) ", .good)
      : StyledLine("paused \(state.speed.words) ", .waiting)
    var parts = [
      StyledLine(state.policy, .name),
      StyledLine("\(counted(state.liveCount, "task")), \(state.readyCount) ready"),
    ]
    if let wheel = state.wheel { parts.insert(StyledLine(wheel, .heading), at: 0) }
    if state.branch > 1 { parts.append(StyledLine("branch \(state.branch)", .faint)) }
    if let followed = state.followed { parts.append(StyledLine("following \(followed)", .name)) }
    for part in parts where left.width + 2 + part.width + 2 + right.width <= width {
      left.append("  ")
      left.append(part)
    }
    return between(left, right)
  }

  private var next: StyledLine {
    let right =
      state.ahead > 0
      ? StyledLine(width < 60 ? "\(state.ahead) ahead " : "\(future) ", .faint) : StyledLine()
    return between(StyledLine(" " + state.next), right)
  }

  private var future: String { "\(counted(state.ahead, "step")) of future ahead" }

  private var footer: StyledLine {
    if let question = state.question { return fitted(StyledLine(" " + question, .heading)) }
    if let message = state.message { return fitted(StyledLine(" ") + message) }
    var line = StyledLine()
    let ends = ["? help", state.overlay == nil ? "q quit" : "q back"]
    let room = width - ends.reduce(0) { $0 + $1.count + 2 }
    for entry in StepperKeys.brief {
      let keys = StepperHelp.keys(entry, state.isUnicode)
      let key = keys.split(separator: " ").first.map { String($0) } ?? keys
      let isPair = entry.keys == "+ -"
      var part = StyledLine(" " + (isPair ? keys.replacing(" ", with: "") : key), .name)
      part.append(" \(entry.word) ", .faint)
      if line.width + part.width <= room { line.append(part) }
    }
    for end in ends {
      line.append(" " + end.prefix(1), .name)
      line.append(end.dropFirst() + " ", .faint)
    }
    return fitted(line)
  }

  /// Two texts at the ends of a line; the left one is clipped first, and the right one if there is no room at
  /// all.
  private func between(_ left: StyledLine, _ right: StyledLine) -> StyledLine {
    let room = width - right.width - 1
    guard room >= min(left.width, 12), right.width > 0 else { return fitted(left) }
    return fitted(left).width == 0
      ? left : left.fitted(to: room + 1, ellipsis: glyphs.ellipsis) + right
  }

  private func fitted(_ line: StyledLine) -> StyledLine {
    line.clipped(to: width, ellipsis: glyphs.ellipsis)
  }

  // MARK: The middle

  private func body(_ height: Int) -> [StyledLine] {
    guard width >= 70 else { return narrowBody(height) }
    let columns = columns(height - timelineHeight)
    guard timelineHeight > 0 else { return columns.lines }
    return columns.lines + timeline(timelineHeight, joints: columns.joints)
  }

  /// With fewer tasks than fit, the other panes get the space.
  var timelineHeight: Int {
    let rows = min(Self.timelineRows(height: height), state.timeline.count)
    return rows == 0 ? 0 : rows + 3
  }

  /// The width of the list of tasks beside other panes.
  private var listWidth: Int { min(56, max(30, width * 3 / 10)) }

  /// Whether a column belongs to the list of tasks, and not to what is beside it.
  func isList(column: Int) -> Bool { width < 70 || column < listWidth }

  /// The task that is shown in a cell; nil where there is none.
  package func task(atRow row: Int, column: Int) -> TaskID? {
    guard height > 3, isList(column: column) else { return nil }
    let isNarrow = width < 70
    if isNarrow, state.overlay != nil { return nil }
    let height = isNarrow ? narrowHeights(height - 3).tasks : height - 3 - timelineHeight
    let list = taskItems(height, isBrief: isNarrow)
    // Two lines are above the panes, and perhaps a title above the tasks.
    let index = row - 2 - (list.hasTitle ? 1 : 0)
    guard list.items.indices.contains(index), case .task(let task) = list.items[index] else {
      return nil
    }
    return task.tid
  }

  private func columns(_ height: Int) -> (lines: [StyledLine], joints: [Int]) {
    let left = listWidth
    if let overlay = state.overlay {
      return beside([
        tasks(left, height, isBrief: false), page(overlay, width - left - 1, height),
      ])
    }
    if width >= 150 {
      let middle = (width - left - 2) * 3 / 5
      let textHeight = min(sourceHeight, height / 2)
      var text = source(middle, textHeight)
      text.add(events(middle, height - textHeight))
      return beside([
        tasks(left, height, isBrief: false), text, output(width - left - middle - 2, height),
      ])
    }
    let rest = width - left - 1
    let textHeight = height < 6 ? 0 : min(sourceHeight, height / 2)
    let height = height - textHeight
    // There is usually little output, and there are many events.
    let outputHeight =
      state.output.isEmpty || height < 6 ? 0 : min(height / 3, state.output.count + 1)
    var right = source(rest, textHeight)
    right.add(events(rest, height - outputHeight))
    if outputHeight > 0 { right.add(output(rest, outputHeight)) }
    return beside([tasks(left, height + textHeight, isBrief: false), right])
  }

  private func narrowBody(_ height: Int) -> [StyledLine] {
    if let overlay = state.overlay { return page(overlay, width, height).lines }
    let heights = narrowHeights(height)
    var panes = tasks(width, heights.tasks, isBrief: true)
    if heights.tasks == height { return panes.lines }
    panes.add(source(width, heights.text))
    panes.add(events(width, heights.events))
    if heights.output > 0 { panes.add(output(width, heights.output)) }
    return panes.lines
  }

  /// How a narrow screen is divided.
  private func narrowHeights(_ height: Int) -> (tasks: Int, text: Int, events: Int, output: Int) {
    guard height >= 6 else { return (height, 0, 0, 0) }
    let story = max(3, height * 2 / 5)
    let output = state.output.isEmpty || story < 6 ? 0 : min(story / 2, state.output.count + 1)
    let text = height < 9 ? 0 : min(sourceHeight, max(3, (height - story) / 2))
    return (height - story - text, text, story - output, output)
  }

  // MARK: Panes

  /// A part of the screen: its lines, and which of them are rules.
  package struct Pane {
    package let width: Int
    package var lines: [StyledLine]
    var rules: Swift.Set<Int>

    package mutating func add(_ other: Pane) {
      rules.formUnion(other.rules.map { $0 + lines.count })
      lines += other.lines
    }
  }

  /// Panes of the same height side by side, with bars between them.
  private func beside(_ panes: [Pane]) -> (lines: [StyledLine], joints: [Int]) {
    var lines = panes[0].lines
    var joints: [Int] = []
    var column = panes[0].width
    for (left, right) in zip(panes, panes.dropFirst()) {
      joints.append(column)
      column += right.width + 1
      for index in lines.indices {
        let (isLeft, isRight) = (left.rules.contains(index), right.rules.contains(index))
        let joint =
          isLeft && isRight
          ? glyphs.teeDown : isLeft ? glyphs.teeLeft : isRight ? glyphs.teeRight : glyphs.bar
        lines[index].pad(to: joints[joints.count - 1])
        lines[index].append(joint, .faint)
        lines[index].append(right.lines[index])
      }
    }
    return (lines, joints)
  }

  package func rule(_ title: String, _ width: Int, joints: [Int] = []) -> StyledLine {
    var line = StyledLine(glyphs.rule + " ", .faint)
    line.append(title, .heading)
    line.append(" ", .faint)
    line = line.clipped(to: width, ellipsis: glyphs.ellipsis)
    while line.width < width {
      line.append(joints.contains(line.width) ? glyphs.teeUp : glyphs.rule, .faint)
    }
    return line
  }

  private func pane(_ title: String, _ content: [StyledLine], _ width: Int, _ height: Int) -> Pane {
    guard height > 0 else { return Pane(width: width, lines: [], rules: []) }
    var lines = [rule(title, width)]
    lines += content.prefix(height - 1).map { $0.clipped(to: width, ellipsis: glyphs.ellipsis) }
    while lines.count < height { lines.append(StyledLine()) }
    return Pane(width: width, lines: lines, rules: [0])
  }

  /// A pane with the end of a text, wrapped; it begins with a whole entry if possible.
  private func story(
    _ title: String,
    _ content: [StyledLine],
    _ width: Int,
    _ height: Int,
    indent: Int
  ) -> Pane {
    var lines: [StyledLine] = []
    for line in content.reversed() {
      let rows = (StyledLine(" ") + line).wrapped(to: width, indent: indent + 1)
      if !lines.isEmpty, lines.count + rows.count > height - 1 { break }
      lines += rows.reversed()
    }
    return pane(title, lines.prefix(max(0, height - 1)).reversed(), width, height)
  }

  private func events(_ width: Int, _ height: Int) -> Pane {
    story("Events", state.events, width, height, indent: String(state.tick).count + 2)
  }

  private func output(_ width: Int, _ height: Int) -> Pane {
    story("Output", state.output, width, height, indent: 4)
  }

  /// How far the page can be scrolled.
  var mostScroll: Int {
    guard let overlay = state.overlay else { return 0 }
    let isNarrow = width < 70
    let room = height - 3 - (isNarrow ? 0 : timelineHeight) - 1
    return max(0, text(of: overlay, isNarrow ? width : width - listWidth - 1).count - max(1, room))
  }

  private func text(of overlay: StepperState.Overlay, _ width: Int) -> [StyledLine] {
    overlay.lines.flatMap { (StyledLine(" ") + $0).wrapped(to: width, indent: 3) }
  }

  private func page(_ overlay: StepperState.Overlay, _ width: Int, _ height: Int) -> Pane {
    let all = text(of: overlay, width)
    let first = min(overlay.scroll, max(0, all.count - max(1, height - 1)))
    let isLonger = all.count - first > height - 1
    let title = overlay.title + (isLonger || first > 0 ? " (\(first + 1) of \(all.count))" : "")
    return pane(title, Array(all.dropFirst(first)), width, height)
  }
}

import Terminal

/// What to do next, where a picture will be.
struct GuidanceView {
  let scene: Scene

  private var state: StudioState { scene.state }

  /// All of it, in the middle: the program's name on dabs of paint, and the next step.
  func drawPage(on surface: inout Surface, in content: Rectangle) {
    var lines: [StyledText] = []
    if content.rows >= 7, state.run.phase == .idle {
      lines.append(StyledText("I M P A S T O", scene.style(.title)))
      lines.append(dabs)
      lines.append([])
    }
    lines += step.wrapped(to: content.columns - 2, rows: max(1, content.rows - lines.count - 2))
      .map { StyledText($0, stepStyle) }
    lines[lines.count - 1] = lines[lines.count - 1] + keyHint
    if content.rows >= lines.count + 2, state.run.phase == .idle {
      lines.append([])
      lines.append(
        [
          ("?", scene.style(.key)), (" help   ", scene.style(.dim)), (":", scene.style(.key)),
          (" commands   ", scene.style(.dim)), ("q", scene.style(.key)),
          (" quit", scene.style(.dim)),
        ])
    }
    var row = content.row + max(0, content.rows - lines.count) / 2
    for line in lines {
      drawCentered(line, on: &surface, in: content, row: row)
      row += 1
    }
  }

  /// The next step, in one line below a picture.
  func drawLine(on surface: inout Surface, in row: Rectangle) {
    let step = StyledText(step, stepStyle) + keyHint
    let hint = instantHints.first { step.columns + $0.columns <= row.columns } ?? []
    drawCentered(step + hint, on: &surface, in: row, row: row.row)
  }

  /// Why there is no preview before the start, and how there could be one; the longest first.
  private var instantHints: [StyledText] {
    guard state.missing == nil, !state.run.isActive else { return [] }
    let dim = scene.style(.dim)
    if let fetch = state.instant.fetching {
      return [StyledText("   fetching \(fetch.model): \(Readout.percent(fetch.share))", dim)]
    }
    if let reason = state.instant.failure { return [StyledText("   no preview: \(reason)", dim)] }
    guard let key = scene.key(of: "get-instant") else { return [] }
    let short: StyledText = [("   preview: ", dim), (key, scene.style(.key))]
    return [
      short + StyledText(" or impasto models install \(state.recipe.stylizerModel)", dim), short,
    ]
  }

  private func drawCentered(
    _ line: StyledText, on surface: inout Surface, in content: Rectangle, row: Int
  ) {
    guard row < content.endRow else { return }
    let columns = min(line.columns, content.columns)
    surface.write(
      line, column: content.column + (content.columns - columns) / 2, row: row, limit: columns)
  }

  private var dabs: StyledText {
    (0..<8).reduce(into: []) { text, number in
      text += StyledText(number == 0 ? "●" : " ●", scene.theme.curve(number))
    }
  }

  private var stepStyle: Style {
    if case .ended(.failed) = state.run.phase { return scene.style(.error) }
    return scene.style(.text)
  }

  private var step: String {
    switch state.run.phase {
    case .preparing where state.run.recipe?.isInstant == true: return "painting…"
    case .preparing: return "reading the pictures and measuring the paintings…"
    case .running, .paused: return "the first picture is on its way…"
    case .stopping: return "stopping…"
    case .ended(.failed(let reason)): return reason
    case .idle, .ended: break
    }
    guard let content = state.sources.content else { return "choose a photograph" }
    if case .failed(let reason) = content.content { return "\(content.name): \(reason)" }
    if !content.isLoaded { return "reading \(content.name)…" }
    guard state.recipe.needsPaintings else { return "start painting" }
    if state.sources.styles.isEmpty { return "now add a painting" }
    return state.sources.isComplete ? "start painting" : "waiting for the paintings"
  }

  private var keyHint: StyledText {
    let action: String? =
      switch state.run.phase {
      case .preparing, .running, .paused, .stopping: nil
      case .ended(.failed): "restart"
      case .idle, .ended:
        if state.missing == nil {
          "start"
        } else if state.sources.content?.isLoaded != true {
          "open"
        } else {
          state.sources.styles.isEmpty ? "add" : nil
        }
      }
    guard let key = action.flatMap(scene.key) else { return [] }
    return [("   ", scene.style(.dim)), (key, scene.style(.key))]
  }
}

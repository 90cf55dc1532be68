import Terminal

/// The line at the top: what the run does, how far it is, and how pictures are shown.
struct StatusView {
  let scene: Scene

  private var state: StudioState { scene.state }
  private var run: Run { state.run }

  private typealias Part = StatusLine.Part

  func draw(on surface: inout Surface, in line: Rectangle) {
    StatusLine(
      parts: [brand, phase, progress, measures, bar, speed, timeLeft, scale, memory, queue]
        .compactMap(
          \.self),
      right: StatusLine.graphics(of: scene)
    ).draw(scene, on: &surface, in: line)
  }

  private func style(_ role: Theme.Role) -> Style { StatusLine.style(role, in: scene) }

  private var brand: Part? { StatusLine.brand(of: scene) }

  private var phase: Part? {
    let (label, role): (String, Theme.Role) =
      switch run.phase {
      case .idle: state.missing.map { ("○ \($0)", .dim) } ?? ("○ ready", .success)
      case .preparing where run.recipe?.isInstant == true: ("● painting", .success)
      case .preparing: ("◆ preparing", .warning)
      case .running: ("● running", .success)
      case .paused: ("■ paused", .warning)
      case .stopping: ("◆ stopping", .warning)
      case .ended(.completed): ("✓ done", .success)
      case .ended(.reachedTarget): ("✓ target reached", .success)
      case .ended(.flattened): ("✓ settled", .success)
      case .ended(.stopped): ("■ stopped", .warning)
      case .ended(.failed(let reason)): ("✗ failed: \(reason)", .error)
      }
    // Of one width while it runs, so that what follows stays in place.
    return Part(importance: 100, text: StyledText(label.padded(to: 10), style(role)))
  }

  private var iterations: Int { max(run.recipe?.iterations ?? 0, run.iteration) }

  private var progress: Part? {
    guard let recipe = run.recipe, !recipe.isInstant else { return nil }
    return Part(
      importance: 90,
      text: StyledText(Readout.progress(run.iteration, of: iterations), style(.text)))
  }

  /// What was measured of the result, once it is there.
  private var measures: Part? {
    guard let result = state.result, let evaluation = state.evaluations.evaluation(of: result)
    else { return nil }
    // The others are for those who look a favorite up.
    let measures = Readout.measures(evaluation.metrics).filter { $0.name != "psnr" }
    let text = measures.reduce(into: StyledText("", style(.dim))) { text, measure in
      if !text.isEmpty { text += StyledText("  ", style(.dim)) }
      text += StyledText("\(measure.name) ", style(.dim))
      text += StyledText(measure.value, style(.text))
    }
    return Part(importance: 85, text: text)
  }

  /// How far what is painted beside is.
  private var queue: Part? {
    guard let job = state.queue.active else { return nil }
    return Part(
      importance: 55,
      text: StyledText("queue ", style(.dim))
        + StyledText(job.progress.total == nil ? "…" : QueueText.count(of: job), style(.text)))
  }

  private var bar: Part? {
    guard run.isActive, run.recipe?.isInstant == false, iterations > 0 else { return nil }
    let columns = scene.state.size.columns < 100 ? 8 : 16
    let filled = min(columns, columns * run.iteration / iterations)
    return Part(
      importance: 40,
      text: StyledText(String(repeating: "━", count: filled), style(.fill))
        + StyledText(String(repeating: "─", count: columns - filled), style(.groove)))
  }

  private var speed: Part? {
    guard run.isActive, let seconds = run.secondsPerIteration else { return nil }
    return Part(
      importance: 60,
      text: StyledText(Readout.seconds(seconds).leftPadded(to: 4), style(.text))
        + StyledText(" s/it", style(.dim)))
  }

  private var timeLeft: Part? {
    if let left = run.secondsLeft {
      return Part(
        importance: 80,
        text: StyledText(Format.duration(left).leftPadded(to: 5), style(.text))
          + StyledText(" left", style(.dim)))
    }
    guard !run.isActive, !state.recipe.isInstant, let estimate = state.estimate else { return nil }
    let seconds = estimate.secondsPerIteration * Double(state.recipe.iterations)
    return Part(
      importance: 80,
      text: StyledText("takes about ", style(.dim))
        + StyledText(Format.duration(seconds), style(.text)))
  }

  private var scale: Part? {
    guard run.isActive, run.scale > 0 else { return nil }
    return Part(
      importance: 25,
      text: StyledText("\(run.scale)".leftPadded(to: 4), style(.text))
        + StyledText(" px", style(.dim)))
  }

  private var memory: Part? {
    if !run.isActive, !state.recipe.isInstant, let estimate = state.estimate {
      let needed = Readout.bytes(estimate.memoryBytes)
      if estimate.fits { return Part(importance: 30, text: StyledText(needed, style(.text))) }
      let free = Readout.bytes(estimate.availableBytes)
      return Part(
        importance: 95, text: StyledText("needs \(needed), \(free) free", style(.error)))
    }
    guard let bytes = run.memoryBytes else { return nil }
    return Part(
      importance: 30, text: StyledText(Readout.bytes(bytes).leftPadded(to: 6), style(.text)))
  }
}

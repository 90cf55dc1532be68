import Terminal

/// A question and the line its answer is typed on.
struct PromptView {
  let scene: Scene
  let prompt: Prompt

  func draw(on surface: inout Surface) {
    let columns = min(60, scene.state.size.columns - 6)
    let question = prompt.question.wrapped(to: columns, rows: 3)
    let complaint = (prompt.complaint ?? "").wrapped(to: columns, rows: 3)
    let dialog = Dialog(
      scene,
      content: Size(columns: columns, rows: question.count + 2 + max(1, complaint.count)))
    dialog.draw(
      on: &surface, title: title, hints: [("Enter", "accept"), ("Esc", "cancel")])
    var rest = dialog.content
    for line in question {
      surface.write(
        line, column: rest.column, row: rest.takeTop(1).row, style: dialog.style(.text),
        limit: rest.columns)
    }
    _ = rest.takeTop(1)
    dialog.draw(prompt.entry, on: &surface, in: rest.takeTop(1))
    for line in complaint {
      surface.write(
        line, column: rest.column, row: rest.takeTop(1).row, style: dialog.style(.error),
        limit: rest.columns)
    }
  }

  private var title: String {
    switch prompt.purpose {
    case .savePath: "Save"
    case .value(let parameter): parameter.title.prefix(1).uppercased() + parameter.title.dropFirst()
    case .styleWeight: "Share"
    case .iterations: "More"
    case .maskThreshold: "Masks"
    case .queueOutput: "Queue"
    case .gallery(let purpose): purpose.title
    }
  }
}

/// A question to be answered with yes or no.
struct ConfirmationView {
  let scene: Scene
  let question: Confirmation

  func draw(on surface: inout Surface) {
    let columns = min(56, scene.state.size.columns - 6)
    let asked = question.question.wrapped(to: columns, rows: 2)
    let detail = question.detail.wrapped(to: columns, rows: 4)
    let dialog = Dialog(
      scene, content: Size(columns: columns, rows: asked.count + detail.count + 2))
    dialog.draw(on: &surface, title: title, hints: hints)
    var rest = dialog.content
    for line in asked {
      surface.write(
        line, column: rest.column, row: rest.takeTop(1).row, style: dialog.style(.mark),
        limit: rest.columns)
    }
    _ = rest.takeTop(1)
    for line in detail {
      surface.write(
        line, column: rest.column, row: rest.takeTop(1).row, style: dialog.style(.text),
        limit: rest.columns)
    }
  }

  private var title: String {
    switch question.purpose {
    case .quit: "Quit"
    case .overwrite: "Save"
    case .rebuildLibrary: "Favorites"
    case .adopt: "Recipe"
    case .removeRun: "History"
    case .optimizeFilm: "Film"
    }
  }

  private var hints: [(key: String, title: String)] {
    switch question.purpose {
    case .quit: [("s", "save"), ("y", "leave"), ("n", "stay")]
    case .overwrite: [("y", "replace"), ("n", "keep")]
    case .rebuildLibrary: [("y", "rebuild"), ("n", "not now")]
    case .adopt: [("y", "adopt"), ("n", "use as a picture")]
    case .removeRun: [("y", "delete"), ("n", "keep")]
    case .optimizeFilm: [("y", "optimize"), ("n", "in one pass")]
    }
  }
}

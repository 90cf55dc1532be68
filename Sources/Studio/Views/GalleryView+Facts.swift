import Favorites
import Foundation
import Terminal

extension GalleryView {
  /// What is known of the selected favorite, and its picture where rows are left.
  func drawFacts(_ surface: inout Surface, _ area: Rectangle) {
    guard let favorite = gallery.selected else { return }
    var area = area.inset(columns: 1)
    let lines = facts(of: favorite, columns: area.columns)
    if layout.isBeside, area.rows - lines.count - 1 >= 5 {
      let picture = area.takeTop(area.rows - lines.count - 1)
      _ = area.takeTop(1)
      place(favorite, &surface, in: picture, slot: "gallery facts")
    } else if !layout.isBeside, area.columns >= 50 {
      place(
        favorite, &surface, in: area.takeRight(min(area.rows * 3, area.columns / 3)),
        slot: "gallery facts")
      _ = area.takeRight(1)
    }
    for (offset, line) in lines.prefix(area.rows).enumerated() {
      surface.write(line, column: area.column, row: area.row + offset, limit: area.columns)
    }
  }

  /// The same in one line, for windows with no room for more.
  func summary(of favorite: Favorite) -> StyledText {
    var line = StyledText(GalleryText.name(of: favorite).printable, look(.title))
    if favorite.annotation.rating > 0 {
      line += StyledText(" \(favorite.annotation.rating)★", look(.changed))
    }
    for tag in favorite.annotation.tags { line += StyledText(" #\(tag)", look(.key)) }
    return line + StyledText("  \(made(favorite))", look(.dim))
  }

  private func facts(of favorite: Favorite, columns: Int) -> [StyledText] {
    let annotation = favorite.annotation
    let recipe = favorite.origin.recipe
    let name = GalleryText.name(of: favorite).printable
    var lines = name.wrapped(to: columns, rows: 2).map { StyledText($0, look(.title)) }
    lines.append(
      StyledText(
        GalleryText.stars(annotation.rating), look(annotation.rating > 0 ? .changed : .dim)))
    if !annotation.tags.isEmpty {
      let tags = annotation.tags.map { "#\($0)" }.joined(separator: " ")
      lines += tags.wrapped(to: columns, rows: 2).map { StyledText($0, look(.key)) }
    }
    if !annotation.note.isEmpty {
      lines += annotation.note.wrapped(to: columns, rows: 3).map { StyledText($0, look(.text)) }
    }
    lines.append(StyledText("", look(.text)))
    lines.append(StyledText(made(favorite), look(.text)))
    lines.append(numbers(GalleryText.weights(recipe)))
    lines += sources(of: favorite)
    if let losses = favorite.origin.losses {
      lines.append(
        numbers([
          ("loss", Readout.loss(losses.total)), ("content", Readout.loss(losses.content)),
          ("style", Readout.loss(losses.style)),
        ]))
    }
    lines.append(StyledText(time(of: favorite), look(.dim)))
    if let lineage = favorite.origin.lineage {
      lines += GalleryText.lineage(lineage).wrapped(to: columns, rows: 2).map {
        StyledText($0, look(.dim))
      }
    }
    return lines
  }

  private func time(of favorite: Favorite) -> String {
    let kept = GalleryText.time(favorite.created, in: gallery.timeZone)
    guard let seconds = favorite.origin.seconds, seconds.isFinite else { return kept }
    return "\(kept), took \(Format.duration(seconds))"
  }

  /// Size and steps.
  private func made(_ favorite: Favorite) -> String {
    let steps = favorite.origin.iterations.map { ", \($0) iterations" } ?? ""
    let start = favorite.origin.recipe.start == .noise ? " from noise" : ""
    return "\(favorite.width)×\(favorite.height)\(steps)\(start)"
  }

  /// Names of less weight than their values.
  func numbers(
    _ values: [(name: String, value: String)], changed: Set<String> = []
  ) -> StyledText {
    values.enumerated().reduce(into: StyledText("", look(.text))) { line, entry in
      let (index, (name, value)) = entry
      line += StyledText("\(index > 0 ? "  " : "")\(name) ", look(.dim))
      line += StyledText(value, look(changed.contains(name) ? .changed : .text))
    }
  }

  /// A line for each picture that it was made of, with what became of the file.
  private func sources(of favorite: Favorite) -> [StyledText] {
    let conditions = gallery.conditions[favorite.id] ?? []
    let weights = favorite.origin.recipe.styles.map(\.weight)
    var styles = 0
    return favorite.origin.sources.enumerated().map { index, source in
      var line = StyledText(source.role == .content ? "of " : "by ", look(.dim))
      if index < conditions.count {
        switch conditions[index] {
        case .present: break
        case .missing: line += StyledText("missing ", look(.error))
        case .changed: line += StyledText("changed ", look(.warning))
        }
      }
      line += StyledText(source.name.printable, look(.text))
      if source.role == .style {
        if weights.count > 1, styles < weights.count {
          line += StyledText(" \(Format.significant(weights[styles], 3))", look(.dim))
        }
        styles += 1
      }
      return line
    }
  }
}

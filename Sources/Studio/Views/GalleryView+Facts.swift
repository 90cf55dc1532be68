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
      let picture = area.takeTop(
        min(area.rows - lines.count - 1, rows(of: favorite, columns: area.columns)))
      _ = area.takeTop(1)
      place(favorite, &surface, in: picture, at: .top, slot: "gallery facts")
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

  /// How many rows a picture of a width takes.
  private func rows(of favorite: Favorite, columns: Int) -> Int {
    let cell = state.traits.cell
    let height =
      Double(columns * max(1, cell.width)) * Double(favorite.height)
      / Double(max(1, favorite.width))
    return max(5, Int((height / Double(max(1, cell.height))).rounded(.up)))
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
    var lines = GalleryText.name(of: favorite).wrapped(to: columns, rows: 2).map {
      StyledText($0, look(.title))
    }
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
    lines += numbers(GalleryText.weights(recipe), columns: columns)
    lines += sources(of: favorite, columns: columns)
    if let losses = favorite.origin.losses {
      lines += numbers(GalleryText.losses(losses), columns: columns)
    }
    lines += numbers(Readout.measures(favorite.origin.metrics), columns: columns)
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
    let recipe = favorite.origin.recipe
    guard recipe.method == .optimize else {
      return "\(favorite.width)×\(favorite.height), in one pass"
    }
    let start = recipe.start == .noise ? " from noise" : ""
    return "\(favorite.width)×\(favorite.height)\(steps)\(start)"
  }

  /// Names of less weight than their values, in lines of at most so many columns.
  func numbers(
    _ values: [(name: String, value: String)], columns: Int, changed: Set<String> = []
  ) -> [StyledText] {
    var lines: [StyledText] = []
    for (name, value) in values {
      let entry =
        StyledText("\(name) ", look(.dim))
        + StyledText(value, look(changed.contains(name) ? .changed : .text))
      if let last = lines.last, columns - last.columns - 2 >= entry.columns {
        lines[lines.count - 1] = last + StyledText("  ", look(.dim)) + entry
      } else {
        lines.append(entry)
      }
    }
    return lines
  }

  /// A line for each picture that it was made of, with what became of the file.
  private func sources(of favorite: Favorite, columns: Int) -> [StyledText] {
    let conditions = gallery.conditions[favorite.id] ?? []
    var weights = favorite.origin.recipe.styles.map(\.weight)[...]
    let isMix = weights.count > 1
    return favorite.origin.sources.enumerated().map { index, source in
      var end = StyledText("", look(.dim))
      if source.role == .style, let weight = weights.popFirst(), isMix {
        end += StyledText(" \(Format.significant(weight, 3))", look(.dim))
      }
      switch index < conditions.count ? conditions[index] : .present {
      case .present: break
      case .missing: end += StyledText("  missing", look(.error))
      case .changed: end += StyledText("  changed", look(.warning))
      }
      let name = cut(source.name.printable, max(4, columns - 3 - end.columns))
      let relation =
        switch source.role {
        case .content: "of "
        case .style: "by "
        case .mask: "in "
        }
      return StyledText(relation, look(.dim))
        + StyledText(name, look(.text)) + end
    }
  }
}

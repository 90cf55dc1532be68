import Terminal

// Stands in for the themes' own until they have one.
extension Theme {
  func style(_ role: Role) -> Style {
    switch role {
    case .selection: Style(attributes: .reverse)
    case .dim, .border: Style(attributes: .dim)
    case .title, .key: Style(attributes: .bold)
    default: Style()
    }
  }
}

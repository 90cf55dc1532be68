extension Recipe {
  /// Whose colors a result has.
  public enum Color: String, Codable, CaseIterable, Sendable {
    /// The paintings'.
    case style
    /// The photograph's: of what is painted, only the lightness counts.
    case content
    /// The paintings', which are given mean and covariance of the photograph's beforehand.
    case covariance
    /// The paintings', which are given the distribution of the photograph's beforehand.
    case histogram
  }
}

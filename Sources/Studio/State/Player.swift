import Terminal

/// A film or the filmstrip as it is played.
public struct Player: Equatable, Sendable {
  /// What is played.
  public enum Subject: Equatable, Sendable {
    /// The film at this path.
    case film(String)
    /// The run's past pictures.
    case filmstrip
  }

  /// Tells the reports of this playing from those of one before.
  public internal(set) var id = 0

  /// What is played; nil when nothing is.
  public internal(set) var subject: Subject?

  /// The film whose frame is shown; it stays when the film is over.
  public internal(set) var film: String?

  /// The frame of the film that is shown.
  public internal(set) var frame: Frame?

  /// A frame of a film.
  public struct Frame: Equatable, Sendable {
    /// What it looks like.
    public var picture: IdentifiedPicture
    /// Its number, from 0.
    public var number: Int
    /// How many there are.
    public var count: Int
    /// How many are to be shown a second.
    public var rate: Double

    /// A frame of a film.
    public init(picture: IdentifiedPicture, number: Int, count: Int, rate: Double) {
      self.picture = picture
      self.number = number
      self.count = count
      self.rate = rate
    }
  }

  /// Pictures of the filmstrip a second.
  static let filmstripRate = 12.0

  /// Nothing is played.
  public init() {}
}

/// How the losses developed over a run, and what happened on the way.
public struct LossHistory: Equatable, Sendable {
  /// The losses of one iterate; unweighted but for the total.
  public struct Sample: Equatable, Sendable {
    /// How many steps came before.
    public var iteration: Int
    /// What is minimized.
    public var total: Double
    /// Structure.
    public var content: Double
    /// Texture.
    public var style: Double
    /// Smoothness.
    public var tv: Double
    /// Texture layer by layer, in the order of `LossHistory.layers`.
    public var styleByLayer: [Double]
    /// How long the engine had worked when it had this iterate.
    public var seconds: Double?

    /// The losses of one iterate.
    public init(
      iteration: Int, total: Double, content: Double, style: Double, tv: Double,
      styleByLayer: [Double] = [], seconds: Double? = nil
    ) {
      self.iteration = iteration
      self.total = total
      self.content = content
      self.style = style
      self.tv = tv
      self.styleByLayer = styleByLayer
      self.seconds = seconds
    }
  }

  /// Something that bends the curves.
  public struct Mark: Equatable, Sendable {
    /// What happened.
    public enum Kind: Equatable, Sendable {
      /// Weights or the learning rate were changed.
      case steered
      /// The picture grew.
      case scaleChanged
      /// The run went on from an iterate of the filmstrip or after its end.
      case continued
    }

    /// What happened.
    public var kind: Kind
    /// The first iteration that felt it.
    public var iteration: Int

    /// Something that bends the curves.
    public init(_ kind: Kind, iteration: Int) {
      self.kind = kind
      self.iteration = iteration
    }
  }

  /// In the order of their iterations.
  public private(set) var samples: [Sample] = []

  /// In the order of their iterations.
  public private(set) var marks: [Mark] = []

  /// The style layers, such as `conv1_1`, shallow to deep.
  public var layers: [String] = []

  /// More samples than any chart has columns; beyond it every second one of the older half goes.
  private static let capacity = 8192

  /// Nothing yet.
  public init() {}

  /// Adds a sample, and forgets those of a future that is no longer one.
  public mutating func append(_ sample: Sample) {
    forget(from: sample.iteration)
    samples.append(sample)
    if samples.count > Self.capacity {
      let half = samples.count / 2
      let thinned = samples[..<half].enumerated().filter { $0.offset.isMultiple(of: 2) }
      samples.replaceSubrange(..<half, with: thinned.map(\.element))
    }
  }

  /// Adds a mark; one of a kind per iteration.
  public mutating func mark(_ kind: Mark.Kind, at iteration: Int) {
    let mark = Mark(kind, iteration: iteration)
    if !marks.contains(mark) { marks.append(mark) }
  }

  /// How long the engine had worked when it had an iterate; 0 where nobody knows.
  func seconds(at iteration: Int) -> Double {
    samples.last { $0.iteration <= iteration }?.seconds ?? 0
  }

  /// Forgets everything from an iteration on, as when a run continues from an earlier picture.
  public mutating func forget(from iteration: Int) {
    while let last = samples.last, last.iteration >= iteration { samples.removeLast() }
    while let last = marks.last, last.iteration > iteration { marks.removeLast() }
  }
}

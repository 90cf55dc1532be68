/// What the user asked for: everything that decides how a result looks, as a plain value.
///
/// The same recipe, threads and machine give the same picture, bit for bit.
public struct Recipe: Equatable, Sendable {
  /// A painting and how much of it goes into the mix.
  public struct Style: Equatable, Sendable {
    /// Where the picture is.
    public var picture: String

    /// Its share before the shares are divided by their sum; negative moves away from it.
    public var weight: Double

    /// Where the gray picture is that says in which parts of the photograph it applies; nil for all that
    /// the others' masks leave.
    public var mask: String?

    /// A painting, its share and its mask.
    public init(picture: String, weight: Double = 1, mask: String? = nil) {
      self.picture = picture
      self.weight = weight
      self.mask = mask
    }
  }

  /// What the optimization starts from.
  public enum Start: String, Codable, CaseIterable, Sendable {
    /// The photograph itself.
    case content
    /// Gray noise.
    case noise
    /// What a network paints of it in one pass.
    case instant
  }

  /// By which statistics of a network's features texture is compared.
  public enum StyleLoss: String, Codable, CaseIterable, Sendable {
    /// Gram matrices, as in the article.
    case gram
    /// Means and covariances, each on its own: contrast stays.
    case covariance
    /// The cost of carrying one over into the other, told from means and covariances: larger, cleaner
    /// strokes.
    case wasserstein
    /// The same cost along random directions, told from whole distributions: the most faithful colors.
    case sliced
  }

  /// How finely the network's numbers are kept while it is at work; sums are in single precision either way.
  public enum Precision: String, Codable, CaseIterable, Sendable {
    /// In single precision.
    case full
    /// Weights and activations in half precision, which takes half of the memory.
    case mixed
  }

  /// What moves the picture downhill.
  public enum Optimizer: String, Codable, CaseIterable, Sendable {
    /// Adam: steps of about the learning rate, whatever the gradient's length.
    case adam
    /// L-BFGS: steps by the curvature; several times fewer for the same loss.
    case lbfgs
  }

  /// Where the photograph is.
  public var content: String?

  /// The paintings.
  public var styles: [Style] = []

  /// Where the gray picture is that says which parts of the photograph stay as they are.
  public var protect: String?

  /// How light a mask's pixel has to be, 0 to 1, to count, and then it counts fully; nil takes masks as they
  /// are, with their soft edges.
  public var maskThreshold: Double?

  /// How the picture is made.
  public var method = Method.optimize

  /// How far an instant stylization goes, from 0, the photograph in its own style, to 1.
  public var strength = 1.0

  /// How the picture grows in an instant stylization.
  public var upsampling = Upsampling.nearest

  /// Whether an instant stylization ends with a median filter of 3×3 pixels, against speckles.
  public var median = false

  /// Whether an instant stylization that is too large for memory is measured exactly, in many passes,
  /// instead of on a smaller picture.
  public var exact = false

  /// The longer side of the result, in pixels.
  public var size = 512

  /// The longer side at which the run starts, to grow by √2 up to `size`; nil starts at `size`.
  ///
  /// Strokes that begin small stay large: coarse to fine takes less time and leaves less grain.
  public var firstSize: Int?

  /// How many times the iterations of a size the next smaller one takes, on the way up from `firstSize`;
  /// the first takes twice as many again.
  public var scaleTaper = 1.0

  /// How much is painted around the picture and cut off in the end, as a share of the longer side: networks
  /// see borders at the edges, which leave specks there.
  public var margin = 0.0

  /// The longer side of the style pictures, as a multiple of `size`: larger gives larger strokes.
  public var styleScale = 1.0

  /// Whose colors the result has.
  public var color = Color.style

  /// How many steps the optimizer takes.
  public var iterations = 200

  /// Ends the run as soon as the total loss is below this.
  public var stopBelow: Double?

  /// Ends the run after so many seconds; sizes get as much of them as their iterations cost.
  ///
  /// A run that is resumed has as many again.
  public var stopAfter: Double?

  /// Ends the run when the total loss falls by less than this share over 50 iterations.
  ///
  /// A run that is resumed looks at 50 anew.
  public var stopWhenFlat: Double?

  /// How many iterations see only the photograph before texture comes in; keeps a start from noise from
  /// losing the photograph's structure.
  public var contentFirst = 0

  /// What the optimization starts from.
  public var start = Start.content

  /// Decides the noise.
  public var seed: UInt64 = 0

  /// The network whose features are compared: a model's id.
  public var model = "vgg16"

  /// How finely its numbers are kept.
  public var precision = Precision.full

  /// Where the photograph's structure is compared.
  public var contentLayers = ["conv4_2"]

  /// Where the paintings' textures are compared: shallow layers are color and grain, deep ones form.
  public var styleLayers = ["conv1_1", "conv2_1", "conv3_1", "conv4_1", "conv5_1"]

  /// What each of `styleLayers` counts beside the others, in their order; empty if all count the same.
  public var styleLayerWeights: [Double] = []

  /// From coarse, -1, to fine, 1: each style layer counts `4^detail` times as much as the next deeper one,
  /// on top of `styleLayerWeights`.
  public var detail = 0.0

  /// By what texture is compared.
  public var styleLoss = StyleLoss.gram

  /// Whether the gradients that losses send into layers all get the same L1 norm, times weights.
  ///
  /// Keeps one layer from drowning the others out. With Adam only: the total is no longer what the steps
  /// minimize.
  public var normalizesGradients = false

  /// How much the photograph's structure counts; 1e-4…1e-2 is useful.
  public var contentWeight = 1e-3

  /// How much the paintings' texture counts; 1…100 is useful.
  public var styleWeight = 1e1

  /// How much smoothness counts: the mean squared difference from all eight neighbors.
  public var tvWeight = 0.0

  /// What moves the picture.
  public var optimizer = Optimizer.adam

  /// How slowly the mean of the last pictures, which is what is shown and saved, forgets; 0 shows each
  /// picture as it is.
  ///
  /// The mean of many steps is calmer than any of them.
  public var averaging = 0.0

  /// How far Adam moves the picture.
  public var adam = AdamSettings()

  /// The article's recipe.
  public init() {}
}

/// The optimizer's parameters (Kingma and Ba 2015), with a learning rate that decays.
public struct AdamSettings: Equatable, Sendable {
  /// The first step's length, in units of the picture's range 0…1.
  public var learningRate = 0.02

  /// How slowly the mean of the gradients forgets.
  public var beta1 = 0.99

  /// How slowly the mean of their squares forgets.
  public var beta2 = 0.999

  /// What the learning rate is multiplied by over `decaySteps` steps.
  public var decay = 0.96

  /// How many steps one `decay` takes.
  public var decaySteps = 1000.0

  /// The longest gradient (L2 norm over the whole picture); longer ones are shortened to it.
  public var clip = 5.0

  /// The article's parameters but for the learning rate.
  public init() {}
}

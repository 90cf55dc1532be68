import Pictures
import Recipes
import Styling
import Terminal

/// Something that happened.
///
/// Named in the past tense: events are facts, not orders.
public enum StudioEvent: Sendable {
  /// Somebody pressed a key, used the mouse or pasted.
  case input(InputEvent)
  /// The window has another size, or a cell has.
  case resized(Size, TerminalTraits.CellPixels?)
  /// The terminal answered late, or graphics were switched.
  case traitsChanged(TerminalTraits)
  /// Somebody asked the process to end (SIGTERM, SIGHUP, SIGINT).
  case terminationRequested

  /// A chosen picture was read; the path tells whether it is still wanted.
  case sourceLoaded(SourceRole, path: String, Source.Content)
  /// A picture that was read carries a recipe.
  case recipeFound(SourceRole, path: String, Recipe)
  /// A mask was laid over the photograph.
  case maskLaid(MaskOverlay.Request, IdentifiedPicture)
  /// A start was measured; nil when it could not be.
  case estimated(Estimate?)

  /// A run reported.
  case run(id: Int, RunEvent)

  /// The exploration's engine reported.
  case explore(ExploreEvent)

  /// The painter in one pass reported.
  case instant(InstantEvent)

  /// The browser's helpers reported.
  case picker(PickerEvent)

  /// The gallery's helpers reported.
  case gallery(GalleryEvent)

  /// The history's helpers reported.
  case history(HistoryEvent)

  /// The queue's helpers reported.
  case queue(QueueEvent)

  /// The player reported.
  case player(id: Int, PlayerEvent)

  /// The picture was saved, or why not.
  case saved(path: String, IdentifiedPicture, failure: String?)
  /// A favorite was kept, or why not.
  case kept(IdentifiedPicture, Keeping)
  /// A picture was measured.
  case evaluated(IdentifiedPicture, Evaluation)
  /// A file is there already that a save would replace.
  case saveWouldOverwrite(path: String)
}

/// Something that happened in a run.
public enum RunEvent: Sendable {
  /// An iterate came; the picture is left out where the interface could not keep up.
  ///
  /// Not every picture is previewed: showing one costs the engine time.
  case iterated(
    LossHistory.Sample, picture: IdentifiedPicture?, scale: Int, secondsPerIteration: Double?,
    memoryBytes: Int?, isPreviewed: Bool = true)
  /// The run goes on or is over, and not all of it could be recorded, for this reason.
  case notRecorded(String)
  /// The run knows its style layers.
  case prepared(layers: [String])
  /// The run is over; its last picture.
  case ended(Run.Phase.End, picture: IdentifiedPicture?, iterations: Int)
}

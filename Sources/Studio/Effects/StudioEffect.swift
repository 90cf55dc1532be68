import Favorites
import Recipes
import Styling
import Terminal

/// Something the outside world must do; `update` only asks for it.
public enum StudioEffect: Equatable, Sendable {
  /// Read a picture for a slot.
  case load(SourceRole, path: String)
  /// Lay a mask over the photograph.
  case layMask(MaskOverlay.Request)
  /// Measure what a start would take.
  case estimate(Recipe)
  /// Start a run with the chosen pictures, from the photograph, noise or a picture.
  case start(id: Int, Recipe, from: Beginning, lineage: Favorite.Lineage? = nil)
  /// Halt the run.
  case pause
  /// Go on.
  case resume
  /// End the run.
  case stop
  /// End the run since the studio is left, and keep what it takes to go on with it.
  case leaveRun
  /// Change what the next iteration uses.
  case steer(Steering.Controls)
  /// Save a picture; asks back before it replaces a file unless told to.
  case save(IdentifiedPicture, Recipe, path: String, isOverwriting: Bool)
  /// Keep a picture, its recipe and how it came about.
  case keep(IdentifiedPicture, Recipe, Provenance = Provenance())
  /// Measure how much of photograph and paintings is in a picture.
  case evaluate(IdentifiedPicture, Recipe)
  /// Open with this theme the next time.
  case rememberTheme(String)
  /// Something for the exploration.
  case explore(ExploreEffect)
  /// Something for the painter in one pass.
  case instant(InstantEffect)
  /// Something for the browser.
  case picker(PickerEffect)
  /// Something for the gallery.
  case gallery(GalleryEffect)
  /// Something for the history.
  case history(HistoryEffect)
  /// Something for the queue.
  case queue(QueueEffect)
  /// Something for the player.
  case player(PlayerEffect)
  /// Draw everything anew.
  case redraw
  /// Use another way to show pictures.
  case useGraphics(TerminalTraits.Graphics)
  /// Put the program in the background.
  case suspend
  /// Save what is not saved where it will be found, without asking.
  case rescue(IdentifiedPicture, Recipe)
  /// Leave.
  case quit
}

/// What a run starts from.
public enum Beginning: Equatable, Sendable {
  /// What the recipe says.
  case recipe
  /// A picture of an earlier run, after so many iterations.
  case iterate(IdentifiedPicture, iteration: Int)
  /// Exactly where the run that ended last left off.
  case end
  /// Exactly where a run of the history was saved.
  case saved(run: String)
}

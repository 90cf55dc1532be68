import Recipes

/// Something in front of the screen that takes all keys.
public enum Overlay: Equatable, Sendable {
  /// All keys of where the user is; scrolled by so many rows.
  case help(scroll: Int)
  /// All commands, narrowed down by typing.
  case palette(TextEntry, selection: Int)
  /// Asks for text.
  case prompt(Prompt)
  /// Asks yes or no.
  case confirm(Confirmation)
  /// Asks what to do with a run that was cut short.
  case cutShort(CutShort)
  /// The themes, shown live as the selection moves; Esc brings back the one before.
  case themes(selection: Int, before: Int)
  /// The words of a choice.
  case choices(Choice, selection: Int)
}

/// A question whose answer is a text.
public struct Prompt: Equatable, Sendable {
  /// What the answer is for.
  public enum Purpose: Equatable, Sendable {
    /// Where to save the picture.
    case savePath
    /// A slider's value.
    case value(Parameter)
    /// The share of the painting of this number.
    case styleWeight(Int)
    /// How many more iterations.
    case iterations
    /// How light a mask's white is.
    case maskThreshold
    /// Where the result of a job goes.
    case queueOutput(QueuedJob.Work)
    /// Something about favorites.
    case gallery(GalleryPrompt)
  }

  /// What the answer is for.
  public var purpose: Purpose
  /// What is asked.
  public var question: String
  /// The answer so far.
  public var entry: TextEntry
  /// What is wrong with the answer, after the user gave it.
  public var complaint: String?

  /// A question.
  public init(purpose: Purpose, question: String, entry: TextEntry = TextEntry()) {
    self.purpose = purpose
    self.question = question
    self.entry = entry
  }
}

/// A question whose answer is yes or no.
public struct Confirmation: Equatable, Sendable {
  /// What happens on yes.
  public enum Purpose: Equatable, Sendable {
    /// Leaves though a picture is not saved.
    case quit
    /// Overwrites a file with the picture.
    case overwrite(path: String)
    /// Makes a new index of the favorites from their pictures.
    case rebuildLibrary
    /// Takes over the recipe that a chosen picture carries.
    case adopt(Recipe)
    /// Deletes a run of the history.
    case removeRun(String)
    /// Paints a film by optimization; in one pass on no.
    case optimizeFilm(QueuedJob.Work, output: String)
  }

  /// What happens on yes.
  public var purpose: Purpose
  /// What is asked.
  public var question: String
  /// What the user should know before answering.
  public var detail: String

  /// A question.
  public init(purpose: Purpose, question: String, detail: String = "") {
    self.purpose = purpose
    self.question = question
    self.detail = detail
  }
}

/// A line of text that is being typed.
public struct TextEntry: Equatable, Sendable {
  /// The text.
  public private(set) var text: String

  /// How many characters stand before the cursor.
  public private(set) var cursor: Int

  /// A text with the cursor at its end.
  public init(_ text: String = "") {
    self.text = text
    cursor = text.count
  }

  /// Types text at the cursor; line ends and other control characters are left out.
  public mutating func insert(_ typed: String) {
    let typed = String(typed.unicodeScalars.filter { $0.properties.generalCategory != .control })
    let place = text.index(text.startIndex, offsetBy: cursor)
    let countAfter = text.count - cursor
    text.insert(contentsOf: typed, at: place)
    cursor = text.count - countAfter
  }

  /// Deletes the character before the cursor.
  public mutating func deleteBackward() {
    guard cursor > 0 else { return }
    cursor -= 1
    text.remove(at: text.index(text.startIndex, offsetBy: cursor))
  }

  /// Deletes the character at the cursor.
  public mutating func deleteForward() {
    guard cursor < text.count else { return }
    text.remove(at: text.index(text.startIndex, offsetBy: cursor))
  }

  /// Deletes everything before the cursor.
  public mutating func deleteToStart() {
    text.removeFirst(cursor)
    cursor = 0
  }

  /// Moves the cursor.
  public mutating func move(by offset: Int) {
    cursor = min(max(cursor + offset, 0), text.count)
  }

  /// Replaces the text and puts the cursor at its end.
  public mutating func replace(with text: String) { self = TextEntry(text) }
}

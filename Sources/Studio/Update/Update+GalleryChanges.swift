import Favorites
import Foundation
import Terminal

/// What is asked about a favorite.
public enum GalleryPrompt: Equatable, Sendable {
  /// Its title.
  case title(UUID)
  /// Its tags, with commas between them.
  case tags(UUID)
  /// Its note.
  case note(UUID)
  /// Where to copy favorites.
  case export([Favorite])

  /// What the question is about, in a word.
  var title: String {
    switch self {
    case .title: "Title"
    case .tags: "Tags"
    case .note: "Note"
    case .export: "Export"
    }
  }

  var isExport: Bool {
    if case .export = self { true } else { false }
  }

  /// Stands for an end of line where a note is edited, which has one line there.
  fileprivate static let lineEnd = "⏎"
}

func rateSelected(_ state: inout StudioState, _ key: KeyPress) -> [StudioEffect] {
  guard let favorite = state.gallery.selected, case .character(let digit) = key.key,
    let stars = digit.wholeNumberValue, stars != favorite.annotation.rating
  else { return [] }
  return [.gallery(.change(favorite.id, .rating(stars)))]
}

func promptForTitle(_ state: inout StudioState) -> [StudioEffect] {
  guard let favorite = state.gallery.selected else { return [] }
  return prompt(.title(favorite.id), "title", favorite.annotation.title, in: &state)
}

func promptForTags(_ state: inout StudioState) -> [StudioEffect] {
  guard let favorite = state.gallery.selected else { return [] }
  return prompt(
    .tags(favorite.id), "tags, with commas between them",
    favorite.annotation.tags.joined(separator: ", "), in: &state)
}

func promptForNote(_ state: inout StudioState) -> [StudioEffect] {
  guard let favorite = state.gallery.selected else { return [] }
  let lines = favorite.annotation.note.split(
    omittingEmptySubsequences: false, whereSeparator: \.isNewline)
  return prompt(
    .note(favorite.id), "note", lines.joined(separator: GalleryPrompt.lineEnd), in: &state)
}

func promptForExport(_ state: inout StudioState) -> [StudioEffect] {
  let favorites = state.gallery.chosen
  guard !favorites.isEmpty else { return [] }
  let what = favorites.count == 1 ? "the picture" : "the \(favorites.count) marked pictures"
  return prompt(
    .export(favorites), "copy \(what), with what is known of them, into the folder or .zip",
    state.gallery.exportFolder ?? "~/impasto-favorites", in: &state)
}

private func prompt(
  _ purpose: GalleryPrompt, _ question: String, _ answer: String, in state: inout StudioState
) -> [StudioEffect] {
  state.overlays.append(
    .prompt(
      Prompt(purpose: .gallery(purpose), question: question, entry: TextEntry(answer))))
  return []
}

/// What the answer to a question about favorites leads to.
func answer(
  _ purpose: GalleryPrompt, with text: String, in state: inout StudioState
) -> [StudioEffect] {
  switch purpose {
  case .title(let id): return [.gallery(.change(id, .title(text)))]
  case .tags(let id):
    let tags = text.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
    return [.gallery(.change(id, .tags(tags.filter { !$0.isEmpty })))]
  case .note(let id):
    let note = text.replacingOccurrences(of: GalleryPrompt.lineEnd, with: "\n")
    return [.gallery(.change(id, .note(note)))]
  case .export(let favorites):
    state.gallery.exportFolder = text
    return [.gallery(.export(favorites, folder: expandingTilde(text)))]
  }
}

/// Moves the favorite that has the cursor to the trash.
func removeSelected(_ state: inout StudioState) -> [StudioEffect] {
  guard let favorite = state.gallery.selected,
    state.gallery.leaving.insert(favorite.id).inserted
  else { return [] }
  return [.gallery(.remove(favorite.id))]
}

func restoreLast(_ state: inout StudioState) -> [StudioEffect] {
  guard let id = state.gallery.removed.last else { return [] }
  return [.gallery(.restore(id))]
}

func confirmRebuilding(_ state: inout StudioState) -> [StudioEffect] {
  state.overlays.append(
    .confirm(
      Confirmation(
        purpose: .rebuildLibrary, question: "Make the library anew?",
        detail: "The pictures carry their recipes, titles, tags and notes; the broken file is "
          + "set aside, not deleted.")))
  return []
}

func rebuildLibrary(_ state: inout StudioState) -> [StudioEffect] {
  state.gallery.phase = .rebuilding
  return [.gallery(.rebuild)]
}

import Foundation
import Recipes
import Studio
import Yams

extension Configuration {
  /// One thing that can be configured: a row of the table that the file, its commented default, the
  /// environment and `config show` are made from.
  struct Entry: Sendable {
    /// Why a value is not used.
    struct Refusal: Error {
      let reason: String
      var hint: String?
    }

    /// A value as it was written.
    struct Value {
      let node: Node

      /// What stands in a file.
      init(_ node: Node) { self.node = node }

      /// What stands in the environment.
      init(text: String) { node = Node(text) }

      /// The text, whatever it would be as a number.
      var text: String? { node.scalar?.string }
    }

    /// The key in the file.
    let name: String
    /// What it is, in a line.
    let summary: String
    /// The value that the commented default shows.
    let example: String
    /// Whether the environment can set it.
    var isPlain = true
    let read: @Sendable (Value, inout Configuration) throws(Refusal) -> Void
    /// The value in use; nil for none.
    let text: @Sendable (Configuration) -> String?

    /// The environment's name for it, such as `IMPASTO_CHECKPOINT_EVERY`.
    var variable: String? {
      guard isPlain else { return nil }
      return name.reduce(into: "IMPASTO_") { result, character in
        if character.isUppercase { result += "_" }
        result += character.uppercased()
      }
    }

    static let all: [Entry] = [
      Entry(
        name: "theme", summary: "colors of the studio: the name of a theme ('impasto themes')",
        example: "impasto-dark",
        read: { value, configuration throws(Refusal) in
          configuration.theme = try value.word("the name of a theme")
        },
        text: \.theme),
      Entry(
        name: "graphics",
        summary: "how pictures are shown: "
          + StudioCommand.GraphicsOption.allCases.map(\.rawValue).joined(separator: ", "),
        example: "auto",
        read: { value, configuration throws(Refusal) in
          configuration.graphics = try value.choice()
        },
        text: { $0.graphics.rawValue }),
      Entry(
        name: "preset",
        summary: "the recipe to start from: \(Preset.all.map(\.name).joined(separator: ", "))",
        example: Preset.all[0].name,
        read: { value, configuration throws(Refusal) in
          configuration.preset = try value.choice(of: Preset.all.map(\.name))
        },
        text: \.preset),
      Entry(
        name: "size", summary: "the longer side of results, in pixels", example: "512",
        read: { value, configuration throws(Refusal) in
          configuration.size = try value.whole(in: Recipe.sizes)
        },
        text: { $0.size.map(String.init) }),
      Entry(
        name: "threads", summary: "how many threads compute; one for each core when not given",
        example: "4",
        read: { value, configuration throws(Refusal) in
          configuration.threads = try value.whole(in: 1...256)
        },
        text: { $0.threads.map(String.init) }),
      Entry(
        name: "checkpointEvery",
        summary: "seconds between two checkpoints of a run, which a crash cannot take",
        example: "10",
        read: { value, configuration throws(Refusal) in
          configuration.checkpointEvery = try value.number(in: 1...3600)
        },
        text: { Format.number($0.checkpointEvery, 0) }),
      Entry(
        name: "historySize",
        summary: "how much the history of runs may take; old runs go first", example: "1GB",
        read: { value, configuration throws(Refusal) in
          guard let size = value.text.flatMap(ByteCount.init(argument:)) else {
            throw Refusal(reason: "it must be a size, such as 500MB")
          }
          configuration.historySize = size.bytes
        },
        text: { Format.bytes($0.historySize) }),
      Entry(
        name: "pictures", summary: "the folder in which the studio looks for photographs first",
        example: "~/Pictures",
        read: { value, configuration throws(Refusal) in
          configuration.pictures = try value.folder()
        },
        text: \.pictures),
      Entry(
        name: "keys",
        summary:
          "keys of the studio's actions ('impasto config keys' lists them); [] takes keys away",
        example: "{ save: [s, Ctrl-S], quit: Q }", isPlain: false,
        read: { value, configuration throws(Refusal) in
          throw Refusal(reason: "it must be a table of actions and keys")
        },
        text: { _ in nil }),
    ]

    static func named(_ name: String) -> Entry? { all.first { $0.name == name } }
  }
}

extension Configuration.Entry.Value {
  typealias Refusal = Configuration.Entry.Refusal

  func word(_ meaning: String) throws(Refusal) -> String {
    guard let text, !text.isEmpty else { throw Refusal(reason: "it must be \(meaning)") }
    return text
  }

  func choice(of words: [String]) throws(Refusal) -> String {
    let text = try word("one of \(words.joined(separator: ", "))")
    guard words.contains(text) else {
      throw Refusal(
        reason: "'\(text)' is none of \(words.joined(separator: ", "))",
        hint: text.nearest(among: words).map { "did you mean \($0)?" })
    }
    return text
  }

  func choice<Choice: RawRepresentable<String> & CaseIterable>() throws(Refusal) -> Choice {
    let name = try choice(of: Choice.allCases.map(\.rawValue))
    guard let choice = Choice(rawValue: name) else { throw Refusal(reason: "it is not known") }
    return choice
  }

  func whole(in range: ClosedRange<Int>) throws(Refusal) -> Int {
    guard let text, let number = Int(text), range.contains(number) else {
      throw Refusal(
        reason: "it must be a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  func number(in range: ClosedRange<Double>) throws(Refusal) -> Double {
    guard let text, let number = Double(text), range.contains(number) else {
      let (least, most) = (
        Format.number(range.lowerBound, 0), Format.number(range.upperBound, 0)
      )
      throw Refusal(reason: "it must be a number from \(least) to \(most)")
    }
    return number
  }

  /// A folder's absolute path; `~` is the user's home.
  func folder() throws(Refusal) -> String {
    let path = (try word("a folder") as NSString).expandingTildeInPath
    guard path.hasPrefix("/") else {
      throw Refusal(reason: "'\(path)' must start with / or ~")
    }
    return path
  }
}

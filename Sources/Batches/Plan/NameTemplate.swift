import Files
import Foundation
import Pictures
import Recipes

/// How results are called: text with fields such as `{content}` in it.
public struct NameTemplate: Equatable, Sendable {
  /// What a field stands for.
  public enum Field: String, CaseIterable, Sendable {
    /// The photograph's name without its extension.
    case content
    /// The folder that the photograph lies in, by its name.
    case folder
    /// The painting's name without its extension.
    case style
    /// The variation of the recipe.
    case variation
    /// The number of the picture in the plan, from 1, with as many digits as the last one.
    case index
    /// The longer side in pixels.
    case size
    /// The recipe's seed.
    case seed
    /// Two hexadecimal digits that depend on the rest: as the name of a folder, they spread pictures over 256.
    case fan
  }

  private enum Part: Equatable {
    case text(String)
    case field(Field)
  }

  /// The template as it was written.
  public let text: String

  private let parts: [Part]

  /// Reads a template, such as `{content}-{style}.png`.
  ///
  /// - Throws: `BatchError.template`.
  public init(_ text: String) throws(BatchError) {
    self.text = text
    let fields = Field.allCases.map(\.rawValue)
    var parts: [Part] = []
    var rest = text[...]
    while let open = rest.firstIndex(of: "{") {
      parts.append(.text(String(rest[..<open])))
      guard let close = rest[open...].firstIndex(of: "}") else {
        throw .template(text, reason: "'{' without '}'", hint: nil)
      }
      let name = String(rest[rest.index(after: open)..<close])
      guard let field = Field(rawValue: name) else {
        throw .template(
          text, reason: "there is no field {\(name)}",
          hint: name.nearest(among: fields).map { "did you mean {\($0)}?" }
            ?? "there are \(fields.map { "{\($0)}" }.joined(separator: ", "))")
      }
      parts.append(.field(field))
      rest = rest[rest.index(after: close)...]
    }
    self.parts = parts + [.text(String(rest))]
    guard PictureFormat(path: text) != nil else {
      throw .template(
        text, reason: "the name does not say which kind of picture it is",
        hint: "end it in .png, .jpg or .webp")
    }
  }

  /// The name of an item.
  ///
  /// - Parameters:
  ///   - recipe: its recipe.
  ///   - content: its photograph's name.
  ///   - style: its style's name.
  ///   - variation: its variation's name.
  ///   - index: which it is, from 0.
  ///   - count: of how many.
  /// - Throws: `BatchError.template` when the name would lead out of the batch's folder or is too long.
  func name(
    recipe: Recipe, content: String, style: String, variation: String, index: Int, count: Int
  ) throws(BatchError) -> String {
    func name(fan: String) -> String {
      parts.map { part in
        switch part {
        case .text(let text): text
        case .field(.content): Self.component(content)
        case .field(.folder): Self.component(Self.folder(of: recipe.content ?? ""))
        case .field(.style): Self.component(style)
        case .field(.variation): Self.component(variation)
        case .field(.index):
          String(repeating: "0", count: "\(count)".count - "\(index + 1)".count) + "\(index + 1)"
        case .field(.size): "\(recipe.size)"
        case .field(.seed): "\(recipe.seed)"
        case .field(.fan): fan
        }
      }.joined()
    }
    let hash =
      parts.contains(.field(.fan))
      ? SHA256.hexadecimal(of: Array((name(fan: "") + (recipe.content ?? "")).utf8)) : ""
    let result = name(fan: String(hash.prefix(2)))
    for part in result.split(separator: "/", omittingEmptySubsequences: false) {
      guard !part.isEmpty, !part.hasPrefix("."), part.utf8.count <= 255,
        !part.utf8.contains(0)
      else {
        throw .template(
          text, reason: "makes the name '\(result)'",
          hint: "no part of a name may be empty, begin with a dot or be longer than 255 bytes")
      }
    }
    return result
  }

  /// A label as a part of a name: what separates folders cannot be in it.
  private static func component(_ label: String) -> String {
    label.replacing("/", with: "_")
  }

  private static func folder(of path: String) -> String {
    let folder = path.parentFolder
    return folder.isEmpty || folder == "/" ? "root" : (folder as NSString).lastPathComponent
  }
}

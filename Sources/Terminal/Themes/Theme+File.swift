import Files
import Foundation
import Yams

/// Schemes as the tinted-theming project defines them (its `builder.md`), in YAML files:
///
///     system: "base16"          # or base24; inferred from the colors
///     name: "Scheme Name"       # `scheme` in old files
///     slug: "scheme-name"       # made from the name if it is missing
///     variant: "dark"           # or "light"; inferred from the colors
///     palette:
///       base00: "282c34"        # at the top level in old files; a leading # is allowed
extension Theme {
  /// Schemes are short; a longer file is something else.
  private static let limit = 64 << 10

  /// Reads a scheme from a file.
  public init(path: String) throws(ThemeError) {
    let bytes: [UInt8]
    do { bytes = try FileBytes.read(path, limit: Self.limit) } catch { throw .file(error) }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw .malformed(path: path, reason: "it is no text")
    }
    try self.init(yaml: text, path: path)
  }

  /// Reads a scheme from YAML; the path is for errors only.
  public init(yaml text: String, path: String) throws(ThemeError) {
    let scheme = try Self.mapping(text, path: path)
    let colors = scheme["palette"]?.mapping ?? scheme
    func string(_ key: String) -> String? {
      guard let text = scheme[key]?.scalar?.string, !text.isEmpty else { return nil }
      return String(text.printable.prefix(80))
    }
    guard let name = string("name") ?? string("scheme") else { throw .nameless(path: path) }
    func color(_ index: Int) throws(ThemeError) -> Color? {
      let key = "base" + String(format: "%02X", index)
      guard let value = colors[key]?.scalar?.string else { return nil }
      guard let color = Color(scheme: value) else {
        throw .badColor(path: path, key: key, value: value)
      }
      return color
    }
    var palette: [Color] = []
    for index in 0x00...0x0F {
      guard let color = try color(index) else {
        throw .missingColor(path: path, key: "base" + String(format: "%02X", index))
      }
      palette.append(color)
    }
    // base24's additions, all or none.
    var additions: [Color] = []
    for index in 0x10...0x17 {
      if let color = try color(index) { additions.append(color) }
    }
    if additions.count == 8 { palette += additions }

    let slug = Self.slug(string("slug") ?? name)
    let isDark =
      switch string("variant")?.lowercased() {
      case "dark": true
      case "light": false
      default: (palette[0].luminance ?? 0) < (palette[5].luminance ?? 1)
      }
    self.init(
      name: name, slug: slug.isEmpty ? "theme" : slug, isDark: isDark, palette: palette)
  }

  /// The top level of a YAML text; scalars keep their spelling, so that `000000` is a color.
  private static func mapping(_ text: String, path: String) throws(ThemeError) -> Node.Mapping {
    // Aliases of aliases can stand for more nodes than there is memory; no scheme has any.
    guard text.utf8.count(where: { $0 == UInt8(ascii: "*") }) <= 16 else {
      throw .malformed(path: path, reason: "it is full of aliases")
    }
    do {
      guard let mapping = try compose(yaml: text)?.mapping else {
        throw ThemeError.malformed(path: path, reason: "it is no list of keys and values")
      }
      return mapping
    } catch let error as ThemeError {
      throw error
    } catch {
      let reason = "\(error)".split(whereSeparator: \.isNewline).first.map(String.init)
      throw .malformed(path: path, reason: reason ?? "it is no YAML")
    }
  }

  /// A name in lowercase letters, digits and single dashes.
  static func slug(_ name: String) -> String {
    let plain = name.folding(options: .diacriticInsensitive, locale: nil).lowercased()
    return plain.split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }.joined(separator: "-")
  }
}

extension Color {
  /// Reads `RRGGBB` or `#RRGGBB`.
  fileprivate init?(scheme text: String) {
    let digits = text.hasPrefix("#") ? text.dropFirst() : text[...]
    guard digits.utf8.count == 6, digits.allSatisfy(\.isHexDigit),
      let value = UInt32(digits, radix: 16)
    else { return nil }
    self.init(hex: value)
  }
}

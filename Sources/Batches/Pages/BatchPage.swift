import Files

/// One page of an index in HTML: no scripts, no links that lead elsewhere.
struct BatchPage {
  let items: [BatchItem]
  /// The items on this page.
  let range: Range<Int>
  /// Which page it is, from 0.
  let number: Int
  /// How many there are.
  let count: Int
  /// Why items are missing, by their index.
  let faults: [Int: BatchFault]
  let isThere: (BatchItem) -> Bool

  /// The name of a page.
  static func name(of number: Int) -> String {
    number == 0 ? BatchPages.index : "index-\(number + 1).html"
  }

  var html: String {
    var html = """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width">
      <title>\(items.count) pictures</title>
      <style>
      body { font: 14px/1.4 sans-serif; margin: 1.5em; background: #1c1b1a; color: #e6e1d8; }
      main { display: flex; flex-wrap: wrap; gap: 1em; }
      figure { margin: 0; width: 220px; }
      img { width: 220px; height: 220px; object-fit: contain; background: #262422; }
      figcaption { overflow-wrap: anywhere; }
      .fault { color: #e58d7a; }
      a { color: inherit; }
      nav { margin: 1em 0; }
      </style>
      </head>
      <body>
      <h1>\(items.count) pictures</h1>

      """
    html += links
    html += "<p><a href=\"\(BatchPages.sheet)\">contact sheet</a></p>\n<main>\n"
    for index in range { html += figure(index) }
    return html + "</main>\n\(links)</body>\n</html>\n"
  }

  private var links: String {
    guard count > 1 else { return "" }
    let links = (0..<count).map { page in
      page == number
        ? "<b>\(page + 1)</b>" : "<a href=\"\(Self.name(of: page))\">\(page + 1)</a>"
    }
    return "<nav>\(links.joined(separator: " "))</nav>\n"
  }

  private func figure(_ index: Int) -> String {
    let item = items[index]
    let caption = [item.content, item.style, item.variation].filter { !$0.isEmpty }
      .map(Self.escaped).joined(separator: " · ")
    let link = Self.link(to: item.output)
    let picture =
      isThere(item)
      ? "<a href=\"\(link)\"><img loading=\"lazy\" src=\"\(link)\" alt=\"\(caption)\"></a>" : ""
    let reason = faults[index].map { Self.escaped($0.line) } ?? (isThere(item) ? "" : "not painted")
    let fault = reason.isEmpty ? "" : "<br><span class=\"fault\">\(reason)</span>"
    return "<figure>\(picture)<figcaption>\(caption)\(fault)</figcaption></figure>\n"
  }

  /// A relative path as a link: whatever the name holds, it names this file and no scheme.
  static func link(to path: String) -> String {
    "./" + String(RawPath("/" + path).uri.dropFirst("file:///".count))
  }

  /// Text that says the same between tags and in attributes.
  static func escaped(_ text: String) -> String {
    text.printable.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
      .replacing(">", with: "&gt;").replacing("\"", with: "&quot;").replacing("'", with: "&#39;")
  }
}

import Testing

@testable import Terminal

@Suite struct SurfaceTests {
  private func row(_ surface: Surface, _ row: Int) -> String {
    (0..<surface.size.columns).map { column in
      switch surface[column, row].content {
      case .text(let text): text
      case .continuation: ""
      case .picture: "▒"
      }
    }.joined()
  }

  @Test func `text wider than its room ends in an ellipsis`() {
    var surface = Surface(size: Size(columns: 6, rows: 1))
    #expect(surface.write("harbors", column: 0, row: 0, style: Style()) == 6)
    #expect(row(surface, 0) == "harbo…")
  }

  @Test func `a wide character takes two columns or gives way to an ellipsis`() {
    var surface = Surface(size: Size(columns: 5, rows: 2))
    #expect(surface.write("日本", column: 0, row: 0, style: Style()) == 4)
    #expect(row(surface, 0) == "日本 ")
    #expect(surface.write("日本語", column: 0, row: 1, style: Style()) == 5)
    #expect(row(surface, 1) == "日本…")
  }

  @Test func `writing over half a wide character leaves no half behind`() {
    var surface = Surface(size: Size(columns: 4, rows: 2))
    surface.write("日本", column: 0, row: 0, style: Style())
    surface.write("x", column: 1, row: 0, style: Style())
    #expect(row(surface, 0) == " x本")
    surface.write("日本", column: 0, row: 1, style: Style())
    surface.write("x", column: 2, row: 1, style: Style())
    #expect(row(surface, 1) == "日x ")
  }

  @Test func `accents stay with their letter and control characters are shown`() {
    var surface = Surface(size: Size(columns: 6, rows: 1))
    #expect(surface.write("e\u{301}a\u{1B}[", column: 0, row: 0, style: Style()) == 4)
    #expect(row(surface, 0) == "e\u{301}a\u{FFFD}[  ")
    #expect("👨‍👩‍👧".columns == 6)
  }

  @Test func `nothing is drawn outside`() {
    var surface = Surface(size: Size(columns: 3, rows: 2))
    surface.fill(Rectangle(column: -1, row: -1, columns: 9, rows: 9), style: Style(), with: "x")
    #expect(surface.write("abc", column: 1, row: 5, style: Style()) == 0)
    #expect(row(surface, 0) == "xxx" && row(surface, 1) == "xxx")
  }

  @Test func `what is drawn over a picture covers it`() {
    var surface = Surface(size: Size(columns: 4, rows: 2))
    let picture = IdentifiedPicture(.init(width: 1, height: 1, rgb: [1, 2, 3]))
    surface.place(
      PicturePlacement(
        slot: "preview", source: .picture(picture),
        rectangle: Rectangle(column: 1, row: 0, columns: 3, rows: 2)))
    surface.write("ok", column: 2, row: 1, style: Style())
    #expect(row(surface, 0) == " ▒▒▒" && row(surface, 1) == " ▒ok")
    #expect(surface[3, 0].content == .picture(placement: 0, column: 2, row: 0))
  }
}

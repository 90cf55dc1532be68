import Terminal
import Testing

@Suite struct KeyPressLabelTests {
  @Test func `keys are called what is written on them`() {
    #expect(KeyPress(.up).label == "↑")
    #expect(KeyPress(.right, .shift).label == "Shift-→")
    #expect(KeyPress(.character("c"), .control).label == "Ctrl-C")
    #expect(KeyPress(.character(" ")).label == "Space")
    #expect(KeyPress(.character("R")).label == "R")
    #expect(KeyPress(.function(1)).label == "F1")
    #expect(KeyPress(.tab, [.alt, .shift]).label == "Alt-Shift-Tab")
  }

  @Test func `where only ASCII can be shown arrows are words`() {
    #expect(KeyPress(.right, .shift).label(isASCII: true) == "Shift-Right")
    #expect(KeyPress(.left).label(isASCII: false) == "←")
  }

  @Test(arguments: [
    KeyPress(.up), KeyPress(.right, .shift), KeyPress(.character("c"), .control),
    KeyPress(.character(" ")), KeyPress(.character("R")), KeyPress(.function(12)),
    KeyPress(.tab, [.alt, .shift]), KeyPress(.character("-")), KeyPress(.character("é")),
    KeyPress(.pageDown, [.control, .alt, .shift]), KeyPress(.escape),
    KeyPress(.character("+"), .alt),
  ])
  func `a label in words means its key`(key: KeyPress) {
    #expect(KeyPress(label: key.label(isASCII: true)) == key)
    #expect(KeyPress(label: key.label(isASCII: true).replacing("Ctrl-", with: "ctrl+")) == key)
  }

  @Test(arguments: ["", "Ctrl-", "Banana", "F0", "F36", "Fx", "ab", "\t", "Ctrl-Banana", "-x"])
  func `what names no key is none`(label: String) {
    #expect(KeyPress(label: label) == nil)
  }
}

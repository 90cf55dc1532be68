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
}

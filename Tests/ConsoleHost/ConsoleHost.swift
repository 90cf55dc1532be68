import Foundation
import Pictures
import Terminal

/// A program on a console that a test can press keys of: it shows what it heard.
///
/// `q` quits, `z` suspends, `c` crashes, `o` ends without closing, `s` shows the same frame once more, `i`
/// idles and shows it time and again, `g`
/// shows a gradient of more color pairs than there are, `p` a picture, `d` something over it, `r` redraws.
@main
struct ConsoleHost {
  static func main() {
    do {
      let graphics = CommandLine.arguments.dropFirst().first.flatMap(
        TerminalTraits.Graphics.init(rawValue:))
      let console = try Console.open(
        ConsoleOptions(graphics: graphics), environment: ProcessInfo.processInfo.environment)
      var host = ConsoleHost(console: console)
      host.run()
      console.close()
      print("left well")
    } catch {
      print("cannot open: \(error)")
      exit(1)
    }
  }

  let console: Console
  var heard: [String] = []
  var showsGradient = false
  var showsPicture = false
  var showsDialog = false
  var shift = 0

  init(console: Console) { self.console = console }

  mutating func run() {
    var isRunning = true
    draw()
    while isRunning {
      for event in console.events(waitingAtMost: nil) {
        heard.append("\(event)")
        switch event {
        case .input(.key(let press)): isRunning = take(press.key) && isRunning
        case .terminationRequested: isRunning = false
        default: break
        }
      }
      if isRunning { draw() }
    }
  }

  private mutating func take(_ key: KeyPress.Key) -> Bool {
    switch key {
    case .character("q"): return false
    case .character("z"): console.suspend()
    case .character("c"): fatalError("asked to")
    case .character("o"): exit(3)
    case .character("s"): heard.removeLast()
    case .character("i"):
      heard.removeLast()
      for _ in 0..<20 {
        _ = console.events(waitingAtMost: .milliseconds(1))
        draw()
      }
    case .character("g"):
      showsGradient = true
      shift += 1
    case .character("p"): showsPicture.toggle()
    case .character("d"): showsDialog.toggle()
    case .character("r"): console.redraw()
    default: break
    }
    return true
  }

  private func draw() {
    var surface = Surface(size: console.size)
    let window = Rectangle(console.size)
    surface.write(
      "ready \(console.size.columns)x\(console.size.rows)", column: 0, row: 0, style: Style())
    surface.write(
      "\(console.traits.colors) \(console.traits.graphics.rawValue) “é日本”…", column: 20, row: 0,
      style: Style(
        foreground: .rgb(red: 1, green: 2, blue: 3), background: .rgb(red: 250, green: 128, blue: 0)
      ))
    if showsGradient {
      for row in 1..<max(1, window.rows - 4) {
        for column in 0..<window.columns {
          let green = UInt8(truncatingIfNeeded: row * 5 + shift * 7)
          surface[column, row] = Cell(
            .text("▀"),
            style: Style(
              foreground: .rgb(
                red: UInt8(truncatingIfNeeded: column * 3 + shift), green: green, blue: 90),
              background: .rgb(red: 40, green: UInt8(truncatingIfNeeded: column * 2), blue: green)))
        }
      }
    }
    if showsPicture {
      surface.place(
        PicturePlacement(
          slot: "preview", source: .picture(Self.picture),
          rectangle: Rectangle(column: 10, row: 2, columns: 20, rows: 8)))
    }
    if showsDialog {
      surface.fill(
        Rectangle(column: 15, row: 4, columns: 30, rows: 4),
        style: Style(
          foreground: .rgb(red: 255, green: 255, blue: 255),
          background: .rgb(red: 90, green: 0, blue: 90)))
      surface.write("a dialog", column: 17, row: 5, style: Style(attributes: .bold))
    }
    for (offset, line) in heard.suffix(3).enumerated() {
      surface.write(line, column: 0, row: window.rows - 3 + offset, style: Style())
    }
    console.show(surface)
  }

  private static let picture: IdentifiedPicture = {
    var pixels: [UInt8] = []
    for row in 0..<64 {
      for column in 0..<64 { pixels += [UInt8(column * 4), UInt8(row * 4), 128] }
    }
    return IdentifiedPicture(Picture(width: 64, height: 64, rgb: pixels))
  }()
}

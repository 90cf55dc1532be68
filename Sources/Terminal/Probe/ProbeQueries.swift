/// What the probe asks.
enum ProbeQueries {
  /// The questions that are safe to ask where these variables are set.
  ///
  /// Kitty's is left out where it would be taken for text or, in tmux, for the title of the pane. The
  /// primary device attributes come last: every terminal knows them, so that their reply says that
  /// there will be no other.
  static func bytes(environment: [String: String]) -> [UInt8] {
    var queries = ["\u{1B}[>q"]
    if takesKittyQuery(environment) {
      // A picture of one pixel, to be looked at and not to be shown.
      queries.append("\u{1B}_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\u{1B}\\")
    }
    if !isMultiplexer(environment) {
      queries += [
        // The extent of a cell, and of all.
        "\u{1B}[16t", "\u{1B}[14t",
        // Sixels of 256 colors, please (xterm starts with 16 in some guises); the largest picture.
        "\u{1B}[?1;3;256S", "\u{1B}[?2;4;0S",
        "\u{1B}]11;?\u{1B}\\",
      ]
    }
    queries += ["\u{1B}[?2026$p", "\u{1B}[c"]
    return Array(queries.joined().utf8)
  }

  private static func takesKittyQuery(_ environment: [String: String]) -> Bool {
    !isMultiplexer(environment) && environment["TERM"] != "linux"
  }

  private static func isMultiplexer(_ environment: [String: String]) -> Bool {
    isInsideTmux(environment) || environment["STY"] != nil
      || environment["TERM"]?.hasPrefix("screen") == true
  }

  static func isInsideTmux(_ environment: [String: String]) -> Bool {
    environment["TMUX"]?.isEmpty == false || environment["TERM"]?.hasPrefix("tmux") == true
  }
}

import Terminal
enum HelpView { static func lastScroll(in state: StudioState) -> Int { 0 } }
extension KeyPress { func label(isASCII: Bool) -> String { "" } }
public func view(_ state: StudioState) -> Surface { Surface(size: state.size) }

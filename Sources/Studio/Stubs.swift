import Terminal
func openPicker(_ state: inout StudioState, for role: SourceRole) -> [StudioEffect] { [] }
func updatePicker(_ state: inout StudioState, input: InputEvent) -> [StudioEffect] { [] }
func updatePicker(_ state: inout StudioState, report: PickerEvent) -> [StudioEffect] { [] }
enum HelpView { static func lastScroll(in: StudioState) -> Int { 0 } }
extension KeyPress { func label(isASCII: Bool) -> String { "" } }

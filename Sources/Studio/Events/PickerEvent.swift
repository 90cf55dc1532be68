/// What the browser's helpers report.
public enum PickerEvent: Sendable {
}

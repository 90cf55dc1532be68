/// What the browser asks its helpers for.
public enum PickerEffect: Equatable, Sendable {
}

import Terminal

extension Action {
  /// What can be done about painting in one pass.
  static let instant = [
    Action(
      "styles", "the built-in styles, on your photograph", hint: "styles", keys: [.key("b")],
      in: .instant, isPrimary: true
    ) { openContactSheet(&$0) },
    Action(
      "get-instant", "get the network for instant previews", hint: "get previews",
      keys: [.key("I")], in: .instant, when: { $0.canFetchInstantModel }
    ) { fetchInstantModel(&$0) },
  ]

  /// What can be done on the contact sheet.
  static let contactSheet = [
    onSheet("adopt-style", "paint in this style, or in the blend", "use it", KeyPress(.enter)) {
      adoptFromContactSheet(&$0)
    },
    onSheet(
      "blend", "add the style to a blend, or take it out", "blend", .key(" "),
      KeyPress(.enter, .shift)
    ) { toggleInBlend(&$0) },
    onSheet(
      "more-of-it", "more of this style in the blend", "more", .key("+"), .key("="),
      when: { $0.hasShareInBlend }
    ) { changeShareInBlend(&$0, by: 1) },
    onSheet(
      "less-of-it", "less of this style in the blend", "less", .key("-"),
      when: { $0.hasShareInBlend }
    ) { changeShareInBlend(&$0, by: -1) },
    onSheet(
      "no-style", "paint by optimizing, with your paintings", "optimize", .key("o"),
      when: { $0.recipe.isInstant }
    ) { leaveBuiltinStyles(&$0) },
    onSheet("leave-styles", "back to the workspace", "back", KeyPress(.escape), .key("b")) {
      closeContactSheet(&$0)
    },
  ]

  private static func onSheet(
    _ name: String, _ title: String, _ hint: String, _ keys: KeyPress...,
    when isAvailable: @escaping @Sendable (StudioState) -> Bool = { _ in true },
    perform: @escaping @Sendable (inout StudioState) -> [StudioEffect]
  ) -> Action {
    Action(
      name, title, hint: hint, keys: keys, in: .styles, on: [.styles], isPrimary: true,
      when: isAvailable, perform: perform)
  }
}

extension StudioState {
  /// Whether the style with the cursor has a share of the blend that could be another.
  fileprivate var hasShareInBlend: Bool {
    contactSheet.blend.count > 1 && contactSheet.share(of: contactSheet.selection) != nil
  }
}

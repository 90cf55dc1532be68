import Recipes
import Terminal

extension Action {
  /// Everything a person can do on the workspace and in the exploration, in the order of the help.
  public static let all: [Action] =
    pictures + run + settings + instant + preview + filmstrip + chart + explore + contactSheet
    + history + queue + studio + presets

  private static let pictures = [
    Action(
      "open", "choose the photograph", keys: [.key("o")], in: .pictures, isPrimary: true
    ) { openPicker(&$0, for: .content) },
    Action("add", "add a painting", keys: [.key("a")], in: .pictures, isPrimary: true) {
      openPicker(&$0, for: .style($0.sources.styles.count))
    },
    Action(
      "choose", "choose the picture of this slot", keys: [KeyPress(.enter)], in: .pictures,
      panes: [.sources]
    ) { chooseForSelection(&$0) },
    Action(
      "remove", "take the picture out", keys: [KeyPress(.delete), .key("d")], in: .pictures,
      panes: [.sources], isPrimary: true, when: { $0.selectedSource != nil }
    ) { removeSelection(&$0) },
    Action(
      "share", "type the painting's share", keys: [.key("w")], in: .pictures, panes: [.sources],
      isPrimary: true, when: { $0.selectedStyle != nil }
    ) { promptForShare(&$0) },
    Action(
      "mask", "choose where it applies, or what stays: a mask", hint: "mask", keys: [.key("M")],
      in: .pictures, panes: [.sources], when: { $0.selectedSource != nil }
    ) { chooseMask(&$0) },
    Action(
      "unmask", "take its mask away", keys: [.key("U")], in: .pictures, panes: [.sources],
      when: { $0.selectedMask != nil }
    ) { removeMask(&$0) },
    Action(
      "threshold", "from which lightness on masks are white", keys: [.key("T")], in: .pictures,
      panes: [.sources, .preview], when: { !$0.sources.masks.isEmpty }
    ) { promptForThreshold(&$0) },
  ]

  private static let run = [
    Action(
      "start", "start", keys: [.key(" ")], in: .run, isPrimary: true,
      when: { !$0.run.isActive && $0.run.recipe == nil }
    ) { startRun(&$0, from: .recipe) },
    Action(
      "pause", "pause", keys: [.key(" ")], in: .run, isPrimary: true,
      when: { $0.run.phase == .running }
    ) { pauseRun(&$0) },
    Action(
      "resume", "resume", keys: [.key(" ")], in: .run, isPrimary: true,
      when: { $0.run.phase == .paused }
    ) { resumeRun(&$0) },
    Action(
      "stop", "stop", keys: [.key("x")], in: .run, isPrimary: true, when: { $0.run.isActive }
    ) { stopRun(&$0) },
    Action(
      "restart", "start over", keys: [.key("R")], in: .run, isPrimary: true,
      when: { $0.run.recipe != nil }
    ) { startRun(&$0, from: .recipe) },
    Action(
      "more", "more iterations", keys: [.key("m")], in: .run, isPrimary: true,
      when: { $0.run.recipe != nil && !$0.recipe.isInstant }
    ) { promptForMore(&$0) },
    Action(
      "continue", "continue from the picture shown", keys: [.key("c")], in: .run, isPrimary: true,
      when: { $0.filmstrip.selected != nil && !$0.recipe.isInstant }
    ) { continueFromFrame(&$0) },
    Action(
      "save", "save the picture", keys: [.key("s")], in: .run, isPrimary: true,
      when: { $0.result != nil }
    ) { promptForSave(&$0) },
    Action(
      "favorite", "keep as a favorite", keys: [.key("f")], in: .run, isPrimary: true,
      when: { $0.result != nil }
    ) { keepFavorite(&$0) },
    Action("favorites", "look through the favorites", keys: [.key("F")], in: .run) {
      openGallery(&$0)
    },
    Action("history", "look through the runs of the past", keys: [.key("H")], in: .run) {
      openHistory(&$0)
    },
    Action(
      "explore", "explore variations", keys: [.key("e")], in: .run,
      isPrimary: true
    ) { openExplorer(&$0) },
  ]

  private static let settings = [
    Action(
      "type", "type a value or see the choices", hint: "type or choose", keys: [KeyPress(.enter)],
      in: .settings, panes: [.settings], isPrimary: true
    ) { askForSetting(&$0) },
    Action(
      "reset", "reset the setting", keys: [.key("0")], in: .settings, panes: [.settings],
      isPrimary: true, when: { $0.isChanged($0.setting) }
    ) { resetSetting(&$0) },
    Action(
      "reset-all", "reset all settings", in: .settings, when: { $0.isAnyChanged }
    ) { resetSettings(&$0) },
    Action(
      "start-from", "another start: the photograph, noise …", keys: [.key("n")], in: .settings
    ) { useNextStart(&$0) },
  ]

  private static let preview = [
    Action("zoom", "the preview alone", keys: [.key("z")], in: .preview, isPrimary: true) {
      togglePreviewFullScreen(&$0)
    },
    Action("view", "the next view", keys: [.key("v")], in: .preview, isPrimary: true) {
      showNextMode(&$0)
    },
    Action("larger", "larger", keys: [.key("+"), .key("=")], in: .preview) { zoom(&$0, by: 1.25) },
    Action("smaller", "smaller", keys: [.key("-")], in: .preview) { zoom(&$0, by: 0.8) },
    Action(
      "fit", "fit the picture", keys: [.key("0")], in: .preview, panes: [.preview],
      when: { $0.preview.zoom != .fit }
    ) { fit(&$0) },
    Action("pixels", "a pixel for a pixel", keys: [.key("i")], in: .preview) { showPixels(&$0) },
    Action(
      "divider-left", "move the divider left", keys: [.key("[")], in: .preview,
      when: { $0.preview.mode == .split }
    ) { moveDivider(&$0, by: -0.05) },
    Action(
      "divider-right", "move the divider right", keys: [.key("]")], in: .preview,
      when: { $0.preview.mode == .split }
    ) { moveDivider(&$0, by: 0.05) },
    Action(
      "graphics", "another way to show pictures", keys: [.key("G")], in: .preview, on: anywhere
    ) { useNextGraphics(&$0) },
  ]

  private static let filmstrip = [
    Action(
      "back", "an earlier picture", keys: [.key(",")], in: .filmstrip, isPrimary: true,
      when: { $0.filmstrip.frames.count > 1 }
    ) { scrub(&$0, by: -1) },
    Action(
      "forward", "a later picture", keys: [.key(".")], in: .filmstrip,
      when: { $0.filmstrip.selected != nil }
    ) { scrub(&$0, by: 1) },
    Action(
      "play-strip", "play the pictures", hint: "play", keys: [.key("P")], in: .filmstrip,
      when: { $0.filmstrip.frames.count > 1 }
    ) { toggleFilmstrip(&$0) },
    Action(
      "latest", "the latest picture", keys: [.key(">")], in: .filmstrip,
      when: { $0.filmstrip.selected != nil }
    ) {
      $0.filmstrip.select(nil)
      return []
    },
  ]

  /// The screens whose keys are in this table.
  static let anywhere: Set<StudioState.Screen> = [
    .workspace, .explore, .styles, .history, .queue,
  ]

  private static let chart = [
    Action("layers", "the style loss layer by layer", keys: [.key("L")], in: .chart) {
      $0.showsLayers.toggle()
      return []
    }
  ]

  private static let studio = [
    Action("next-pane", "the next pane", keys: [KeyPress(.tab)], in: .studio) {
      moveFocus(&$0, by: 1)
    },
    Action("previous-pane", "the pane before", keys: [KeyPress(.tab, .shift)], in: .studio) {
      moveFocus(&$0, by: -1)
    },
    Action("theme", "choose a theme", keys: [.key("t")], in: .studio, on: anywhere) {
      openThemes(&$0)
    },
    Action(
      "commands", "all commands", keys: [.key(":")], in: .studio, on: anywhere, isPrimary: true
    ) {
      $0.overlays.append(.palette(TextEntry(), selection: 0))
      return []
    },
    Action(
      "help", "help", keys: [.key("?"), KeyPress(.function(1))], in: .studio, on: anywhere,
      isPrimary: true
    ) {
      $0.overlays.append(.help(scroll: 0))
      return []
    },
    Action("redraw", "draw everything anew", keys: [.control("l")], in: .studio, on: anywhere) {
      _ in [.redraw]
    },
    Action("suspend", "into the background", keys: [.control("z")], in: .studio, on: anywhere) {
      _ in [.suspend]
    },
    Action(
      "quit", "quit", keys: [.key("q"), .control("c")], in: .studio, on: anywhere, isPrimary: true
    ) { requestQuit(&$0) },
  ]

  private static let presets = Choice.preset.options.enumerated().map { place, preset in
    Action("preset-\(preset.name)", "preset: \(preset.summary)", in: .settings) {
      choose(place, of: .preset, in: &$0)
    }
  }
}

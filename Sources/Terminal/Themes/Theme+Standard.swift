extension Theme {
  /// The dark theme of `themes/impasto-dark.yaml`, so that there is one without any file.
  public static let standard = Theme(
    name: "Impasto Dark", slug: "impasto-dark", isDark: true,
    palette: [
      0x1B1A18, 0x282622, 0x504938, 0x968D7C, 0xB8AE9B, 0xE4DCCB, 0xF0E9DA, 0xFCF8EE,
      0xEC7A68, 0xE8995C, 0xE3C06A, 0xA3C274, 0x74C2B0, 0x7FB2E2, 0xC79AD8, 0xBD9068,
      0x141311, 0x0D0C0B, 0xF7968A, 0xF0D48C, 0xBBD693, 0x93D8C8, 0xA1C8EF, 0xD9B5E6,
    ].map { Color(hex: $0) })
}

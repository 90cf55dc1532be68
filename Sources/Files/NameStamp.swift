import Foundation

extension Date {
  /// This time as the clock here shows it, such as `2026-01-31-235959`: file names that begin so sort by
  /// time.
  public var nameStamp: String {
    var seconds = time_t(timeIntervalSince1970)
    var parts = tm()
    localtime_r(&seconds, &parts)
    return String(
      format: "%04d-%02d-%02d-%02d%02d%02d", parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday,
      parts.tm_hour, parts.tm_min, parts.tm_sec)
  }
}

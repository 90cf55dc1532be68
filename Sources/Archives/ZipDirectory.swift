import Foundation

internal import CZlib

/// What makes files that follow each other a zip archive: a header before each, and after the last a
/// directory of all.
///
/// ```swift
/// try file.append(directory.header(for: "a.png", content: bytes, modified: now))
/// try file.append(bytes)
/// try file.append(directory.end)
/// ```
///
/// Members are stored as they are: pictures do not become smaller. Archives of 4 GiB and more, or of 65,535
/// members and more, are zip64. The formats are explained at `ZipArchive`.
public struct ZipDirectory: Sendable {
  private var entries: [UInt8] = []
  private var count = 0
  private var offset = 0

  /// An archive without members.
  public init() {}

  /// The header of the next member; its content has to follow.
  ///
  /// - Parameters:
  ///   - name: with `/` between folders.
  ///   - content: less than 4 GiB.
  ///   - modified: when it was changed last.
  public mutating func header(
    for name: String, content: [UInt8], modified: Date
  ) -> [UInt8] {
    precondition(content.count < UInt32.max && name.utf8.count <= UInt16.max)
    let isWide = offset >= UInt32.max
    let (time, day) = Self.dosTime(modified)
    // Version, flags (names are UTF-8), method, time, checksum, both sizes, length of the name.
    var common: [UInt8] = []
    common.append(number: UInt16(isWide ? 45 : 20))
    common.append(number: UInt16(0x0800))
    common.append(number: UInt16(0))
    common.append(number: time)
    common.append(number: day)
    common.append(number: Self.checksum(of: content))
    common.append(number: UInt32(content.count))
    common.append(number: UInt32(content.count))
    common.append(number: UInt16(name.utf8.count))

    entries.append(number: UInt32(0x0201_4B50))
    entries.append(number: UInt16(3 << 8 | 45))  // made on Unix
    entries += common
    entries.append(number: UInt16(isWide ? 12 : 0))
    entries.append(number: UInt16(0))  // no comment
    entries.append(number: UInt16(0))  // on the first disk
    entries.append(number: UInt16(0))
    entries.append(number: UInt32(0o100644) << 16)
    entries.append(number: isWide ? .max : UInt32(offset))
    entries += name.utf8
    if isWide {
      entries.append(number: UInt16(1))
      entries.append(number: UInt16(8))
      entries.append(number: UInt64(offset))
    }

    var header: [UInt8] = []
    header.append(number: UInt32(0x0403_4B50))
    header += common
    header.append(number: UInt16(0))
    header += name.utf8
    count += 1
    offset += header.count + content.count
    return header
  }

  /// What follows the last member.
  public var end: [UInt8] {
    var end = entries
    let isWide = count >= UInt16.max || offset >= UInt32.max || entries.count >= UInt32.max
    if isWide {
      end.append(number: UInt32(0x0606_4B50))
      end.append(number: UInt64(44))
      end.append(number: UInt16(3 << 8 | 45))
      end.append(number: UInt16(45))
      end.append(number: UInt32(0))
      end.append(number: UInt32(0))
      end.append(number: UInt64(count))
      end.append(number: UInt64(count))
      end.append(number: UInt64(entries.count))
      end.append(number: UInt64(offset))
      end.append(number: UInt32(0x0706_4B50))
      end.append(number: UInt32(0))
      end.append(number: UInt64(offset + entries.count))
      end.append(number: UInt32(1))
    }
    end.append(number: UInt32(0x0605_4B50))
    end.append(number: UInt16(0))
    end.append(number: UInt16(0))
    end.append(number: UInt16(clamping: count))
    end.append(number: UInt16(clamping: count))
    end.append(number: UInt32(clamping: entries.count))
    end.append(number: UInt32(clamping: offset))
    end.append(number: UInt16(0))
    return end
  }

  /// CRC-32 as zip has it.
  static func checksum(of content: [UInt8]) -> UInt32 {
    UInt32(
      truncatingIfNeeded: content.withUnsafeBufferPointer { crc32_z(0, $0.baseAddress, $0.count) })
  }

  /// A time as DOS kept it, to two seconds, as the clock here shows it.
  private static func dosTime(_ date: Date) -> (time: UInt16, day: UInt16) {
    var seconds = time_t(min(max(date.timeIntervalSince1970, 315_532_800), 4_354_819_198))
    var parts = tm()
    localtime_r(&seconds, &parts)
    let time = parts.tm_hour << 11 | parts.tm_min << 5 | min(parts.tm_sec, 59) / 2
    let day = max(0, parts.tm_year - 80) << 9 | (parts.tm_mon + 1) << 5 | parts.tm_mday
    return (UInt16(clamping: time), UInt16(clamping: day))
  }
}

extension [UInt8] {
  fileprivate mutating func append(number: some FixedWidthInteger) {
    Swift.withUnsafeBytes(of: number.littleEndian) { append(contentsOf: $0) }
  }
}

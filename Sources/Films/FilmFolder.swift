import Files
import Foundation
import Pictures
import Recipes
import Styling

/// Where the painted frames of a film lie until all are there: segments, and the first frame of each shot.
///
/// A folder belongs to a job, by a hash of all that decides how its frames look; who paints the same film in
/// the same way finds what is done. Whoever works in it holds a lock.
struct FilmFolder {
  /// A file with painted frames, complete and on the disk.
  struct Segment {
    let frames: Range<Int>
    let path: String
  }

  private let claim: RunClaim
  private let firstFrame: Int

  /// How many films are kept that were not finished.
  private static let capacity = 10

  /// Opens a job's folder, and makes room by removing the oldest of others.
  init(of job: FilmJob, in folder: String) throws {
    let name = try Self.name(of: job)
    let folders = RunFolder(path: folder)
    do {
      try FileManager.default.createDirectory(
        atPath: "\(folder)/\(name)", withIntermediateDirectories: true)
    } catch {
      throw FilmError.file(.cannotCreate(path: folder, errno: errno))
    }
    do { claim = try folders.claim(name) } catch .running {
      throw FilmError.running(folder: job.film.path)
    }
    firstFrame = job.frames.lowerBound
    Self.prune(folders, except: name)
    for leftover in names where leftover.hasPrefix(".") { unlink("\(claim.folder)/\(leftover)") }
  }

  /// A hash of what decides how the frames look.
  private static func name(of job: FilmJob) throws -> String {
    var status = stat()
    stat(job.film.path, &status)
    var parts = [
      (job.film.path as NSString).standardizingPath, "\(status.st_size)",
      "\(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec)", "\(job.frames)",
      try RecipeFile.text(of: job.recipe),
    ]
    switch job.method {
    case .instant(_, let steadiness): parts.append("\(steadiness)")
    case .optimize(_, _, let weight, let iterations): parts.append("\(weight) \(iterations)")
    }
    for style in job.styles {
      parts.append(SHA256.hexadecimal(of: style.picture.rgb))
      if let mask = style.mask { parts.append(SHA256.hexadecimal(of: mask.values)) }
    }
    if let protection = job.protection {
      parts.append(SHA256.hexadecimal(of: protection.values))
    }
    return String(SHA256.hexadecimal(of: Array(parts.joined(separator: "\n").utf8)).prefix(32))
  }

  private static func prune(_ folders: RunFolder, except own: String) {
    let others = folders.names().filter { $0 != own }.map { name in
      var status = stat()
      stat("\(folders.path)/\(name)", &status)
      return (name: name, time: status.st_mtim.tv_sec)
    }
    for other in others.sorted(by: { $0.time > $1.time }).dropFirst(capacity - 1) {
      (try? folders.claim(other.name))?.remove()
    }
  }

  private var names: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: claim.folder)) ?? []).sorted()
  }

  /// What is done, without a gap from the job's first frame on.
  var segments: [Segment] {
    var segments: [Segment] = []
    var next = firstFrame
    for name in names {
      guard let match = name.wholeMatch(of: /frames-(\d{8})-(\d{8})\.mkv/),
        let first = Int(match.1), let last = Int(match.2), first == next, last >= first
      else { continue }
      segments.append(Segment(frames: first..<last + 1, path: "\(claim.folder)/\(name)"))
      next = last + 1
    }
    return segments
  }

  /// Where a segment is written until it is complete.
  var unfinishedSegment: String { "\(claim.folder)/.frames.mkv" }

  /// Keeps the segment that was written, and tells where.
  func keepSegment(_ frames: Range<Int>) throws(FilmError) -> String {
    let path =
      "\(claim.folder)/frames-\(Self.digits(frames.lowerBound))-\(Self.digits(frames.upperBound - 1)).mkv"
    guard rename(unfinishedSegment, path) == 0 else {
      throw .file(.writeFailed(path: path, errno: errno))
    }
    return path
  }

  /// Keeps the first frame of a shot.
  func keepShot(_ number: Int, _ frame: Picture) throws {
    try PictureEncoder.write(frame, to: "\(claim.folder)/shot-\(Self.digits(number)).png")
  }

  /// The numbers of the frames with which shots begin, of those before `end`.
  func shots(before end: Int) -> [Int] {
    names.compactMap { name in
      name.wholeMatch(of: /shot-(\d{8})\.png/).flatMap { Int($0.1) }
    }.filter { (firstFrame..<end).contains($0) }
  }

  /// The first frame of a shot.
  func firstFrame(ofShot number: Int) throws -> Picture {
    try PictureDecoder.decode("\(claim.folder)/shot-\(Self.digits(number)).png")
  }

  /// Writes the list of segments as ffmpeg's concat demuxer reads it.
  func writeList(of segments: [Segment]) throws -> String {
    let lines = segments.map { "file '\(($0.path as NSString).lastPathComponent)'\n" }
    let path = "\(claim.folder)/segments.txt"
    try AtomicFile.write(Array("ffconcat version 1.0\n\(lines.joined())".utf8), to: path)
    return path
  }

  /// Removes all of it: the film is done.
  func remove() { claim.remove() }

  private static func digits(_ number: Int) -> String { String(format: "%08d", number) }
}

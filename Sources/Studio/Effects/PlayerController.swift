import Dispatch
import Films
import Foundation
import Pictures
import Synchronization
import Terminal

/// Plays films and the filmstrip: says what is due when it is due.
///
/// Frames that the interface has no time for are left out; a film that is decoded more slowly than it runs
/// is played more slowly.
final class PlayerController: Sendable {
  private let mailbox: Mailbox
  private let queue = DispatchQueue(label: "impasto.studio.player", qos: .userInitiated)
  /// What ends the playing that goes on.
  private let end = Mutex<DispatchSemaphore?>(nil)

  init(mailbox: Mailbox) { self.mailbox = mailbox }

  /// Does what is asked for and returns at once.
  func run(_ effect: PlayerEffect) {
    switch effect {
    case .stop: _ = replaceEnd(with: nil)
    case .film(let id, let path, let longerSide):
      let end = replaceEnd(with: DispatchSemaphore(value: 0))
      queue.async { [self] in
        guard let end else { return }
        let failure = playFilm(id, path, longerSide: longerSide, until: end)
        mailbox.post(.player(id: id, .ended(failure: failure)))
      }
    case .filmstrip(let id, let rate):
      let end = replaceEnd(with: DispatchSemaphore(value: 0))
      queue.async { [self] in
        while let end, end.wait(timeout: .now() + 1 / rate) == .timedOut {
          mailbox.post(.player(id: id, .tick))
        }
      }
    }
  }

  /// Ends what is played.
  private func replaceEnd(with new: DispatchSemaphore?) -> DispatchSemaphore? {
    end.withLock { end in
      end?.signal()
      end = new
      return new
    }
  }

  /// - Returns: Why it cannot be played, if so.
  private func playFilm(
    _ id: Int, _ path: String, longerSide: Int, until end: DispatchSemaphore
  ) -> String? {
    do throws(FilmError) {
      var film = try FilmPlayback(path, longerSide: longerSide, with: try FFmpeg())
      var start = ContinuousClock.now
      var number = 0
      while let picture = try film.next() {
        let due = start + .seconds(Double(number) / film.rate)
        let early = ContinuousClock.now.duration(to: due) / .seconds(1)
        if early < -Self.mostDelay { start = start - .seconds(early) }
        if end.wait(timeout: .now() + max(0, early)) == .success { return nil }
        if !mailbox.holdsFilmFrame {
          mailbox.post(
            .player(
              id: id,
              .film(
                Player.Frame(
                  picture: IdentifiedPicture(picture), number: number,
                  count: max(film.frameCount, number + 1), rate: film.rate))))
        }
        number += 1
      }
      return nil
    } catch {
      return StudioFailure.line(for: error)
    }
  }

  /// A film that is later than this, in seconds, is played more slowly.
  private static let mostDelay = 0.25
}

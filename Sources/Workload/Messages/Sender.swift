import CUring
import Glibc
import Instruments
import Vocabulary

/// The sending side of `stream` and `paced`: a thread of its own that sends message after message.
struct Sender: Sendable {
  let control: SenderControl
  /// Where to send, one descriptor per connection, in turn.
  let descriptors: [Int32]
  /// The number of the first message of each connection.
  let firstSequences: [UInt64]
  let messageSize: Int
  let transport: Transport
  let length: TrialLength
  /// Messages in a round.
  let batch: Int
  /// Messages per second in all; nil sends as fast as the transport takes them.
  let rate: Int?
  /// The most messages that may be under way, for transports that drop what does not fit; nil where the kernel holds
  /// the sender back.
  let window: UInt64?
  /// Whether the worker runs on the same CPU, so that waiting must yield the CPU.
  let sharesCPU: Bool

  /// When message `index` is to be sent, in nanoseconds after the release.
  static func intended(_ index: UInt64, rate: Int) -> UInt64 {
    let (seconds, rest) = index.quotientAndRemainder(dividingBy: UInt64(rate))
    return seconds * 1_000_000_000 + rest * 1_000_000_000 / UInt64(rate)
  }

  /// Waits for the release and sends until the length is reached.
  func run() {
    descriptors.forEach(Self.makeBlocking)
    var burst = Burst(size: messageSize, most: mostAtOnce, transport)
    var next = firstSequences
    var sent: UInt64 = 0
    var connection = 0
    control.becomeReady()
    while control.start == 0 { pause() }
    let start = control.start
    var isLast = false
    while !isLast {
      let count = length.left(after: sent, batch: batch).map { min($0, UInt64(burst.most)) } ?? UInt64(burst.most)
      awaitTurn(sent, count, start)
      isLast = length.isReached(after: sent + count, batch: batch, since: start)
      if isLast { control.finish(total: sent + count) }
      guard burst.send(Int(count), from: next[connection], to: descriptors[connection]) else { return }
      next[connection] += count
      sent += count
      connection = connection + 1 == descriptors.count ? 0 : connection + 1
    }
  }

  /// Messages for one connection that go out together, so that a sender keeps ahead of its receiver: a connection's share
  /// of a batch, or what fills some buffers of a byte stream. At a rate it is one.
  private var mostAtOnce: Int {
    guard rate == nil else { return 1 }
    let share = max(1, batch / descriptors.count)
    return transport.keepsMessageBoundaries ? share : max(share, Self.burstBytes / messageSize)
  }

  private static var burstBytes: Int { 32 << 10 }

  private func awaitTurn(_ index: UInt64, _ count: UInt64, _ start: UInt64) {
    if let rate {
      let due = start + Self.intended(index, rate: rate)
      while Clock.now() < due { pause() }
    }
    if let window {
      while index + count - control.received > window { pause() }
    }
  }

  private func pause() {
    if sharesCPU { sched_yield() } else { curing_relax() }
  }

  /// Pipes were made non-blocking for the checking rounds.
  static func makeBlocking(_ descriptor: Int32) {
    let flags = fcntl(descriptor, F_GETFL)
    _ = fcntl(descriptor, F_SETFL, flags & ~O_NONBLOCK)
  }

  /// Writes a whole message; false when the other end is gone.
  static func writeAll(_ message: UnsafeMutableRawBufferPointer, to descriptor: Int32) -> Bool {
    var done = 0
    while done < message.count {
      let written = write(descriptor, message.baseAddress! + done, message.count - done)
      if written < 0 && errno != EINTR && errno != EAGAIN { return false }
      done += max(0, written)
    }
    return true
  }
}

extension TrialLength {
  /// Messages that are left of a trial; nil where time ends it.
  fileprivate func left(after count: UInt64, batch: Int) -> UInt64? {
    switch self {
    case .rounds(let rounds): UInt64(rounds * batch) - count
    case .duration: nil
    }
  }

  /// Whether a trial that was released at `start` is over after `count` messages.
  fileprivate func isReached(after count: UInt64, batch: Int, since start: UInt64) -> Bool {
    switch self {
    case .rounds(let rounds): count >= UInt64(rounds * batch)
    case .duration(let seconds): Double(Clock.now() - start) >= seconds * 1e9
    }
  }
}

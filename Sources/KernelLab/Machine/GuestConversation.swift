import Driver
import FoundationEssentials
import Glibc
import Results

/// What a guest has said so far, and what became of it on disk.
struct GuestConversation: ~Copyable {
  private let channel: Int32
  private var frames = FrameReader()
  private let open: (JournalHeader) throws -> RunRecorder
  private(set) var recorder: RunRecorder?
  private(set) var end: GuestEnd?

  /// - Parameter open: Makes the run's folder, once the guest has begun its run.
  init(channel path: String, open: @escaping (JournalHeader) throws -> RunRecorder) throws(LabError) {
    try Files.write([], to: path)
    let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw LabError("\(path): can't be read") }
    self.init(descriptor: descriptor, open: open)
  }

  private init(descriptor: Int32, open: @escaping (JournalHeader) throws -> RunRecorder) {
    channel = descriptor
    self.open = open
  }

  deinit { close(channel) }

  /// Bytes that are no whole message: what a guest that died left behind.
  var hasTornMessage: Bool { frames.pendingCount > 0 }

  /// Reads what has come since, and records it.
  ///
  /// - Throws: `LabError` when it is no message; `StoreError` when it can't be recorded.
  mutating func listen() throws {
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = read(channel, &block, block.count), count > 0 { frames.add(block[..<count]) }
    while let payload = try nextPayload() {
      guard let message = try? GuestMessage(payload: payload) else {
        throw LabError("the guest sent no message of ours")
      }
      try take(message)
    }
  }

  private mutating func nextPayload() throws(LabError) -> [UInt8]? {
    do throws(FrameError) { return try frames.next() } catch { throw LabError("the guest sent \(error.message)") }
  }

  private mutating func take(_ message: GuestMessage) throws {
    switch message {
    case .header(let header): recorder = try open(header)
    case .trial(let entry):
      guard recorder != nil else { throw LabError("the guest sent a trial before it said what it runs") }
      try recorder?.add(entry)
    case .end(let end): self.end = end
    }
  }

  /// Writes the results; nil when the guest never began.
  mutating func finish(isComplete: Bool) throws -> ResultsDocument? {
    guard let recorder = recorder.take() else { return nil }
    recorder.clearProgress()
    return try recorder.finish(isComplete: isComplete)
  }
}

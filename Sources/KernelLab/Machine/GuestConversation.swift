import Base
import Documents
import Running

/// A guest's messages about a run so far, and their record on disk.
struct GuestConversation: ~Copyable {
  private var channel: GuestChannel
  private let open: (JournalHeader) throws -> RunRecorder
  private(set) var recorder: RunRecorder?
  private(set) var end: GuestEnd?

  /// - Parameters:
  ///   - open: Makes the run's folder when the guest begins its run.
  ///   - boot: is shown until the guest's first message.
  init(channel path: String, boot: BootProgress?, open: @escaping (JournalHeader) throws -> RunRecorder)
    throws(RingbenchError)
  {
    channel = try GuestChannel(path: path, boot: boot)
    self.open = open
  }

  /// Reads and records the messages since the last call.
  ///
  /// - Throws: `failed` when a message is wrong or can't be recorded.
  mutating func listen() throws {
    for message in try channel.messages() { try take(message) }
  }

  private mutating func take(_ message: GuestMessage) throws {
    switch message {
    case .header(let header): recorder = try open(header)
    case .trial(let entry):
      guard recorder != nil else { throw RingbenchError.failed("the guest sent a trial before the run's header") }
      try recorder?.append(entry)
      recorder?.showProgress()
    case .end(let end): self.end = end
    case .output, .exited, .functions, .resumed:
      throw RingbenchError.failed("the guest ran a program, but it was asked for a run")
    }
  }

  /// Writes the results; nil when the guest never began its run.
  mutating func finish(_ end: RunRecorder.End) throws -> RunEnding? {
    guard let recorder = recorder.take() else { return nil }
    return try recorder.finish(end)
  }
}

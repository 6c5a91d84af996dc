import CGuest
package import Documents
import FoundationEssentials

/// What a guest tells its host. Of a run, in this order: the header once, each trial when it is finished. Of a program:
/// its output as it comes, how it ended once. Of both: the end once.
package enum GuestMessage: Codable, Sendable {
  case header(JournalHeader)
  case trial(JournalEntry)
  case output(ProgramOutput)
  case exited(ProgramEnd)
  case end(GuestEnd)

  func frame() throws -> [UInt8] { Frame.bytes([UInt8](try ResultsJSON.line(self))) }

  init(payload: [UInt8]) throws { self = try ResultsJSON.decode(GuestMessage.self, from: Data(payload)) }
}

/// How a guest ended. One that never says has failed.
package struct GuestEnd: Codable, Hashable, Sendable {
  /// An exit status of `ringbench`.
  package var status: Int32
  /// Why, unless the status is 0.
  package var message: String?
}

/// What a guest is asked to do. It lies in the initramfs.
package enum GuestRequest: Codable, Sendable {
  static let path = CGUEST_REQUEST

  /// A run. The seconds are guest seconds to wait before the first trial, so that what the kernel does after boot is
  /// over.
  case run(RunPlan, settleSeconds: Double)
  /// A program of the initramfs, by its path and its arguments after the name.
  case program(path: String, arguments: [String])
}

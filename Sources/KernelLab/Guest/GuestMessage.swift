import CGuest
import FoundationEssentials
package import Results

/// What a guest tells its host, in this order: the header once, each trial when it is finished, the end once.
package enum GuestMessage: Codable, Sendable {
  case header(JournalHeader)
  case trial(JournalEntry)
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
package struct GuestRequest: Codable, Sendable {
  static let path = CGUEST_REQUEST

  package var plan: RunPlan
  /// Guest seconds to wait before the first trial, so that what the kernel does after boot is over.
  package var settleSeconds: Double
}

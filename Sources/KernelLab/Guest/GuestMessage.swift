import CGuest
package import Documents
package import FoundationEssentials

/// A message from a guest to its host. A run sends its header once, then each trial when it is finished. A program
/// sends its output as it comes, then once how it ended. Both send the end last.
package enum GuestMessage: Codable, Sendable {
  case header(JournalHeader)
  case trial(JournalEntry)
  case output(ProgramOutput)
  case exited(ProgramEnd)
  /// The kernel's functions, in the form of `KernelSymbols`.
  case functions(Data)
  /// The machine goes on after a pause, in which its clock jumped by so many nanoseconds.
  case resumed(shift: Int)
  case end(GuestEnd)

  func frame() throws -> [UInt8] { Frame.bytes([UInt8](try ResultsJSON.line(self))) }

  init(payload: [UInt8]) throws { self = try ResultsJSON.decode(GuestMessage.self, from: Data(payload)) }
}

/// How a guest ended. A guest that does not send this has failed.
package struct GuestEnd: Codable, Hashable, Sendable {
  /// An exit status of `ringbench`.
  package var status: Int32
  /// Why, unless the status is 0.
  package var message: String?
}

/// The host's request to a guest. It is a file in the initramfs.
package enum GuestRequest: Codable, Sendable {
  static let path = CGUEST_REQUEST

  /// A run. The guest waits this many guest seconds before the first trial, so that the kernel has finished its work
  /// after boot.
  case run(RunPlan, settleSeconds: Double)
  /// Waits until the guest has been up for so many seconds, pauses the machine to be saved, and then does what the host
  /// wrote into its memory.
  case pause(uptimeSeconds: Double)
  /// Whether io_uring is there.
  case probe
  /// Nothing: shows that a saved machine goes on as it should.
  case nothing
  /// The kernel's functions with their addresses.
  case functions
  /// A program in the initramfs: its path, and its arguments after the name.
  case program(path: String, arguments: [String])
}

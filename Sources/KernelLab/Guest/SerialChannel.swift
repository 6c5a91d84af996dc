import Base
import Documents
import Glibc

/// The guest's end of the second serial line.
struct SerialChannel: ~Copyable {
  static let device = "/dev/ttyS1"

  private let descriptor: Int32

  /// Opens the line in raw mode, `termios(3)`.
  init() throws(RingbenchError) {
    descriptor = open(Self.device, O_RDWR | O_NOCTTY | O_CLOEXEC)
    guard descriptor >= 0 else { throw RingbenchError.failed("\(Self.device): \(String(cString: strerror(errno)))") }
    var settings = termios()
    guard tcgetattr(descriptor, &settings) == 0 else { return }
    cfmakeraw(&settings)
    cfsetspeed(&settings, speed_t(B115200))
    tcsetattr(descriptor, TCSANOW, &settings)
  }

  deinit { close(descriptor) }

  /// Sends a message, and waits until the last byte has left.
  func send(_ message: GuestMessage) throws(RingbenchError) {
    let frame: [UInt8]
    do { frame = try message.frame() } catch {
      throw RingbenchError.failed("a message can't be written as JSON: \(error)")
    }
    var rest = frame[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if written < 0, errno == EINTR { continue }
      guard written > 0 else { throw RingbenchError.failed("\(Self.device): \(String(cString: strerror(errno)))") }
      rest = rest.dropFirst(written)
    }
    tcdrain(descriptor)
  }
}

extension SerialChannel: TrialLog {
  func append(_ entry: JournalEntry) throws(RingbenchError) { try send(.trial(entry)) }
}

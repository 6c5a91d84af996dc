import Base
import Documents
import FoundationEssentials
import Glibc

/// QEMU's control socket, `docs/interop/qmp-spec.rst`: lines of JSON in both directions.
struct MachineControl: ~Copyable {
  /// How long QEMU may take to open the socket, and to answer.
  private static let limit = Duration.seconds(30)
  private static let pause = Duration.milliseconds(2)

  private let descriptor: Int32
  private var pending: [UInt8] = []
  /// Events since they were last asked for.
  private var events: [String] = []

  /// QEMU has ended.
  struct Lost: Error {}

  /// A line from QEMU: an answer, an error or an event.
  private struct Line: Decodable {
    struct Problem: Decodable { var desc: String }
    struct Answer: Decodable {
      var status: String?
    }

    var error: Problem?
    var event: String?
    var answer: Answer?
    var isGreeting: Bool

    private enum CodingKeys: String, CodingKey {
      case error, event
      case greeting = "QMP"
      case answer = "return"
    }

    init(from decoder: any Decoder) throws {
      let line = try decoder.container(keyedBy: CodingKeys.self)
      error = try line.decodeIfPresent(Problem.self, forKey: .error)
      event = try line.decodeIfPresent(String.self, forKey: .event)
      isGreeting = line.contains(.greeting)
      // Answers of other shapes are of no interest.
      answer = line.contains(.answer) ? (try? line.decode(Answer.self, forKey: .answer)) ?? Answer() : nil
    }
  }

  /// Connects, and turns to command mode.
  ///
  /// - Parameter isRunning: whether QEMU still runs.
  static func open(_ path: String, isRunning: () -> Bool) async throws -> MachineControl {
    var control = MachineControl(descriptor: try await connect(path, isRunning))
    try await control.execute("qmp_capabilities")
    return control
  }

  private init(descriptor: Int32) { self.descriptor = descriptor }

  deinit { close(descriptor) }

  private static func connect(_ path: String, _ isRunning: () -> Bool) async throws -> Int32 {
    let end = ContinuousClock.now + limit
    while true {
      let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
      guard descriptor >= 0 else { throw RingbenchError.failed("socket: \(String(cString: strerror(errno)))") }
      if connects(descriptor, path) {
        _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
        return descriptor
      }
      close(descriptor)
      guard isRunning() else { throw Lost() }
      guard .now < end else { throw RingbenchError.failed("\(path): QEMU does not answer") }
      try await Task.sleep(for: pause)
    }
  }

  private static func connects(_ descriptor: Int32, _ path: String) -> Bool {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array(path.utf8)
    guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else { return false }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    return withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
      }
    }
  }

  /// Runs a command.
  ///
  /// - Parameter arguments: JSON.
  /// - Returns: the `status` in the answer; nil for an answer without one.
  /// - Throws: `failed` with QEMU's reason.
  @discardableResult
  mutating func execute(_ command: String, _ arguments: String = "{}") async throws -> String? {
    let line = Array("{\"execute\": \"\(command)\", \"arguments\": \(arguments)}\n".utf8)
    guard Glibc.send(descriptor, line, line.count, Int32(MSG_NOSIGNAL)) == line.count else { throw Lost() }
    let end = ContinuousClock.now + Self.limit
    while .now < end {
      while let line = try nextLine() {
        if let event = line.event { events.append(event) }
        if let error = line.error { throw RingbenchError.failed("QEMU refuses \(command): \(error.desc)") }
        if let answer = line.answer { return answer.status }
      }
      try await Task.sleep(for: Self.pause)
    }
    throw RingbenchError.failed("QEMU does not answer the command \(command)")
  }

  /// Whether an event has come since the last call.
  mutating func hasSeen(_ event: String) throws -> Bool {
    while let line = try nextLine() { line.event.map { events.append($0) } }
    defer { events.removeAll { $0 == event } }
    return events.contains(event)
  }

  private mutating func nextLine() throws -> Line? {
    var block = [UInt8](repeating: 0, count: 1 << 14)
    var count = read(descriptor, &block, block.count)
    while count > 0 {
      pending += block[..<count]
      count = read(descriptor, &block, block.count)
    }
    guard let end = pending.firstIndex(of: UInt8(ascii: "\n")) else {
      if count == 0 { throw Lost() }
      return nil
    }
    let line = pending[..<end]
    pending.removeFirst(end + 1)
    guard let decoded = try? ResultsJSON.decode(Line.self, from: Data(line)) else {
      throw RingbenchError.failed("QEMU wrote a line that is not of its protocol")
    }
    return decoded
  }
}

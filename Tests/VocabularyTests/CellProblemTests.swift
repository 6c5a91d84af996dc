import TestSupport
import Testing
import Vocabulary

/// Which combinations are bad input, and which value their message names.
@Suite struct CellProblemTests {
  struct Change: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let axes: [CellAxis]
    let apply: @Sendable (inout Cell) -> Void

    init(_ name: String, _ axes: CellAxis..., apply: @escaping @Sendable (inout Cell) -> Void) {
      testDescription = name
      self.axes = axes
      self.apply = apply
    }

    var cell: Cell {
      var cell = Sample.cell(.tcp, .pbuf, .oneshot)
      apply(&cell)
      return cell
    }
  }

  static let wrong = [
    Change("no bytes", .number(.messageSize)) { $0.messageSize = 0 },
    Change("2 GiB", .number(.messageSize)) { $0.messageSize = 2 << 30 },
    Change("no room", .number(.bufferSize)) { $0.bufferSize = 0 },
    Change("4 GiB of room", .number(.bufferSize)) { $0.bufferSize = 4 << 30 },
    Change("no buffers", .number(.buffers)) { $0.buffers = 0 },
    Change("too many", .number(.buffers)) { $0.buffers = 65_536 },
    Change("not a power of two", .number(.buffers), .mode) { $0.buffers = 100 },
    Change("no batch", .number(.batch)) { $0.batch = 0 },
    Change("batch above buffers that requests name", .number(.batch), .number(.buffers)) {
      ($0.mode, $0.batch) = (.plain, 512)
    },
    Change("more handed back than there are", .number(.handBack), .number(.buffers)) { $0[.handBack] = 512 },
    Change("not aligned to a power of two", .number(.align)) { $0[.align] = 100 },
    Change("no connection", .number(.connections)) { $0.connections = 0 },
    Change("pingpong of two", .number(.connections), .pattern) { ($0.pattern, $0.connections) = (.pingpong, 2) },
    Change("datagrams in parts", .number(.bufferSize), .number(.messageSize), .transport) {
      ($0.transport, $0.bufferSize) = (.udp, 32)
    },
    Change("file in parts", .number(.bufferSize), .number(.messageSize), .transport) {
      ($0.transport, $0.bufferSize) = (.file, 32)
    },
    Change("no rate", .pattern) { $0.pattern = .paced },
    Change("rate 0", .number(.rate)) { ($0.pattern, $0.rate) = (.paced, 0) },
    Change("rate above the clock's", .number(.rate)) { ($0.pattern, $0.rate) = (.paced, 2_000_000_000) },
    Change("rate of drain", .number(.rate), .pattern) { $0.rate = 5 },
  ]

  @Test(arguments: wrong) func isBadInput(change: Change) throws {
    let problem = try #require(change.cell.problem)
    #expect(problem.axes == change.axes)
    #expect(!problem.sentence.contains("\n"))
  }

  /// A refusal by a transport or a kernel is a result: the other cells of the run are measured.
  static let possible = [
    Change("as it is") { _ in },
    Change("100 ordinary buffers") { ($0.mode, $0.buffers) = (.plain, 100) },
    Change("a message over several buffers of a stream") { ($0.messageSize, $0.bufferSize) = (4096, 512) },
    Change("more than a page in a packet") {
      ($0.transport, $0.messageSize, $0.bufferSize) = (.pipePacket, 65_536, 65_536)
    },
    Change("more than a datagram holds") { ($0.transport, $0.messageSize, $0.bufferSize) = (.udp, 65_536, 65_536) },
    Change("as many buffers as there can be") { $0.buffers = NumberAxis.buffers.range.upperBound },
    Change("a batch of all buffers") { $0.batch = 256 },
    Change("a batch of more than a group has") { $0.batch = 512 },
    Change("calls that use one buffer again") { ($0.mode, $0.batch) = (.syscall, 512) },
    Change("all buffers handed back at once") { $0[.handBack] = 256 },
    Change("one message per connection") { $0.connections = 64 },
    Change("paced") { ($0.pattern, $0.rate) = (.paced, 1000) },
  ]

  @Test(arguments: possible) func isLeftToTheMachine(change: Change) {
    #expect(change.cell.problem == nil)
  }
}

import Base
import FoundationEssentials
import TestSupport
import Testing

@testable import KernelLab

/// The clocks in QEMU's state.
@Suite struct SavedStateTests {
  private static let hostClocks = 20..<44

  /// A section `timer` with its part `timer/icount`, between other bytes, and the section of a processor.
  private func bytes(_ host: UInt8 = 7, bias: [UInt8] = [0, 0, 0, 0, 0, 0, 1, 0]) -> [UInt8] {
    [9, 9, 9, 4, 0, 0] + [5] + Array("timer".utf8) + [0, 0, 0, 0, 0, 0, 0, 2] + Array(repeating: host, count: 24)
      + [5, 12] + Array("timer/icount".utf8) + [0, 0, 0, 1] + bias + processor()
  }

  private func processor(_ interrupt: UInt8 = 0) -> [UInt8] {
    [4, 0, 0, 0, 4] + [10] + Array("cpu_common".utf8) + [0, 0, 0, 0, 0, 0, 0, 1] + [0, 0, 0, 1] + [0, 0, 0, interrupt]
      + [5]
  }

  private func changed(_ bytes: [UInt8], _ change: (inout SavedState) -> Void) throws -> [UInt8] {
    let folder = try TemporaryFolder()
    try Files.write(bytes, to: folder.file("state"))
    var state = try SavedState(path: folder.file("state"))
    change(&state)
    try state.write(to: folder.file("state"))
    return [UInt8](try #require(FileManager.default.contents(atPath: folder.file("state"))))
  }

  @Test(arguments: [
    (-1, [0, 0, 0, 0, 0, 0, 0, 255]), (256, [0, 0, 0, 0, 0, 0, 2, 0]), (0, [0, 0, 0, 0, 0, 0, 1, 0]),
  ])
  func theClockIsMoved(by nanoseconds: Int, bias: [UInt8]) throws {
    #expect(try changed(bytes()) { $0.moveClock(by: nanoseconds) } == bytes(bias: bias))
  }

  /// How long the host took makes no other machine; everything else does.
  @Test func onlyTheHostsClocksAreForgotten() throws {
    let one = try changed(bytes(7)) { $0.clearHostClocks() }
    #expect(one == bytes(0))
    #expect(try changed(bytes(200)) { $0.clearHostClocks() } == one)
    for place in bytes().indices where !Self.hostClocks.contains(place) {
      var other = bytes()
      other[place] ^= 128
      let isOther = (try? changed(other) { $0.clearHostClocks() }) != one
      #expect(isOther, "byte \(place)")
    }
  }

  /// A timer that ran after the pause leaves an interrupt.
  @Test func anInterruptThatWaitsIsSeen() throws {
    for interrupt: UInt8 in [0, 2] {
      let whole = Array(bytes().dropLast(processor().count)) + processor(interrupt)
      var waits: Bool?
      _ = try changed(whole) { waits = $0.hasInterrupt }
      #expect(waits == (interrupt != 0))
    }
  }

  @Test func aStateWithoutTheClockIsAnError() {
    var nameless = bytes()
    nameless[8] = 0
    for wrong in [
      [], Array(bytes().dropLast(processor().count + 1)), Array(bytes().dropLast(2)), Array(bytes().dropFirst(12)),
      nameless, bytes() + bytes(),
    ] {
      #expect(throws: RingbenchError.self) { try changed(wrong) { _ in } }
    }
  }
}

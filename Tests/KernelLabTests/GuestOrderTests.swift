import Base
import CGuest
import FoundationEssentials
import TestSupport
import Testing

@testable import KernelLab

/// Orders in the memory of a saved machine.
@Suite struct GuestOrderTests {
  private static let pageSize = 4096
  /// Where the marked pages lie, in no order.
  private static let places = [9, 2, 14, 5, 3, 12, 7, 11].map { $0 * pageSize }

  private func memory(_ places: [Int] = places) -> [UInt8] {
    var random = SeededRandom(seed: 4)
    var memory = (0..<16 * Self.pageSize).map { _ in UInt8.random(in: 0...255, using: &random) }
    for (page, place) in places.enumerated() {
      var mark = [UInt8](repeating: 0, count: Int(CGUEST_ORDER_MARK_SIZE))
      cguest_order_mark(Int32(page), &mark)
      memory.replaceSubrange(place..<place + mark.count, with: mark)
    }
    return memory
  }

  @Test func findsTheMarkedPages() throws {
    let folder = try TemporaryFolder()
    try Files.write(memory(), to: folder.file("memory"))
    #expect(try GuestOrder.places(inMemory: folder.file("memory")) == Self.places)
  }

  @Test func aMissingOrDoubledMarkIsAnError() throws {
    let folder = try TemporaryFolder()
    try Files.write(memory(Array(Self.places.prefix(7))), to: folder.file("missing"))
    #expect(throws: RingbenchError.self) { try GuestOrder.places(inMemory: folder.file("missing")) }
    var twice = memory()
    twice.replaceSubrange(0..<Self.pageSize, with: twice[Self.places[3]..<Self.places[3] + Self.pageSize])
    try Files.write(twice, to: folder.file("twice"))
    #expect(throws: RingbenchError.self) { try GuestOrder.places(inMemory: folder.file("twice")) }
  }

  /// Nothing but the order's bytes changes, and all of them do: a short order leaves nothing of a long one.
  @Test func writesBehindTheMarks() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("memory")
    try Files.write(memory(), to: path)
    let long = GuestRequest.program(path: String(repeating: "x", count: 9000), arguments: [])
    try GuestOrder.write(long, toMemory: path, at: Self.places)
    try GuestOrder.write(.nothing, toMemory: path, at: Self.places)
    let (before, after) = (memory(), [UInt8](try #require(FileManager.default.contents(atPath: path))))
    #expect(after.count == before.count)
    for page in 0..<16 {
      let range = page * Self.pageSize..<(page + 1) * Self.pageSize
      guard let index = Self.places.firstIndex(of: range.lowerBound) else {
        #expect(after[range] == before[range])
        continue
      }
      #expect(after[range].prefix(32) == before[range].prefix(32))
      if index > 0 { #expect(after[range].dropFirst(32).allSatisfy { $0 == 0 }) }
    }
    let order = after[Self.places[0] + 32..<Self.places[0] + Self.pageSize]
    let length = Int(order.first ?? 0)
    #expect(order.dropFirst(8).prefix(length).elementsEqual((#"{"nothing":{}}"# + "\n").utf8))
  }

  @Test func anOrderThatIsTooLongIsRefused() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("memory")
    try Files.write(memory(), to: path)
    let long = GuestRequest.program(path: String(repeating: "x", count: 40_000), arguments: [])
    #expect(throws: RingbenchError.self) { try GuestOrder.write(long, toMemory: path, at: Self.places) }
    #expect(FileManager.default.contents(atPath: path) == Data(memory()))
  }
}

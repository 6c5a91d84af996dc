import Testing

@testable import Workload

@Suite struct MessageTests {
  private func message(_ sequence: UInt64, size: Int, whole: Bool = true) -> [UInt8] {
    var bytes = [UInt8](repeating: 0xEE, count: size)
    bytes.withUnsafeMutableBytes { Message.write(sequence, to: $0, whole: whole) }
    return bytes
  }

  @Test func theSequenceIsLittleEndianAndFirst() {
    #expect(message(0x0102_0304_0506_0708, size: 8) == [8, 7, 6, 5, 4, 3, 2, 1])
  }

  @Test func theRestDependsOnPositionAndSequence() {
    let bytes = message(5, size: 300)
    for index in 8..<300 { #expect(bytes[index] == UInt8(truncatingIfNeeded: 5 * 31 + index)) }
    #expect(Array(bytes[8...]) != Array(message(6, size: 300)[8...]))
  }

  @Test(arguments: [1, 3, 7]) func aShortMessageHasTheLowBytes(size: Int) {
    #expect(message(0x0102_0304_0506_0708, size: size) == Array([8, 7, 6, 5, 4, 3, 2].prefix(size)))
  }

  @Test func aTimedMessageGetsANewSequenceOnly() {
    let bytes = message(9, size: 12, whole: false)
    #expect(bytes == [9, 0, 0, 0, 0, 0, 0, 0, 0xEE, 0xEE, 0xEE, 0xEE])
  }

  @Test func theLargestSequenceIsNoOverflow() {
    #expect(message(.max, size: 9).prefix(8) == [255, 255, 255, 255, 255, 255, 255, 255])
  }
}

@Suite struct SenderTests {
  @Test(arguments: [(0, 1000, 0), (1, 1000, 1_000_000), (999, 1000, 999_000_000), (1000, 1000, 1_000_000_000)])
  func messagesAreDueAtTheRate(index: UInt64, rate: Int, due: UInt64) {
    #expect(Sender.intended(index, rate: rate) == due)
  }

  @Test func aRateThatDividesNothingDoesNotDrift() {
    #expect(Sender.intended(3, rate: 3) == 1_000_000_000)
    #expect(Sender.intended(3_000_001, rate: 3) == 1_000_000_333_333_333)
  }

  @Test func yearsAtTheHighestRateAreNoOverflow() {
    #expect(Sender.intended(1_000_000_000 * 31_536_000, rate: 1_000_000_000) == 31_536_000 * 1_000_000_000)
  }
}

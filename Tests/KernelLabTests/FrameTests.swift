import Base
import Testing

@testable import KernelLab

@Suite struct FrameTests {
  private let payloads: [[UInt8]] = [Array("first".utf8), [], Array(repeating: 0xAB, count: 5000)]
  private var stream: [UInt8] { payloads.flatMap(Frame.bytes) }

  @Test func checksumIsTheCommonOne() { #expect(CRC32.of(Array("123456789".utf8)) == 0xCBF4_3926) }

  @Test(arguments: [1, 7, 4096, 1 << 20])
  func framesComeOutHoweverTheyAreCut(size: Int) throws {
    let stream = stream
    var reader = FrameReader()
    var found: [[UInt8]] = []
    for start in stride(from: 0, to: stream.count, by: size) {
      reader.add(stream[start..<min(stream.count, start + size)])
      while let payload = try reader.next() { found.append(payload) }
    }
    #expect(found == payloads)
    #expect(reader.pendingCount == 0)
  }

  @Test func aTornFrameStaysPending() throws {
    var reader = FrameReader()
    reader.add(Frame.bytes(payloads[0]).dropLast())
    #expect(try reader.next() == nil)
    #expect(reader.pendingCount == Frame.headerSize + payloads[0].count - 1)
  }

  @Test(arguments: [0, 5, 9, 14])
  func aWrongByteIsFound(position: Int) throws {
    var bytes = Frame.bytes(payloads[0]) + Array(repeating: 0, count: 1 << 9)
    bytes[position] ^= 0x80
    var reader = FrameReader()
    reader.add(bytes)
    if position == 5 {
      // A length that is only larger leaves the frame unfinished. This shows when the guest ends.
      #expect(try reader.next() == nil)
    } else {
      #expect(throws: RingbenchError.self) { try reader.next() }
    }
  }
}

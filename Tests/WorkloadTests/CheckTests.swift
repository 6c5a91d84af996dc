import Testing

@testable import Workload

/// The checks of received bytes, on a connection and in positioned reads.
@Suite struct CheckTests {
  private func connection(size: Int = 64, keepsBoundaries: Bool = false, from sequence: UInt64 = 0) -> Connection {
    var connection = Connection(descriptor: -1, messageSize: size, keepsBoundaries: keepsBoundaries)
    connection.sequence = sequence
    return connection
  }

  private func messages(_ sequences: Range<UInt64>, size: Int = 64) -> [UInt8] {
    sequences.flatMap { sequence in (0..<size).map { Message.byte($0, of: sequence) } }
  }

  private func accept<C: Check>(_ check: C.Type, _ connection: inout Connection, _ bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBytes { C.accept(&connection, $0.baseAddress!, $0.count) }
  }

  @Test(arguments: [1, 7, 8, 9, 64], [1, 3, 8, 63, 64, 65, 1000]) func anyPiecesOfAStreamAreAccepted(
    size: Int, piece: Int
  ) {
    let bytes = messages(250..<300, size: size)
    var (header, full) = (connection(size: size, from: 250), connection(size: size, from: 250))
    for start in stride(from: 0, to: bytes.count, by: piece) {
      let part = Array(bytes[start..<min(start + piece, bytes.count)])
      #expect(accept(HeaderCheck.self, &header, part))
      #expect(accept(FullCheck.self, &full, part))
    }
    #expect((header.sequence, header.position) == (300, 0))
    #expect((full.sequence, full.position) == (300, 0))
  }

  @Test func aMissingMessageIsSeen() {
    var (header, full) = (connection(), connection())
    #expect(!accept(HeaderCheck.self, &header, messages(1..<2)))
    #expect(!accept(FullCheck.self, &full, messages(1..<2)))
  }

  @Test(arguments: 0..<64) func everyByteIsLookedAtInFull(index: Int) {
    var full = connection()
    var bytes = messages(0..<1)
    bytes[index] ^= 1
    #expect(!accept(FullCheck.self, &full, bytes))
  }

  @Test(arguments: 0..<8) func everyByteOfTheHeaderIsLookedAtWhenTimed(index: Int) {
    var header = connection()
    var bytes = messages(0..<1)
    bytes[index] ^= 1
    #expect(!accept(HeaderCheck.self, &header, bytes))
  }

  @Test func aHeaderInTheMiddleOfACompletionIsLookedAt() {
    var header = connection()
    var bytes = messages(0..<3)
    bytes[128] ^= 1
    #expect(!accept(HeaderCheck.self, &header, bytes))
  }

  /// Alone, and between two others in one piece. The message that is wrong is the one to be named.
  @Test(arguments: [1, 3, 7, 8, 64], [1, 3]) func aWrongHeaderOfAnySizeIsSeen(size: Int, count: Int) {
    var header = connection(size: size)
    var bytes = messages(0..<UInt64(count), size: size)
    bytes[(count / 2) * size + min(size, 8) - 1] ^= 1
    #expect(!accept(HeaderCheck.self, &header, bytes))
    #expect(header.sequence == UInt64(count / 2))
  }

  @Test(arguments: [8, 9, 63]) func theHeaderOfAPartIsLookedAt(part: Int) {
    for piece in [part, 64 + part] {
      var header = connection()
      var bytes = Array(messages(0..<2).prefix(piece))
      bytes[piece - part] ^= 1
      #expect(!accept(HeaderCheck.self, &header, bytes), "\(piece) bytes")
    }
  }

  @Test(arguments: [1, 63, 65, 128]) func aTransportWithBoundariesDeliversWholeMessages(count: Int) {
    let bytes = Array(messages(0..<2).prefix(count))
    var (header, full) = (connection(keepsBoundaries: true), connection(keepsBoundaries: true))
    #expect(!accept(HeaderCheck.self, &header, bytes))
    #expect(!accept(FullCheck.self, &full, bytes))
  }

  @Test func positionedReadsAreCheckedByNumber() {
    messages(7..<8).withUnsafeBytes { bytes in
      let start = bytes.baseAddress!
      #expect(HeaderCheck.accept(7, start, 64) && FullCheck.accept(7, start, 64))
      #expect(!HeaderCheck.accept(8, start, 64) && !FullCheck.accept(8, start, 64))
    }
  }

  @Test func theSequenceWraps() {
    var header = connection(from: .max)
    #expect(accept(HeaderCheck.self, &header, (0..<64).map { Message.byte($0, of: .max) }))
    #expect(header.sequence == 0)
  }
}

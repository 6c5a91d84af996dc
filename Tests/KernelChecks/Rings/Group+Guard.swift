import CKernelChecks
import Glibc

extension Group {
  /// Fills all buffers with the guard byte.
  func setGuard() { memset(base, Int32(Self.guardByte), entries * size) }

  func setGuard(_ buffer: Int) { memset(base + buffer * size, Int32(Self.guardByte), size) }

  /// Checks that a buffer holds these bytes from an offset on, and guard bytes behind them.
  ///
  /// - Parameter unit: The bytes behind the data up to a multiple of this may have any value.
  func check(
    _ buffer: Int, holds expected: ArraySlice<UInt8>, at offset: Int = 0, unit: Int = 1, _ what: String
  ) throws {
    let bytes = bytes(buffer)
    guard !bytes[offset...].prefix(expected.count).elementsEqual(expected) else {
      return try checkGuard(buffer, from: (offset + expected.count + unit - 1) / unit * unit, what)
    }
    let wrong = zip(bytes[offset...], expected).enumerated().first { $0.element.0 != $0.element.1 }
    throw CheckFailure("\(what): buffer \(buffer) has wrong data from byte \(wrong?.offset ?? -1) of \(expected.count)")
  }

  func checkGuard(_ buffer: Int, from offset: Int = 0, _ what: String) throws {
    guard cchecks_all(base + buffer * size + offset, size - offset, Self.guardByte) == 0 else { return }
    let wrong = bytes(buffer)[offset...].firstIndex { $0 != Self.guardByte } ?? -1
    throw CheckFailure("\(what): buffer \(buffer) was written at byte \(wrong), where the guard should be")
  }

  /// Checks that no other buffer was written.
  func checkOthers(than buffers: Set<Int>, _ what: String) throws {
    for buffer in 0..<entries where !buffers.contains(buffer) { try checkGuard(buffer, what) }
  }
}

/// Pseudo-random bytes, which differ from message to message.
func payload(_ message: Int, _ count: Int) -> [UInt8] {
  var state = UInt64(message &+ 1) &* 0x9E37_79B9_7F4A_7C15
  return [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
    var index = 0
    while index < count {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      withUnsafeBytes(of: state) { word in
        for byte in word where index < count {
          buffer.initializeElement(at: index, to: byte)
          index += 1
        }
      }
    }
    initialized = count
  }
}

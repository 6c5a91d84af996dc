import Glibc

/// Reads simple numbers without a copy.
enum DecimalNumber {
  static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

  static func isPart(_ byte: UInt8) -> Bool {
    isDigit(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+")
      || byte | 0x20 == UInt8(ascii: "e")
  }

  private static let powers = (0...22).map { pow(10, Double($0)) }

  /// The correctly rounded value of a number with at most 15 digits and 22 decimals; nil for all other numbers.
  ///
  /// The digits and the power of ten are exact doubles, so the one division rounds only once (Clinger, How to read
  /// floating point numbers accurately, PLDI 1990).
  static func value(_ raw: Slice<UnsafeRawBufferPointer>) -> Double? {
    var (mantissa, digits, decimals) = (0, 0, -1)
    var rest = raw[...]
    let isNegative = rest.first == UInt8(ascii: "-")
    if isNegative { rest = rest.dropFirst() }
    for byte in rest {
      if isDigit(byte) {
        mantissa = mantissa &* 10 &+ Int(byte &- UInt8(ascii: "0"))
        digits += mantissa == 0 ? 0 : 1
        if decimals >= 0 { decimals += 1 }
      } else if byte == UInt8(ascii: "."), decimals < 0, rest.first != byte {
        decimals = 0
      } else {
        return nil
      }
    }
    guard !rest.isEmpty, digits <= 15, decimals != 0, decimals <= 22 else { return nil }
    let value = decimals > 0 ? Double(mantissa) / powers[decimals] : Double(mantissa)
    return isNegative ? -value : value
  }
}

package import Base

/// An axis whose values are numbers. The raw value is the key in a suite and the name of the command-line option.
package enum NumberAxis: String, CaseIterable, Hashable, Sendable {
  case messageSize = "message-size"
  case bufferSize = "buffer-size"
  case buffers, batch, connections
  /// Messages per second, for `paced`.
  case rate

  /// The value of a suite that doesn't say; nil for `rate`, which only `paced` has.
  package var defaultValue: Int? {
    switch self {
    case .messageSize: 64
    case .bufferSize: 4096
    case .buffers: 256
    case .batch: 64
    case .connections: 1
    case .rate: nil
    }
  }

  private var isSize: Bool { self == .messageSize || self == .bufferSize }

  /// Reads one value: a size with `k` and `M`, or a whole number from 1.
  package func value(_ text: String) throws(InputError) -> Int {
    let value = isSize ? ByteSize(argument: text)?.bytes : Count.positive(text)
    guard let value else {
      let right = isSize ? "a size from 1 byte, such as 64, 4k or 1M" : "a whole number from 1"
      throw InputError("'\(text)' is no value for \(rawValue): \(right) is needed")
    }
    return value
  }
}

extension Cell {
  /// The cell's value on a numeric axis.
  package func value(on axis: NumberAxis) -> Int? {
    switch axis {
    case .messageSize: messageSize
    case .bufferSize: bufferSize
    case .buffers: buffers
    case .batch: batch
    case .connections: connections
    case .rate: rate
    }
  }
}

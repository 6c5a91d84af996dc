package import Base

/// An axis of cells whose values are whole numbers.
///
/// Everything about an axis is declared here. Options, suite keys, arguments of the workload executables, identifiers,
/// JSON keys, CSV columns, limits and help follow from it. The raw value is the key in a suite and, after `--`, the
/// option.
package enum NumberAxis: String, CaseIterable, Hashable, Sendable {
  case messageSize = "message-size"
  case bufferSize = "buffer-size"
  case buffers
  case batch
  case connections
  case rate
  case pollFirst = "poll-first"
  case registeredFiles = "registered-files"

  private var facts: AxisFacts {
    switch self {
    case .messageSize:
      AxisFacts("msg", .bytes, default: 64, 1...1 << 30, "bytes", "Bytes in a message: 64, 4k, 1M.")
    case .bufferSize:
      AxisFacts("bufsize", .bytes, default: 4096, 1...1 << 30, "bytes", "Bytes in a buffer.")
    case .buffers:
      // The kernel takes no more entries in a buffer ring (`io_uring/kbuf.c`), and a buffer's id has 16 bits.
      AxisFacts(
        "bufs", .count("buffers"), default: 256, 1...32_768, "n",
        "How many buffers; a power of two for ring modes.")
    case .batch:
      AxisFacts(
        "batch", .count("messages in a batch"), default: 64, 1...32_768, "n",
        "Messages per round, and completions reaped before buffers are handed back.")
    case .connections:
      AxisFacts(
        "conns", .count("connections"), default: 1, 1...65_535, "n", "How many connections share the buffers.")
    case .rate:
      AxisFacts(
        "rate", .count("messages per second"), of: .paced, 1...1_000_000_000, "ops",
        "Messages per second, for paced.")
    case .pollFirst:
      AxisFacts(
        "pollfirst", .choice, default: 0, 0...1, "0|1",
        "1: receives on sockets wait for data before they try (IORING_RECVSEND_POLL_FIRST).")
    case .registeredFiles:
      AxisFacts(
        "regfiles", .choice, default: 0, 0...1, "0|1",
        "1: receives name registered descriptors (IORING_REGISTER_FILES).")
    }
  }

  /// The axes of the first results. Every identifier contains their values. Identifiers and arguments omit a later axis
  /// that has its default, so that older results keep their cells.
  private static let originals: Set<NumberAxis> = [.messageSize, .bufferSize, .buffers, .batch, .connections, .rate]
}

/// The properties of an axis.
private struct AxisFacts {
  /// The short name in identifiers.
  var label: String
  var unit: NumberAxis.Unit
  var defaultValue: Int?
  var pattern: Pattern?
  var range: ClosedRange<Int>
  var valueName: String
  var help: String

  init(
    _ label: String, _ unit: NumberAxis.Unit, default defaultValue: Int, _ range: ClosedRange<Int>,
    _ valueName: String, _ help: String
  ) {
    (self.label, self.unit, self.defaultValue, self.range) = (label, unit, defaultValue, range)
    (self.valueName, self.help) = (valueName, help)
  }

  /// An axis of a single pattern, without a default.
  init(
    _ label: String, _ unit: NumberAxis.Unit, of pattern: Pattern, _ range: ClosedRange<Int>, _ valueName: String,
    _ help: String
  ) {
    (self.label, self.unit, self.pattern, self.range) = (label, unit, pattern, range)
    (self.valueName, self.help) = (valueName, help)
  }
}

extension NumberAxis {
  package enum Unit: Hashable, Sendable {
    /// Sizes take `4k` and `1M`.
    case bytes
    /// Counts, with the plural of what is counted.
    case count(String)
    /// 1 for something that is done, 0 where it is not.
    case choice
  }

  /// The option as it is typed.
  package var option: String { "--\(rawValue)" }

  /// The key in JSON documents and the column in CSV.
  package var key: String { rawValue.replacing("-", with: "_") }

  /// The value where none is given; nil for an axis that only one pattern has.
  package var defaultValue: Int? { facts.defaultValue }

  /// The only pattern whose cells have the axis; nil for an axis of all cells.
  package var pattern: Pattern? { facts.pattern }

  package var range: ClosedRange<Int> { facts.range }
  package var unit: Unit { facts.unit }

  /// What help shows in place of a value.
  package var valueName: String { facts.valueName }
  package var help: String { facts.help }

  /// The part of an identifier for this value; nil where identifiers omit it.
  func part(_ value: Int?) -> String? {
    guard let value, isSaid(value) else { return nil }
    return "\(facts.label)=\(value)"
  }

  /// Whether identifiers and arguments contain this value.
  func isSaid(_ value: Int) -> Bool { Self.originals.contains(self) || value != defaultValue }

  /// Whether a document of any version has a value for the axis.
  package var isAlwaysWritten: Bool { Self.originals.contains(self) && defaultValue != nil }

  /// The place among all axes.
  var index: Int { Self.allCases.firstIndex(of: self) ?? 0 }

  /// `64 bytes`, `256 buffers`.
  package func text(_ value: Int) -> String {
    "\(value) \(unitText)"
  }

  /// What is counted, in words: `messages per second`.
  var unitText: String {
    switch unit {
    case .bytes: "bytes"
    case .count(let things): things
    case .choice: rawValue
    }
  }

  /// Reads one value: a size with `k` and `M`, or a whole number from 1. The cell checks limits.
  package func value(_ text: String) throws(RingbenchError) -> Int {
    let (value, right) =
      switch unit {
      case .bytes: (ByteSize(argument: text)?.bytes, "a size from 1 byte, such as 64, 4k or 1M")
      case .count: (Count.positive(text), "a whole number from 1")
      case .choice: (["0": 0, "1": 1][text], "0 or 1")
      }
    guard let value else {
      throw RingbenchError.badInput("'\(text)' is not a value for \(rawValue): \(right) is needed")
    }
    return value
  }
}

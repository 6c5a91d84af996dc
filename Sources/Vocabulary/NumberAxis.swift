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
  case handBack = "hand-back"
  case groups
  case hot
  case backing
  case align
  case minLeft = "min-left"
  case cold
  case touch
  case verify

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
    case .handBack:
      AxisFacts(
        "handback", .count("buffers handed back at once", zero: "batch"), default: 0, 0...32_768, "n|batch",
        "How many buffers of a group are handed back at once: a number, or batch for those of a reaped batch.")
    case .groups:
      AxisFacts(
        "groups", .word(BufferGroups.words), default: BufferGroups.shared.rawValue, 0...BufferGroups.words.count - 1,
        "groups", "One buffer group for all connections, or one for each, with --buffers buffers in it.")
    case .hot:
      AxisFacts(
        "hot", .fraction, default: NumberAxis.whole, 1...NumberAxis.whole, "fraction",
        "The part of the connections that carry data, above 0 to 1. The others wait.")
    case .backing:
      AxisFacts(
        "backing", .word(Backing.words), default: Backing.system.rawValue, 0...Backing.words.count - 1, "pages",
        "Pages of the application's buffers: as the system decides, 4k, thp (transparent huge pages) or huge (hugetlbfs)."
      )
    case .align:
      AxisFacts(
        "align", .bytes, default: 1, 1...1 << 21, "bytes",
        "Each buffer begins at a multiple of this, a power of two. (1: buffers lie side by side)")
    case .minLeft:
      AxisFacts(
        "minleft", .bytes, default: 1, 1...1 << 30, "bytes",
        "For pbuf-inc: a buffer with less room than this is not filled further (min_left of newer kernels).")
    case .cold:
      AxisFacts(
        "cold", .choice, default: 0, 0...1, "0|1",
        "1: before each round the buffers are put out of the processor's caches.")
    case .touch:
      AxisFacts(
        "touch", .choice, default: 0, 0...1, "0|1", "1: the receiver reads every byte of each message, as programs do.")
    case .verify:
      AxisFacts(
        "verify", .choice, default: 0, 0...1, "0|1",
        "1: messages are sent in random pieces, and every byte of every round is checked.")
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
    ///
    /// `zero` is the word for 0, where 0 is possible.
    case count(String, zero: String? = nil)
    /// 1 for something that is done, 0 where it is not.
    case choice
    /// One of some words; the value is the place among them. Everywhere outside this program it is the word.
    case word([String])
    /// A part of a whole, in millionths. Everywhere outside this program it is a number from 0 to 1.
    case fraction
  }

  /// The value of a fraction that is 1.
  package static let whole = 1_000_000

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
    return "\(facts.label)=\(word(value))"
  }

  /// Whether identifiers and arguments contain this value.
  func isSaid(_ value: Int) -> Bool { Self.originals.contains(self) || value != defaultValue }

  /// Whether a document of any version has a value for the axis.
  package var isAlwaysWritten: Bool { Self.originals.contains(self) && defaultValue != nil }

  /// The place among all axes.
  var index: Int { Self.allCases.firstIndex(of: self) ?? 0 }

  /// The value as it is written: `64`, `batch`, `thp`, `0.01`.
  package func word(_ value: Int) -> String {
    switch unit {
    case .count(_, let zero?) where value == 0: zero
    case .word(let words) where words.indices.contains(value): words[value]
    case .fraction: Decimals.shortest(Double(value) / Double(Self.whole), upTo: 6)
    case .bytes, .count, .choice, .word: "\(value)"
    }
  }

  /// All values, where they are few and known; empty for numbers.
  package var words: [String] {
    switch unit {
    case .choice: ["0", "1"]
    case .word(let words): words
    case .bytes, .count, .fraction: []
    }
  }

  /// The limits as help shows them: `1 to 32768`; nothing where the help says it.
  package var limits: [String] {
    switch unit {
    case .bytes, .count(_, nil): ["\(range.lowerBound) to \(range.upperBound)"]
    case .count: ["1 to \(range.upperBound)"]
    case .word(let words): [words.joined(separator: ", ")]
    case .choice, .fraction: []
    }
  }

  /// `64 bytes`, `256 buffers`.
  package func text(_ value: Int) -> String {
    "\(word(value)) \(unitText)"
  }

  /// What is counted, in words: `messages per second`.
  var unitText: String {
    switch unit {
    case .bytes: "bytes"
    case .count(let things, _): things
    case .choice, .word, .fraction: rawValue
    }
  }

  /// Reads one value: a size with `k` and `M`, a whole number from 1, a word or a fraction. The cell checks limits.
  package func value(_ text: String) throws(RingbenchError) -> Int {
    let (value, right) =
      switch unit {
      case .bytes: (ByteSize(argument: text)?.bytes, "a size from 1 byte, such as 64, 4k or 1M")
      case .count(_, nil): (Count.positive(text), "a whole number from 1")
      case .count(_, let zero?): (text == zero ? 0 : Count.positive(text), "a whole number from 1, or \(zero),")
      case .choice: (["0": 0, "1": 1][text], "0 or 1")
      case .word(let words): (words.firstIndex(of: text), "one of \(words.joined(separator: ", "))")
      case .fraction: (Self.millionths(text), "a number above 0, at most 1, such as 0.01,")
      }
    guard let value else {
      throw RingbenchError.badInput("'\(text)' is not a value for \(rawValue): \(right) is needed")
    }
    return value
  }

  /// Reads a fraction with up to six decimals.
  private static func millionths(_ text: String) -> Int? {
    guard text.utf8.allSatisfy({ (48...57).contains($0) || $0 == UInt8(ascii: ".") }), let value = Double(text),
      value > 0, value <= 1
    else { return nil }
    return max(1, Int((value * Double(whole)).rounded()))
  }
}

// MARK: JSON

extension NumberAxis {
  /// Writes a value: a word or a fraction as such, everything else as a whole number.
  func encode(_ value: Int?, into container: inout KeyedEncodingContainer<TextKey>) throws {
    switch (unit, value) {
    case (.word, let value?): try container.encode(word(value), forKey: TextKey(key))
    case (.fraction, let value?): try container.encode(Double(value) / Double(Self.whole), forKey: TextKey(key))
    default: try container.encode(value, forKey: TextKey(key))
    }
  }

  /// Reads what `encode` wrote; nil where the document is older than the axis.
  func decode(from container: KeyedDecodingContainer<TextKey>) throws -> Int? {
    let key = TextKey(key)
    switch unit {
    case .word: return try container.decodeIfPresent(String.self, forKey: key).map { try value($0) }
    case .fraction: return try container.decodeIfPresent(Double.self, forKey: key).map(Self.value(fraction:))
    default:
      return isAlwaysWritten
        ? try container.decode(Int.self, forKey: key) : try container.decodeIfPresent(Int.self, forKey: key)
    }
  }

  /// The value of a number from 0 to 1.
  package static func value(fraction: Double) -> Int { Int((fraction * Double(whole)).rounded()) }
}

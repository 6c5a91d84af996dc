package import Base
import FoundationEssentials

/// A family of formats of one kind of finding: of a run, of a comparison, of several runs. The raw value is its name on
/// the command line.
package protocol Reporter: RawRepresentable<String>, CaseIterable, Sendable {
  associatedtype Subject

  /// The whole output, with a newline at its end.
  ///
  /// - Throws: `badInput` when the format can't hold the subject.
  func output(_ subject: Subject) throws(RingbenchError) -> String
}

extension Reporter {
  /// The names, for help and messages.
  package static var list: String { allCases.map(\.rawValue).joined(separator: ", ") }

  /// - Throws: `badInput` naming the formats that there are.
  package static func named(_ name: String) throws(RingbenchError) -> Self {
    guard let format = Self(rawValue: name) else {
      throw RingbenchError.badInput("unknown format '\(name)': one of \(list) is needed")
    }
    return format
  }
}

/// Where a report goes.
package enum ReportOutput {
  /// Writes the whole file or nothing.
  ///
  /// - Throws: `badInput` naming the option `--output`.
  package static func write(_ text: String, to file: String) throws(RingbenchError) {
    do { try Data(text.utf8).write(to: URL(filePath: file), options: .atomic) } catch {
      throw RingbenchError.badInput("--output: \(file): can't be written: a file in a folder that exists is needed")
    }
  }
}

package import Base
import FoundationEssentials

/// What the journal of an interrupted run holds.
package struct JournalContents: Sendable {
  package let header: JournalHeader
  package let entries: [JournalEntry]
  /// Bytes up to the end of the last whole line.
  let length: Int

  /// Reads the journal in a run's folder.
  ///
  /// A last line without a newline was not written completely; it is left out.
  package init(folder: String) throws(RingbenchError) {
    let path = folder + "/" + Journal.fileName
    guard let data = FileManager.default.contents(atPath: path) else {
      throw RingbenchError.failed("\(folder): no interrupted run is there: it holds no \(Journal.fileName)")
    }
    length = (data.lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1
    var lines = data.prefix(length).split(separator: UInt8(ascii: "\n"))
    guard !lines.isEmpty else {
      throw RingbenchError.failed("\(path): the journal has no header: the run had not begun")
    }
    let header = try Self.decode(JournalHeader.self, lines.removeFirst(), at: "\(path):1")
    guard header.schema == JournalHeader.currentSchema else {
      throw RingbenchError.failed(
        "\(path):1: schema \(header.schema): this ringbench reads \(JournalHeader.currentSchema)")
    }
    var entries: [JournalEntry] = []
    for (index, line) in lines.enumerated() {
      entries.append(try Self.decode(JournalEntry.self, line, at: "\(path):\(index + 2)"))
    }
    self.header = header
    self.entries = entries
  }

  private static func decode<Value: Decodable>(
    _ type: Value.Type, _ line: Data, at place: String
  ) throws(RingbenchError) -> Value {
    do { return try ResultsJSON.decode(type, from: line) } catch {
      throw RingbenchError.failed("\(place): not a line of a journal")
    }
  }
}

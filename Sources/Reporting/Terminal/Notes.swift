import Documents
import Vocabulary

/// The footnotes of a table: sentences that would otherwise be repeated in its rows.
struct Notes: Sendable {
  private(set) var sentences: [String] = []

  /// The mark of a sentence, such as `[2]`; a sentence that is already there keeps its mark.
  mutating func mark(_ sentence: String) -> String {
    let index = sentences.firstIndex(of: sentence) ?? sentences.endIndex
    if index == sentences.endIndex { sentences.append(sentence) }
    return "[\(index + 1)]"
  }

  /// One line for each sentence.
  var text: String { sentences.enumerated().map { "[\($0 + 1)] \(FormatText.line($1))\n" }.joined() }
}

extension CellResult {
  /// Why no kernel can run this combination; nil if a kernel was asked.
  var impossible: String? {
    guard status == .unsupported, let reason, reason.stage == .setup, reason.errno == nil else { return nil }
    return reason.message
  }
}

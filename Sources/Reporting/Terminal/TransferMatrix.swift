import Documents
import Vocabulary

/// The transfers of a probe: a row for each transport and operation, a column for each mode.
struct TransferMatrix: Sendable {
  let transfers: [TransferProbe]

  /// What was tried, in the order of the vocabulary.
  private let (transports, operations, modes): ([Transport], [Operation], [Mode])

  init(_ transfers: [TransferProbe]) {
    self.transfers = transfers
    transports = Transport.allCases.filter(Set(transfers.map(\.transport)).contains)
    operations = Operation.allCases.filter(Set(transfers.map(\.operation)).contains)
    modes = Mode.allCases.filter(Set(transfers.map(\.mode)).contains)
  }

  var text: String {
    let titles = (["transport", "operation"] + modes.map(\.rawValue)).map(TerminalTable.Title.word)
    return TerminalTable(titles: titles, rows: transports.flatMap(rows)).text
  }

  private func rows(of transport: Transport) -> [[String]] {
    operations.enumerated().map { index, operation in
      [index == 0 ? transport.rawValue : "", operation.rawValue]
        + modes.map { mode in
          let transfer = transfers.first { ($0.transport, $0.mode, $0.operation) == (transport, mode, operation) }
          return transfer?.word ?? ""
        }
    }
  }

  /// What the words mean: each sentence once, under the word it explains.
  var legend: String {
    var words: [String] = []
    var sentences: [String: [String]] = [:]
    for transfer in transfers {
      guard let sentence = transfer.reason?.message else { continue }
      if sentences[transfer.word] == nil { words.append(transfer.word) }
      if sentences[transfer.word]?.contains(sentence) != true { sentences[transfer.word, default: []].append(sentence) }
    }
    return words.map { word in
      let lines = (sentences[word] ?? []).map { "  \($0)\n" }
      return "\(word)\n\(lines.joined())"
    }.joined()
  }
}

extension TransferProbe {
  /// `yes`; `-` where no system call was needed to know; otherwise the step that failed and the errno.
  fileprivate var word: String {
    guard let reason else { return "yes" }
    if status == .unsupported, reason.stage == .setup, reason.errno == nil { return "-" }
    let end = ([reason.stage.rawValue] + [reason.errno].compactMap { $0 }).joined(separator: " ")
    return status == .failed ? "failed: \(end)" : end
  }
}

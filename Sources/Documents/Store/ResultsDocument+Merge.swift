package import Base
import FoundationEssentials
import Vocabulary

extension ResultsDocument {
  /// Joins the parts of one deterministic run. The result does not depend on their order.
  ///
  /// - Parameter parts: with the path of each, for messages; at least one.
  /// - Throws: `badInput` where they are not all the parts of one run.
  package static func merged(_ parts: [(path: String, document: ResultsDocument)]) throws(RingbenchError)
    -> ResultsDocument
  {
    var shards: [(path: String, document: ResultsDocument, shard: Shard)] = []
    for (path, document) in parts {
      guard let shard = document.shard else {
        throw RingbenchError.badInput("\(path): is not a part of a run: a run with --shard is needed")
      }
      shards.append((path, document, shard))
    }
    shards.sort { $0.shard.number < $1.shard.number }
    let first = shards[0]
    for part in shards {
      if let difference = difference(first.document, part.document) {
        throw RingbenchError.badInput("\(part.path): is of another run than \(first.path): another \(difference)")
      }
    }
    let numbers = shards.map(\.shard.number)
    guard numbers == Array(1...first.shard.count) else {
      let missing = Set(1...first.shard.count).subtracting(numbers).sorted().map(String.init).joined(separator: ", ")
      let what = missing.isEmpty ? "a part is there twice" : "part \(missing) of \(first.shard.count) is missing"
      throw RingbenchError.badInput("\(what): each part of the run is needed once")
    }
    return joined(shards.map { ($0.document, $0.shard) })
  }

  private static func joined(_ parts: [(document: ResultsDocument, shard: Shard)]) -> ResultsDocument {
    var document = parts[0].document
    let placed = parts.flatMap { part in zip(part.shard.places, part.document.cells) }
    document.cells = placed.sorted { $0.0 < $1.0 }.map(\.1)
    document.choices = Job.jobs(of: document.cells).map(Choice.init)
    document.shard = nil
    document.started = parts.map(\.document.started).min() ?? document.started
    let ends = parts.map(\.document.finished)
    document.finished = ends.contains(nil) ? nil : ends.compactMap { $0 }.max()
    document.command = withoutShard(document.command)
    return document
  }

  private static func withoutShard(_ command: [String]) -> [String] {
    var (words, skips) = ([String](), false)
    for word in command {
      defer { skips = word == "--shard" }
      if !skips, word != "--shard", !word.hasPrefix("--shard=") { words.append(word) }
    }
    return words
  }

  /// What two parts of one run must have in common and have not.
  private static func difference(_ one: ResultsDocument, _ other: ResultsDocument) -> String? {
    if one.fingerprint != other.fingerprint || one.fingerprint == nil { return "kernel, guest or QEMU" }
    if one.suite != other.suite { return "suite" }
    if one.seed != other.seed { return "seed" }
    if one.label != other.label { return "label" }
    if one.tool != other.tool { return "build of ringbench" }
    if one.host != other.host { return "host" }
    let shards = [one.shard, other.shard].compactMap { $0 }
    if Set(shards.map(\.count)).count > 1 || Set(shards.map(\.cells)).count > 1 { return "number of parts or cells" }
    return nil
  }
}

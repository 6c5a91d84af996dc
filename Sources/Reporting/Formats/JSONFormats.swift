import Base
import Documents
import Vocabulary

/// For github-action-benchmark, tool `customSmallerIsBetter`: an array of names, units and values.
struct GitHubActionFormat: Sendable {
  private struct Entry: Encodable {
    var name: String
    var unit: String
    var value: Double
    var range: String?
    var extra: String
  }

  let document: ResultsDocument

  init(_ document: ResultsDocument) { self.document = document }

  func text() throws(RingbenchError) -> String {
    let entries = document.cells.compactMap { result -> Entry? in
      guard let cost = result.cost else { return nil }
      let range = cost.ci95.map { "± \(Decimals.shortest(($0[1] - $0[0]) / 2))" }
      let extra = "\(cost.trials) trials on Linux \(document.host.kernelRelease)"
      return Entry(
        name: result.cell.id, unit: "\(document.host.clockWord)/op", value: cost.median, range: range, extra: extra)
    }
    return try FormatJSON.text(entries)
  }
}

/// Bencher's metric format: benchmarks, their measures and values.
struct BMFFormat: Sendable {
  private struct Metric: Encodable {
    var value: Double
    var lower: Double?
    var upper: Double?

    enum CodingKeys: String, CodingKey {
      case value
      case lower = "lower_value"
      case upper = "upper_value"
    }
  }

  let document: ResultsDocument

  init(_ document: ResultsDocument) { self.document = document }

  func text() throws(RingbenchError) -> String {
    var benchmarks: [String: [String: Metric]] = [:]
    for result in document.cells where !result.summary.isEmpty {
      benchmarks[result.cell.id] = result.summary.mapValues {
        Metric(value: $0.median, lower: $0.ci95?[0], upper: $0.ci95?[1])
      }
    }
    return try FormatJSON.text(benchmarks)
  }
}

/// JSON of documents that are not ours.
enum FormatJSON {
  static func text(_ value: some Encodable) throws(RingbenchError) -> String {
    do { return String(decoding: try ResultsJSON.document(value), as: UTF8.self) } catch {
      throw RingbenchError.badInput("a number is too large for JSON: were the numbers measured?")
    }
  }
}

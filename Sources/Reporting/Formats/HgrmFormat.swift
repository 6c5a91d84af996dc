import Base
import Documents
import Histogram
import Vocabulary

/// HdrHistogram's table of percentiles, which its plotter reads. It has one distribution: that of one cell, over all trials
/// that count. Values are in microseconds.
struct HgrmFormat: Sendable {
  let document: ResultsDocument

  init(_ document: ResultsDocument) { self.document = document }

  func text() throws(RingbenchError) -> String {
    let cells = document.cells.compactMap { result in result.latencies.map { (result.cell, $0) } }
    guard let (cell, histogram) = cells.first else {
      throw RingbenchError.badInput("hgrm: no cell has latencies: a run with pattern pingpong or paced is needed")
    }
    guard cells.count == 1 else {
      throw RingbenchError.badInput(
        "hgrm: \(cells.count) cells have latencies and hgrm holds one: choose it by --cell, such as --cell \(cell.id)")
    }
    var text = ""
    histogram.outputPercentileDistribution(to: &text, outputValueUnitScalingRatio: 1000)
    return text
  }
}

/// A linear axis from zero with round ticks.
struct LinearAxis: Sendable {
  let end: Double
  let ticks: [Double]

  /// - Parameter most: the largest value that has to be on the axis.
  init(to most: Double) {
    let most = most > 0 && most.isFinite ? most : 1
    var unit = 1.0
    while unit * 10 <= most { unit *= 10 }
    while unit > most { unit /= 10 }
    // 4 to 8 ticks.
    let step = [0.2, 0.5, 1, 2].map { $0 * unit }.first { most / $0 <= 8 } ?? 2 * unit
    let count = Int((most / step).rounded(.up))
    end = Double(count) * step
    ticks = (0...count).map { Double($0) * step }
  }
}

/// Corrects probabilities for the number of questions asked at once.
///
/// Holm, A simple sequentially rejective multiple test procedure, Scandinavian Journal of Statistics 6, 1979: the
/// chance of even one false alarm among all of them stays below the level, however they depend on each other. R's
/// `p.adjust(p, "holm")` gives the same.
package enum Holm {
  /// The adjusted probabilities, in the order of the given ones.
  package static func adjusted(_ probabilities: [Double]) -> [Double] {
    var result = probabilities
    var largest = 0.0
    let order = probabilities.indices.sorted { probabilities[$0] < probabilities[$1] }
    for (rank, index) in order.enumerated() {
      largest = max(largest, min(1, probabilities[index] * Double(order.count - rank)))
      result[index] = largest
    }
    return result
  }
}

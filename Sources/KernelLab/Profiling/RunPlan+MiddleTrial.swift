import Base
import Documents

extension RunPlan {
  /// - Throws: `badInput` where a cell has an even number of trials.
  func checkHasMiddleTrial() throws(RingbenchError) {
    guard let even = cells.first(where: { $0.trials % 2 == 0 }) else { return }
    throw RingbenchError.badInput(
      "--trials \(even.trials): an odd number is needed: the trial in the middle is the one that is explained")
  }
}

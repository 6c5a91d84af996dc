/// The mean of timed regions where the clock counts instructions.
///
/// Regions come in kinds, such as one in two that takes another page: a median lies between two kinds and jumps from one
/// to the other. Over 256 rounds the mean moves by a few hundredths of a per cent.
///
/// A timer tick is some 10 000 instructions of the kernel's own, and a trial meets a few of them wherever they fall. So
/// the regions with a tick are left out, unless a region is so long that hardly one is without.
struct RegionMean {
  private var all = Sum()
  private var unticked = Sum()

  private struct Sum {
    var operations = 0
    var elapsed: UInt64 = 0

    mutating func add(_ nanoseconds: UInt64, _ count: Int) {
      operations += count
      elapsed += nanoseconds
    }
  }

  mutating func add(_ nanoseconds: UInt64, operations: Int, ticked: Bool) {
    all.add(nanoseconds, operations)
    if !ticked { unticked.add(nanoseconds, operations) }
  }

  /// Nanoseconds of the clock per message; nil without a region.
  var perOperation: Double? {
    let sum = unticked.operations > all.operations / 4 ? unticked : all
    return sum.operations > 0 ? Double(sum.elapsed) / Double(sum.operations) : nil
  }
}

/// The pages that the application's buffers lie in. The raw values are those of the axis `backing`.
package enum Backing: Int, CaseIterable, Sendable {
  /// Whatever the system decides.
  case system
  /// Pages of the usual size: `MADV_NOHUGEPAGE`.
  case small
  /// Transparent huge pages: `MADV_HUGEPAGE`.
  case transparent
  /// Pages of hugetlbfs: `MAP_HUGETLB`. Some must have been reserved.
  case huge

  static let words = ["system", "4k", "thp", "huge"]
}

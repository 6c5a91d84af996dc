/// The suites that every `ringbench` executable carries.
package enum BuiltInSuites {
  /// The text of each suite, by the suite's name.
  package static let yaml = [
    "ci": String(decoding: PackageResources.ci_yaml, as: UTF8.self),
    "floor": String(decoding: PackageResources.floor_yaml, as: UTF8.self),
    "full": String(decoding: PackageResources.full_yaml, as: UTF8.self),
    "kmbuf": String(decoding: PackageResources.kmbuf_yaml, as: UTF8.self),
    "overhead": String(decoding: PackageResources.overhead_yaml, as: UTF8.self),
    "quick": String(decoding: PackageResources.quick_yaml, as: UTF8.self),
  ]
}

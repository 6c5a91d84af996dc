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
  ].merging(questions) { first, _ in first }

  /// The suites that carry a question, in the order in which `ringbench ask` lists them.
  package static let questionNames = [
    "hand-back", "ring-size", "refill", "buffer-size", "incremental", "bundle", "correct", "groups", "fair", "memory",
    "cache", "nodes", "huge-pages", "epoll", "registered",
  ]

  private static let questions = [
    "hand-back": String(decoding: PackageResources.hand_back_yaml, as: UTF8.self),
    "ring-size": String(decoding: PackageResources.ring_size_yaml, as: UTF8.self),
    "refill": String(decoding: PackageResources.refill_yaml, as: UTF8.self),
    "buffer-size": String(decoding: PackageResources.buffer_size_yaml, as: UTF8.self),
    "incremental": String(decoding: PackageResources.incremental_yaml, as: UTF8.self),
    "bundle": String(decoding: PackageResources.bundle_yaml, as: UTF8.self),
    "correct": String(decoding: PackageResources.correct_yaml, as: UTF8.self),
    "groups": String(decoding: PackageResources.groups_yaml, as: UTF8.self),
    "fair": String(decoding: PackageResources.fair_yaml, as: UTF8.self),
    "memory": String(decoding: PackageResources.memory_yaml, as: UTF8.self),
    "cache": String(decoding: PackageResources.cache_yaml, as: UTF8.self),
    "nodes": String(decoding: PackageResources.nodes_yaml, as: UTF8.self),
    "huge-pages": String(decoding: PackageResources.huge_pages_yaml, as: UTF8.self),
    "epoll": String(decoding: PackageResources.epoll_yaml, as: UTF8.self),
    "registered": String(decoding: PackageResources.registered_yaml, as: UTF8.self),
  ]
}

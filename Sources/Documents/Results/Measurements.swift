import Base
package import Vocabulary

/// One measurement of a cell by one process: a number for each metric.
package struct Measurements: Hashable, Sendable {
  /// By the metric's index; NaN where there is no number.
  private var bits = Array(repeating: Double.nan.bitPattern, count: Metric.allCases.count)
  package var latency: Latency?
  /// The ring flags in force, such as `["SINGLE_ISSUER", "DEFER_TASKRUN"]`.
  package var ringFlags: [String] = []

  package init() {}

  /// The number of a metric, in the unit of its name; nil where there is none.
  package subscript(metric: Metric) -> Double? {
    get {
      if metric.object == .latency { return latency?[metric] }
      let value = Double(bitPattern: bits[metric.index])
      return value.isNaN ? nil : value
    }
    set { bits[metric.index] = (newValue ?? .nan).bitPattern }
  }

  /// A whole number of a metric.
  package func whole(_ metric: Metric) -> Int? { self[metric].flatMap { Int(exactly: $0) } }
}

extension Measurements: Codable {
  private static let ringFlagsKey = TextKey("ring_flags")

  package init(from decoder: any Decoder) throws {
    let trial = try decoder.container(keyedBy: TextKey.self)
    ringFlags = try trial.decode([String].self, forKey: Self.ringFlagsKey)
    latency = try trial.decodeIfPresent(Latency.self, forKey: TextKey(Metric.Object.latency.rawValue))
    for metric in Metric.allCases where metric.object != .latency {
      let container =
        try metric.object.map { try trial.nestedContainer(keyedBy: TextKey.self, forKey: TextKey($0.rawValue)) }
        ?? trial
      let key = TextKey(metric.key)
      self[metric] =
        metric.isNullable
        ? try container.decodeIfPresent(Double.self, forKey: key) : try container.decode(Double.self, forKey: key)
      guard metric.kind == .decimal || self[metric] == nil || whole(metric) != nil else {
        throw DecodingError.dataCorruptedError(
          forKey: key, in: container, debugDescription: "\(metric.rawValue) is not a whole number")
      }
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var trial = encoder.container(keyedBy: TextKey.self)
    try trial.encode(ringFlags, forKey: Self.ringFlagsKey)
    try trial.encode(latency, forKey: TextKey(Metric.Object.latency.rawValue))
    try encode(nil, to: &trial)
    for object in Metric.Object.allCases where object != .latency {
      var container = trial.nestedContainer(keyedBy: TextKey.self, forKey: TextKey(object.rawValue))
      try encode(object, to: &container)
    }
  }

  private func encode(_ object: Metric.Object?, to container: inout KeyedEncodingContainer<TextKey>) throws {
    for metric in Metric.allCases where metric.object == object {
      let key = TextKey(metric.key)
      guard metric.isNullable || self[metric] != nil else {
        throw EncodingError.invalidValue(
          self, .init(codingPath: container.codingPath, debugDescription: "a trial without \(metric.rawValue)"))
      }
      switch metric.kind {
      case .whole: try container.encode(whole(metric), forKey: key)
      case .decimal: try container.encode(self[metric], forKey: key)
      }
    }
  }
}

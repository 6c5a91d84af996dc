/// A function is an object with a key for each column: which columns there are is known from the object alone.
extension Explanation.Function: Codable {
  private struct Key: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }

    init(_ name: String) { stringValue = name }
    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }

    static let (name, own, inclusive) = (Key("name"), Key("self"), Key("inclusive"))
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    name = try container.decode(String.self, forKey: .name)
    own = try container.decode(Double.self, forKey: .own)
    inclusive = try container.decode(Double.self, forKey: .inclusive)
    for column in CostColumn.allCases where column != .instructions {
      further[column] = try container.decodeIfPresent(Double.self, forKey: Key(column.rawValue))
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(name, forKey: .name)
    try container.encode(own, forKey: .own)
    try container.encode(inclusive, forKey: .inclusive)
    for (column, value) in further { try container.encode(value, forKey: Key(column.rawValue)) }
  }
}

/// A key of a JSON object that is only known at run time.
package struct TextKey: CodingKey, Hashable {
  package let stringValue: String
  package var intValue: Int? { nil }

  package init(_ text: String) { stringValue = text }
  package init(stringValue: String) { self.stringValue = stringValue }
  package init?(intValue: Int) { nil }
}

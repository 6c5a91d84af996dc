/// Orders names by the numbers in them: 6.12.9 before 6.12.107.
enum VersionOrder {
  static func isBefore(_ one: String, _ other: String) -> Bool {
    let (left, right) = (numbers(one), numbers(other))
    return left == right ? one < other : left.lexicographicallyPrecedes(right)
  }

  private static func numbers(_ text: String) -> [Int] {
    text.split { !$0.isASCII || !$0.isNumber }.compactMap { Int($0) }
  }
}

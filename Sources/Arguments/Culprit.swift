/// The words of a command line that a message is about.
struct Culprit {
  /// As it is typed: `--mode`; nil for a word that is no option.
  let option: String?
  /// Where they are.
  private let places: Range<Int>
  /// The value, where it is what is wrong.
  private let value: String?

  /// - Returns: nil when the message names nothing that is there.
  init?(_ message: String, in words: [String]) {
    if let match = message.firstMatch(of: /^The value '(.*)' is invalid for '(--[a-z-]+)/) {
      let (value, option) = (String(match.1), String(match.2))
      self.value = value
      self.option = option
      guard let places = Self.places(of: option, value, in: words) else { return nil }
      self.places = places
    } else if let match = message.firstMatch(of: /^(?:Unknown option|Missing value for) '(--[^ ']+)/) {
      (option, value) = (String(match.1), nil)
      guard let places = Self.places(of: String(match.1), in: words) else { return nil }
      self.places = places
    } else if let match = message.firstMatch(of: /^Unexpected argument '(.*)'/) {
      (option, value) = (nil, nil)
      guard let place = words.lastIndex(of: String(match.1)), place > 0 else { return nil }
      places = place..<(place + 1)
    } else if let match = message.firstMatch(of: /^(--[a-z-]+)[ :]/) {
      (option, value) = (String(match.1), nil)
      guard let places = Self.places(of: String(match.1), in: words) else { return nil }
      self.places = places
    } else {
      return nil
    }
  }

  /// An option with this value.
  private static func places(of option: String, _ value: String, in words: [String]) -> Range<Int>? {
    for place in words.indices {
      if words[place] == "\(option)=\(value)" { return place..<(place + 1) }
      if words[place] == option, place + 1 < words.count, words[place + 1] == value { return place..<(place + 2) }
    }
    return nil
  }

  /// The last option of this name, with what looks like its value.
  private static func places(of option: String, in words: [String]) -> Range<Int>? {
    guard let place = words.lastIndex(where: { $0 == option || $0.hasPrefix(option + "=") }) else { return nil }
    let next = words[place] == option && place + 1 < words.count ? words[place + 1] : "-"
    // A negative number looks like an option to the parser.
    let hasValue = !next.hasPrefix("-") || next.dropFirst().first?.isNumber == true
    return place..<(place + (hasValue ? 2 : 1))
  }

  /// The command line with the words that the wrong ones resemble, with the first of the right ones where they resemble
  /// none, or without them where nothing is known to be right.
  ///
  /// - Returns: the words, and whether they still mean what the user meant.
  func repaired(_ words: [String], _ message: String, _ known: KnownOptions) -> (words: [String], isFaithful: Bool) {
    var words = words
    let value = value ?? (places.count > 1 ? words[places.upperBound - 1] : "")
    if let name = meant(message, known) {
      words[places.lowerBound] = name
      return (words, true)
    }
    guard let option, let right = known.options[option]?.words, let first = right.first, !right.contains(value) else {
      words.removeSubrange(places)
      return (words, false)
    }
    let parts = value.split(separator: ",").map { Resemblance.nearest(to: String($0), among: right) }
    let found = parts.compactMap { $0 }
    words.replaceSubrange(places, with: [option, found.isEmpty ? first : found.joined(separator: ",")])
    return (words, found.count == parts.count && !found.isEmpty)
  }

  /// The option that an unknown one resembles, if it has a value as that one has.
  private func meant(_ message: String, _ known: KnownOptions) -> String? {
    guard message.hasPrefix("Unknown option"), let option, option.count > 3 else { return nil }
    let alike = known.options.filter { $0.value.takesValue == (places.count > 1) }.keys.sorted()
    return Resemblance.nearest(to: option, among: alike)
  }
}

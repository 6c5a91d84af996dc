extension String {
  /// The text as the beginning of a sentence.
  package var withCapital: String { prefix(1).uppercased() + dropFirst() }
}

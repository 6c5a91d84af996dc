extension KnownOptions {
  /// What a shell offers for a word among these options: the values of the option before it, or all options.
  ///
  /// - Parameter more: values by option, where the parser's description has none.
  package func offered(after previous: String?, _ more: [String: [String]] = [:]) -> [String] {
    guard let previous, let option = options[previous], option.takesValue else { return options.keys.sorted() }
    return more[previous] ?? option.words
  }
}

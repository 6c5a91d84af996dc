package import Base
import FoundationEssentials
import Suites

/// Finds suites. The built-in suites are part of the executable; others are files.
package enum SuiteLibrary {
  package static var names: [String] { BuiltInSuites.yaml.keys.sorted() }

  /// The suites that carry a question, in the order in which they are asked.
  package static var questions: [String] { BuiltInSuites.questionNames }

  /// The question of a built-in suite; nil for one without.
  package static func question(of suite: String) -> SuiteQuestion? {
    guard questions.contains(suite) else { return nil }
    return try? self.suite(suite).question
  }

  /// The suite of a run that names none.
  package static let usual = "quick"
  /// The suite of a run in a guest that names none: guests are slow.
  package static let usualInGuest = "ci"

  /// What `--suite` takes.
  package static let help: String = {
    let builtIn = names.map { "\($0) (\(trials(of: $0)) trials)" }.joined(separator: ", ")
    return "\(builtIn), or the path of a YAML file: with a slash, or ending in .yaml or .yml. "
      + "(default: \(usual); in a guest: \(usualInGuest))"
  }()

  /// How many trials a cell of a built-in suite has: `9`, or `6 to 9` where its groups differ.
  private static func trials(of name: String) -> String {
    let trials = ((try? suite(name))?.groups ?? []).map(\.trials)
    guard let fewest = trials.min(), let most = trials.max() else { return "?" }
    return fewest == most ? "\(most)" : "\(fewest) to \(most)"
  }

  /// Reads a built-in suite by its name, or a file by its path.
  ///
  /// A word without a slash and without a YAML suffix is a name. A file of that name needs a path, such as `./quick`.
  package static func suite(_ word: String) throws(RingbenchError) -> Suite {
    if let yaml = BuiltInSuites.yaml[word] { return try SuiteReader.read(yaml, file: "\(word).yaml") }
    guard word.contains("/") || word.hasSuffix(".yaml") || word.hasSuffix(".yml") else {
      let list = names.joined(separator: ", ")
      throw RingbenchError.badInput(
        "--suite: unknown suite '\(word)': one of \(list), or the path of a YAML file, is needed")
    }
    guard let data = FileManager.default.contents(atPath: word) else {
      throw RingbenchError.badInput("--suite: \(word): no such file, or it can't be read")
    }
    guard let yaml = String(validating: data, as: UTF8.self) else {
      throw RingbenchError.badInput("--suite: \(word): not UTF-8")
    }
    return try SuiteReader.read(yaml, file: word)
  }
}

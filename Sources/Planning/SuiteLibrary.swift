package import Base
import FoundationEssentials
import Suites

/// Finds suites. The built-in suites are part of the executable; others are files.
package enum SuiteLibrary {
  package static var names: [String] { BuiltInSuites.yaml.keys.sorted() }

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

package import ArgumentParser
import FoundationEssentials
import Vocabulary

/// The options of a command line, as the parser itself describes them.
package struct KnownOptions: Sendable {
  /// By the option as it is typed: `--mode`.
  package private(set) var options: [String: KnownOption] = [:]

  /// The options of these types together.
  package init(_ types: [any ParsableArguments.Type]) {
    for type in types {
      let help = try? JSONDecoder().decode(DumpedHelp.self, from: Data(type._dumpHelp().utf8))
      for argument in help?.command.arguments ?? [] {
        for name in argument.names ?? [] where name.kind == "long" {
          options["--\(name.name)"] = KnownOption(
            takesValue: argument.kind == "option", words: argument.completionKind?.list?.values ?? [])
        }
      }
    }
  }

  /// The same, and the values of one of them.
  package func with(_ words: [String], for option: String) -> KnownOptions {
    var known = self
    known.options[option]?.words = words
    return known
  }

  /// The same, with a usual value for each number.
  package var withUsualNumbers: KnownOptions {
    NumberAxis.allCases.reduce(self) { known, axis in
      axis.defaultValue.map { known.with([axis.word($0)], for: axis.option) } ?? known
    }
  }

  /// The same without some of them.
  package func without(_ names: Set<String>) -> KnownOptions {
    var rest = self
    for name in names { rest.options[name] = nil }
    return rest
  }
}

/// An option of a command line.
package struct KnownOption: Hashable, Sendable {
  /// Whether a value follows it.
  package var takesValue: Bool
  /// The values that it takes; empty where they are no list of words.
  package var words: [String]
}

/// The part of the parser's description of a command that is needed here.
private struct DumpedHelp: Decodable {
  struct Command: Decodable {
    var arguments: [Argument]?
  }
  struct Argument: Decodable {
    var kind: String
    var names: [Name]?
    var completionKind: Completion?
  }
  struct Completion: Decodable {
    struct List: Decodable {
      var values: [String]
    }
    var list: List?
  }
  struct Name: Decodable {
    var kind: String
    var name: String
  }
  var command: Command
}

import ArgumentParser
import Base
package import Vocabulary

/// An option for each number axis, as the axes declare them.
///
/// The parser finds a type's options among its stored properties. This type shows it one option for each axis instead,
/// so that a new axis has its option on all command lines at once.
package struct NumberAxisOptions: ParsableArguments, CustomReflectable {
  /// The values given for each axis, each once, in the order given.
  package private(set) var values: [NumberAxis: [Int]] = [:]

  package init() {}

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: TextKey.self)
    for axis in NumberAxis.allCases {
      let lists = try container.decode(Option<[[Int]]>.self, forKey: TextKey(axis.rawValue)).wrappedValue
      if !lists.isEmpty { values[axis] = Lists.flat(lists) }
    }
  }

  package var customMirror: Mirror {
    Mirror(self, children: NumberAxis.allCases.map { (label: $0.rawValue, value: Self.option($0)) })
  }

  private static func option(_ axis: NumberAxis) -> Option<[[Int]]> {
    let facts = axis.limits + (axis.defaultValue.map { ["default: \(axis.word($0))"] } ?? [])
    return Option(
      wrappedValue: [], name: .customLong(axis.rawValue),
      help: ArgumentHelp(stringLiteral: "\(axis.help) (\(facts.joined(separator: "; ")))").named(axis.valueName),
      completion: axis.words.isEmpty ? nil : .list(axis.words),
      transform: Lists.numbers(axis))
  }
}

extension ArgumentHelp {
  fileprivate func named(_ valueName: String) -> ArgumentHelp {
    var help = self
    help.valueName = valueName
    return help
  }
}

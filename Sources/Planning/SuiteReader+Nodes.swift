import Base
import Vocabulary
import Yams

extension SuiteReader {
  /// The document's root, or an error where the text is not valid YAML.
  func compose(_ yaml: String) throws(RingbenchError) -> Node {
    do {
      guard let root = try Yams.compose(yaml: yaml) else {
        throw RingbenchError.badInput("\(file):1: the file is empty")
      }
      return root
    } catch let error as RingbenchError {
      throw error
    } catch YamlError.scanner(_, let problem, let mark, _), YamlError.parser(_, let problem, let mark, _),
      YamlError.composer(_, let problem, let mark, _)
    {
      throw RingbenchError.badInput("\(file):\(mark.line): \(problem)")
    } catch YamlError.reader(let problem, let offset, _, let text) {
      let line = text.prefix(offset ?? 0).count { $0.isNewline } + 1
      throw RingbenchError.badInput("\(file):\(line): \(problem)")
    } catch YamlError.duplicatedKeysInMapping(let keys, let context) {
      throw RingbenchError.badInput("\(file):\(context.mark.line): '\(keys.joined(separator: "', '"))' is given twice")
    } catch {
      throw RingbenchError.badInput("\(file): not YAML: \(Self.oneLine("\(error)"))")
    }
  }

  /// The mapping's values by key; unknown keys are errors, so that a misspelt key isn't silently ignored.
  func fields(of node: Node, allowed: [String], in what: String) throws(RingbenchError) -> [String: Node] {
    guard let mapping = node.mapping else { throw error(at: node, "\(what) must be a mapping of keys to values") }
    var fields: [String: Node] = [:]
    for (key, value) in mapping {
      guard let name = key.scalar?.string, allowed.contains(name) else {
        let list = allowed.joined(separator: ", ")
        throw error(at: key, "unknown key '\(key.scalar?.string ?? "")' in \(what): \(list) are possible")
      }
      fields[name] = value
    }
    return fields
  }

  func text(_ fields: [String: Node], _ key: String, at node: Node) throws(RingbenchError) -> String {
    guard let value = fields[key] else { throw error(at: node, "'\(key)' is missing") }
    guard let text = value.scalar?.string else { throw error(at: value, "'\(key)' takes one value") }
    return text
  }

  func scalar<Value>(
    _ node: Node, _ key: String, _ parse: (String) -> Value?, right: String
  ) throws(RingbenchError) -> Value {
    let text = node.scalar?.string ?? ""
    guard let value = parse(text) else {
      throw error(at: node, "'\(text)' is not a value for \(key): \(right) is needed")
    }
    return value
  }

  /// The words of an axis: one value or a list.
  func values<Value: WordAxis>(
    _ fields: [String: Node], _ type: Value.Type, at node: Node
  ) throws(RingbenchError) -> [Value] {
    guard let given = fields[Value.axis] else { throw error(at: node, "a group needs '\(Value.axis)'") }
    return try list(given) { text throws(RingbenchError) in try Value.values(text) }.flatMap { $0 }
  }

  func list<Value>(_ node: Node, _ parse: (String) throws(RingbenchError) -> Value) throws(RingbenchError) -> [Value] {
    let items = node.sequence.map(Array.init) ?? [node]
    guard !items.isEmpty else { throw error(at: node, "an empty list: at least one value is needed") }
    var values: [Value] = []
    for item in items {
      guard let text = item.scalar?.string else { throw error(at: item, "a single value is needed here") }
      do { values.append(try parse(text)) } catch { throw self.error(at: item, error.description) }
    }
    return values
  }

  func error(at node: Node, _ message: String) -> RingbenchError {
    RingbenchError.badInput("\(place(node)): \(message)")
  }

  func place(_ node: Node) -> String { "\(file):\(node.mark?.line ?? 1)" }

  private static func oneLine(_ text: String) -> String {
    text.split(whereSeparator: \.isNewline).joined(separator: " ")
  }
}

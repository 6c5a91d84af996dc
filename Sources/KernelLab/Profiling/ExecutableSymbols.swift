import Base
import Glibc

/// The functions of a workload executable, which is linked to a fixed address.
enum ExecutableSymbols {
  /// - Throws: `cannotRun` without `nm`; `failed` for an executable without symbols.
  static func read(_ path: String) async throws -> [FunctionSymbol] {
    let output = try await HelperProgram.nm.run(["--defined-only", path])
    var functions: [FunctionSymbol] = []
    for line in output.split(separator: UInt8(ascii: "\n")) {
      let words = line.split(separator: UInt8(ascii: " "), maxSplits: 2)
      guard words.count == 3, let kind = words[1].first, "tTwWi".utf8.contains(kind),
        let address = UInt64(String(decoding: words[0], as: UTF8.self), radix: 16)
      else { continue }
      functions.append(FunctionSymbol(address: address, name: String(decoding: words[2], as: UTF8.self)))
    }
    guard !functions.isEmpty else {
      throw RingbenchError.failed("\(path): names no functions: an executable with symbols is needed")
    }
    return functions
  }
}

/// Swift's names as people write them.
enum SwiftName {
  /// The name of a function without its types: `Engine.timedRound` for every specialisation of it. Other names stay as
  /// they are.
  static func short(_ symbol: String) -> String {
    guard symbol.hasPrefix("$s"), let whole = demangled(symbol) else { return symbol }
    var name = whole[...]
    // "generic specialization <...> of Module.Type.function(...)", "closure #1 (...) in Module.function(...)"
    while let part = place(of: [" of ", " in "], in: name) { name = name[part.upperBound...] }
    if let part = place(of: [" -> ", " : "], in: name) { name = name[..<part.lowerBound] }
    // "static", "throws" and the like stand beside the name.
    let words = withoutBrackets(name).split(separator: " ")
    let path = (words.last { $0.contains(".") } ?? words.last).map(String.init) ?? whole
    let parts = path.split(separator: ".")
    return parts.count > 2 ? parts.suffix(2).joined(separator: ".") : path
  }

  /// Where one of some words first stands outside of all brackets.
  private static func place(of words: [String], in name: Substring) -> Range<Substring.Index>? {
    var depth = 0
    for index in name.indices {
      if "<([".contains(name[index]) { depth += 1 }
      // The end of an arrow is no bracket.
      let isArrow = name[..<index].last == "-"
      if ">)]".contains(name[index]), !isArrow { depth -= 1 }
      guard depth == 0, let word = words.first(where: name[index...].hasPrefix) else { continue }
      return index..<name.index(index, offsetBy: word.count)
    }
    return nil
  }

  private static func withoutBrackets(_ name: Substring) -> String {
    var result = ""
    var depth = 0
    for character in name {
      if "<([".contains(character) { depth += 1 }
      if depth == 0 { result.append(character) }
      if ">)]".contains(character) { depth -= 1 }
    }
    return result
  }

  private static func demangled(_ symbol: String) -> String? {
    guard let text = runtimeDemangle(symbol, UInt(symbol.utf8.count), nil, nil, 0) else { return nil }
    defer { free(text) }
    return String(cString: text)
  }
}

/// The Swift runtime's own demangler (`swift/Runtime/Demangle`, exported as `swift_demangle`).
@_silgen_name("swift_demangle")
private func runtimeDemangle(
  _ name: UnsafePointer<CChar>, _ length: UInt, _ output: UnsafeMutablePointer<CChar>?,
  _ size: UnsafeMutablePointer<UInt>?, _ flags: UInt32
) -> UnsafeMutablePointer<CChar>?

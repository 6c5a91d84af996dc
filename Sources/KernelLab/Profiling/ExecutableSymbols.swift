import Base
import Glibc

/// The functions of a workload executable, which is linked to a fixed address.
enum ExecutableSymbols {
  /// - Throws: `cannotRun` without `nm`; `failed` for an executable without symbols.
  static func read(_ path: String) async throws -> [KernelFunction] {
    let output = try await HelperProgram.nm.run(["--defined-only", path])
    var functions: [KernelFunction] = []
    for line in output.split(separator: UInt8(ascii: "\n")) {
      let words = line.split(separator: UInt8(ascii: " "), maxSplits: 2)
      guard words.count == 3, let kind = words[1].first, "tTwWi".utf8.contains(kind),
        let address = UInt64(String(decoding: words[0], as: UTF8.self), radix: 16)
      else { continue }
      functions.append(KernelFunction(address: address, name: String(decoding: words[2], as: UTF8.self)))
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
    // "generic specialization <...> of Module.Type.function(...)"
    while let end = ending(of: name) { name = name[end...] }
    let plain = withoutBrackets(name)
    // "static", "closure #1 in" and the like stand before a name.
    let path = plain.split(separator: " ").last { $0.contains(".") || !$0.isEmpty } ?? plain[...]
    let parts = path.split(separator: ".")
    return parts.count > 2 ? parts.suffix(2).joined(separator: ".") : String(path)
  }

  /// Where the part behind an ` of ` outside of all brackets begins.
  private static func ending(of name: Substring) -> Substring.Index? {
    var depth = 0
    var index = name.startIndex
    while index < name.endIndex {
      if "<([".contains(name[index]) { depth += 1 }
      if ">)]".contains(name[index]) { depth -= 1 }
      if depth == 0, name[index...].hasPrefix(" of ") { return name.index(index, offsetBy: 4) }
      index = name.index(after: index)
    }
    return nil
  }

  /// The name up to its result, without parameters and what stands in brackets.
  private static func withoutBrackets(_ name: Substring) -> String {
    var result = ""
    var depth = 0
    for (index, character) in zip(name.indices, name) {
      if depth == 0, name[index...].hasPrefix(" -> ") { break }
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

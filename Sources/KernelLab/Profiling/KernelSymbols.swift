import Base
import CGuest
import Documents
import FoundationEssentials
import Glibc

/// The functions of a kernel and its modules, from the guest's own `/proc/kallsyms`.
///
/// Their form is lines of an address, as the hexadecimal distance from the line before, and a name.
enum KernelSymbols {
  // MARK: In the guest

  /// - Throws: `cannotRun` for a kernel that doesn't tell its symbols.
  static func read() throws(RingbenchError) -> Data {
    var count = 0
    guard let text = cguest_kernel_functions(&count) else {
      throw RingbenchError.cannotRun("the kernel doesn't name its functions: build in CONFIG_KALLSYMS")
    }
    defer { free(text) }
    return Data(bytes: text, count: count)
  }

  // MARK: On the host

  /// The functions of a saved machine's kernel, from the cache or from the guest.
  static func provide(of machine: SavedMachine, in cache: KernelCache) async throws -> [FunctionSymbol] {
    let path = try await cache.symbolsPath(of: machine)
    if let data = FileManager.default.contents(atPath: path), let functions = try? parse(data) { return functions }
    var found: Data?
    try await machine.resume(.functions, try await SavedMachine.MemoryCopy(of: machine)) { message in
      guard case .functions(let data) = message else {
        throw RingbenchError.failed("the guest answered another request")
      }
      found = data
    }
    guard let found else { throw RingbenchError.failed("the guest did not name its functions") }
    let functions = try parse(found)
    try cache.prepare()
    try Files.makeFolder(cache.profilerFolder)
    try Files.replace(path, with: found)
    cache.removeOldSymbols()
    return functions
  }

  static func parse(_ data: Data) throws(RingbenchError) -> [FunctionSymbol] {
    var functions: [FunctionSymbol] = []
    var address: UInt64 = 0
    for line in Array(data).split(separator: UInt8(ascii: "\n")) {
      let words = line.split(separator: UInt8(ascii: " "), maxSplits: 1)
      guard words.count == 2, let distance = UInt64(String(decoding: words[0], as: UTF8.self), radix: 16) else {
        throw RingbenchError.failed("a list of a kernel's functions has a line that ringbench does not know")
      }
      address &+= distance
      functions.append(FunctionSymbol(address: address, name: String(decoding: words[1], as: UTF8.self)))
    }
    guard !functions.isEmpty else { throw RingbenchError.failed("a list of a kernel's functions is empty") }
    return functions
  }
}

extension KernelCache {
  /// Must change when the guest names its functions in another way.
  private static let version = "1"

  /// How many lists are kept: each is a megabyte or two, and a bisection makes one for each kernel.
  private static let most = 32

  /// Removes the oldest lists beyond those that are kept.
  fileprivate func removeOldSymbols() {
    let lists = Files.names(in: profilerFolder).filter { $0.hasSuffix(".symbols") }.map { "\(profilerFolder)/\($0)" }
    func age(_ path: String) -> Date {
      let facts = try? FileManager.default.attributesOfItem(atPath: path)
      return facts?[.modificationDate] as? Date ?? .distantPast
    }
    for old in lists.sorted(by: { age($0) > age($1) }).dropFirst(Self.most) {
      try? FileManager.default.removeItem(atPath: old)
    }
  }

  /// Where the symbols of a kernel with its modules are kept.
  fileprivate func symbolsPath(of machine: SavedMachine) async throws -> String {
    let files = [machine.kernel.image] + machine.kernel.modules
    let sums = try await HelperProgram.sha256sum.lines(files).map { $0.prefix(64) }
    // Parameters may move the modules.
    let words = sums + [Self.version[...], machine.fingerprint.machine[...]]
    return "\(profilerFolder)/\(try await HelperProgram.digest(of: words.joined(separator: " "))).symbols"
  }
}

package import Base
import FoundationEssentials
import Glibc
import Processes

/// A system program that the laboratory needs, and the Debian package that contains it.
package enum HelperProgram: String, CaseIterable, Sendable {
  case qemu = "qemu-system-x86_64"
  case aptGet = "apt-get"
  case aptCache = "apt-cache"
  case aptConfig = "apt-config"
  case dpkgDeb = "dpkg-deb"
  case cpio, xz, zstd, strip, modinfo, mke2fs
  case b2sum, sha256sum, cp
  case cc, nm
  case bash, make, patch, tar

  private var package: String {
    switch self {
    case .qemu: "qemu-system-x86"
    case .aptGet, .aptCache, .aptConfig: "apt"
    case .dpkgDeb: "dpkg"
    case .xz: "xz-utils"
    case .strip, .nm: "binutils"
    case .cc: "gcc"
    case .modinfo: "kmod"
    case .mke2fs: "e2fsprogs"
    case .b2sum, .sha256sum, .cp: "coreutils"
    case .bash, .cpio, .make, .patch, .tar, .zstd: rawValue
    }
  }

  /// The program's path, found in `PATH`, `/usr/sbin` or `/sbin`.
  package func path() throws(RingbenchError) -> String {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    let folders = path.split(separator: ":").map(String.init) + ["/usr/sbin", "/sbin"]
    for folder in folders where access("\(folder)/\(rawValue)", X_OK) == 0 { return "\(folder)/\(rawValue)" }
    throw RingbenchError.cannotRun(
      "\(rawValue) is missing: install the package \(package), or run scripts/setup --for vm")
  }

  /// Runs the program to its end.
  ///
  /// - Parameters:
  ///   - folder: Its working directory; nil for that of this process.
  ///   - environment: Added to the environment of this process.
  /// - Returns: its standard output.
  /// - Throws: `cannotRun` when it is missing; `failed` with its last error line when it fails.
  @discardableResult
  func run(
    _ arguments: [String], in folder: String? = nil, environment: [String] = [], timeout: Duration = .seconds(600)
  ) async throws -> [UInt8] {
    try await run(environment + [try path()] + arguments, in: folder, timeout)
  }

  /// Runs a shell command in which `$0` is the program, so that its streams can be redirected.
  @discardableResult
  func run(
    throughShell command: String, _ arguments: [String], in folder: String? = nil, environment: [String] = [],
    timeout: Duration = .seconds(600)
  ) async throws -> [UInt8] {
    try await run(environment + ["/bin/sh", "-c", command, try path()] + arguments, in: folder, timeout)
  }

  /// The environment variable with the path of the log, see `run(_:log:)`.
  static let logVariable = "LOG"

  /// Runs the program, and writes all that it says into a file.
  func run(
    _ arguments: [String], log: String, in folder: String, environment: [String] = [],
    timeout: Duration = .seconds(600)
  ) async throws {
    try await run(
      throughShell: #"exec "$0" "$@" >"$\#(Self.logVariable)" 2>&1"#, arguments, in: folder,
      environment: environment + ["\(Self.logVariable)=\(log)"], timeout: timeout)
  }

  private func run(_ command: [String], in folder: String?, _ timeout: Duration) async throws -> [UInt8] {
    let place = folder.map { ["-C", $0] } ?? []
    let child = try await ChildProcess.run("/usr/bin/env", place + command, timeout: timeout)
    guard child.end == .exited(0) else {
      throw RingbenchError.failed("\(rawValue) failed: \(child.lastErrorLine ?? "it gave no reason")")
    }
    return child.output
  }

  /// The same, with the output as lines.
  func lines(
    _ arguments: [String], in folder: String? = nil, environment: [String] = []
  ) async throws -> [String] {
    let output = try await run(arguments, in: folder, environment: environment)
    return String(decoding: output, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  /// A digest of a text, of 32 characters that can stand in the name of a file.
  static func digest(of text: String) async throws -> String {
    let sum = try await sha256sum.run(throughShell: #"printf %s "$1" | "$0""#, [text])
    return String(decoding: sum.prefix(32), as: UTF8.self)
  }
}

package import Base
import FoundationEssentials
import Glibc
import Processes

/// A program of the system that the laboratory needs, with the Debian package that has it.
package enum HelperProgram: String, CaseIterable, Sendable {
  case qemu = "qemu-system-x86_64"
  case aptGet = "apt-get"
  case aptCache = "apt-cache"
  case dpkgDeb = "dpkg-deb"
  case cpio, xz, zstd, strip, modinfo, mke2fs
  case sha256sum
  case bash, make, patch, tar

  private var package: String {
    switch self {
    case .qemu: "qemu-system-x86"
    case .aptGet, .aptCache: "apt"
    case .dpkgDeb: "dpkg"
    case .xz: "xz-utils"
    case .strip: "binutils"
    case .modinfo: "kmod"
    case .mke2fs: "e2fsprogs"
    case .sha256sum: "coreutils"
    case .bash, .cpio, .make, .patch, .tar, .zstd: rawValue
    }
  }

  /// The program's path: from `PATH`, or where administrators' programs lie.
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
  ///   - folder: Where it works; nil for this process's own working directory.
  ///   - environment: Added to this process's own.
  /// - Returns: what it wrote on standard output.
  /// - Throws: `cannotRun` when it is missing; `failed` when it fails, with its last words.
  @discardableResult
  func run(
    _ arguments: [String], in folder: String? = nil, environment: [String] = [], timeout: Duration = .seconds(600)
  ) async throws -> [UInt8] {
    try await run(environment + [try path()] + arguments, in: folder, timeout)
  }

  /// Runs a shell command in which `$0` is the program, for its redirections.
  @discardableResult
  func run(
    throughShell command: String, _ arguments: [String], in folder: String? = nil, environment: [String] = [],
    timeout: Duration = .seconds(600)
  ) async throws -> [UInt8] {
    try await run(environment + ["/bin/sh", "-c", command, try path()] + arguments, in: folder, timeout)
  }

  private func run(_ command: [String], in folder: String?, _ timeout: Duration) async throws -> [UInt8] {
    let place = folder.map { ["-C", $0] } ?? []
    let child = try await ChildProcess.run("/usr/bin/env", place + command, timeout: timeout)
    guard child.end == .exited(0) else {
      throw RingbenchError.failed("\(rawValue) failed: \(child.lastErrorLine ?? "without a word")")
    }
    return child.output
  }

  /// The same, with the output as lines.
  func lines(_ arguments: [String], in folder: String? = nil) async throws -> [String] {
    let output = try await run(arguments, in: folder)
    return String(decoding: output, as: UTF8.self).split(separator: "\n").map(String.init)
  }
}

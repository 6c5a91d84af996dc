import Glibc

/// The kernel's own name for itself (`uname(2)`).
struct KernelName {
  let release: String
  let version: String
  /// The hardware, such as `x86_64`.
  let machine: String

  static func current() -> KernelName {
    var name = utsname()
    // Fails only for a bad address.
    uname(&name)
    return KernelName(release: text(name.release), version: text(name.version), machine: text(name.machine))
  }

  /// A fixed C array as text up to its first zero.
  private static func text<Characters>(_ characters: Characters) -> String {
    withUnsafeBytes(of: characters) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }
}

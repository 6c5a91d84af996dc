import FoundationEssentials
import Results

#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

/// Stands in for the host information of `Measurement` until the branches meet.
enum HostInformation {
  static func collect() -> Host {
    var name = utsname()
    uname(&name)
    return Host(
      kernelRelease: text(&name.release), kernelVersion: text(&name.version), kernelCommandLine: line("/proc/cmdline"),
      machine: text(&name.machine), cpuModel: "unknown", cpus: sysconf(Int32(_SC_NPROCESSORS_ONLN)),
      virtualization: "unknown", deterministic: false,
      clockSource: line("/sys/devices/system/clocksource/clocksource0/current_clocksource"), mitigations: [:],
      transparentHugepage: line("/sys/kernel/mm/transparent_hugepage/enabled"), memlockBytes: nil,
      liburingVersion: "unknown", kernelManagedExtension: nil, nodes: availableNodes())
  }

  static func availableNodes() -> [HostNode] {
    let cpus = Array(0..<sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    let memory = sysconf(Int32(_SC_PHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE))
    return [HostNode(id: 0, cpus: cpus, memoryBytes: memory, distances: [10])]
  }

  private static func text<Field>(_ field: inout Field) -> String {
    withUnsafeBytes(of: &field) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }

  private static func line(_ path: String) -> String {
    let data = FileManager.default.contents(atPath: path) ?? Data()
    return String(decoding: data.prefix { $0 != 10 }, as: UTF8.self)
  }
}

import Base
import Foundation
import TestSupport
import Testing

/// The rooms that ARCHITECTURE.md lists, against the package and against what the files import.
@Suite struct RoomTests {
  struct Room: Sendable, CustomTestStringConvertible {
    var path: String
    var knows: Set<String>

    /// The module's name.
    var module: String {
      let name = path.split(separator: "/").last.map(String.init) ?? path
      return path.hasPrefix("Benchmarks/") ? "ringbench-\(name)" : name
    }

    var testDescription: String { path }
  }

  /// The rows of the table: a path in backticks, what is in it, what it may know.
  static let rooms: [Room] = {
    let text = (try? String(contentsOfFile: Places.package + "/ARCHITECTURE.md", encoding: .utf8)) ?? ""
    return text.split(separator: "\n").filter { $0.hasPrefix("| `") }.map { line in
      let fields = line.split(separator: "|", omittingEmptySubsequences: false).map {
        $0.trimmingCharacters(in: .whitespaces)
      }
      let knows = fields[3].split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
      return Room(path: fields[1].filter { $0 != "`" }, knows: Set(knows.filter { !$0.isEmpty }))
    }
  }()

  private struct Package: Decodable {
    struct Target: Decodable {
      var name: String
      var type: String
      var path: String?
      var dependencies: [Dependency]
    }
    struct Dependency: Decodable {
      var byName: [String?]?

      private enum CodingKeys: CodingKey { case byName }

      init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        // The second element is a condition, which is an object where there is one.
        var list = try? container.nestedUnkeyedContainer(forKey: .byName)
        byName = try list.map { _ in [try list?.decode(String.self)] }
      }
    }
    var targets: [Target]
  }

  /// Every target of the package but the tests' own is a room, with the dependencies that the table says.
  @Test func theTableIsThePackage() async throws {
    // A folder of its own: the package's is locked while its tests run.
    let scratch = try TemporaryFolder()
    let manifest = try await Program.run(
      "/usr/bin/env",
      ["swift", "package", "--package-path", Places.package, "--scratch-path", scratch.path, "dump-package"])
    #expect(manifest.status == 0, "\(manifest.error)")
    let package = try JSONDecoder().decode(Package.self, from: Data(manifest.output.utf8))
    var real: [String: Set<String>] = [:]
    for target in package.targets where target.type != "test" && target.path?.hasPrefix("Tests/") != true {
      real[target.path ?? "Sources/\(target.name)"] = Set(target.dependencies.compactMap { $0.byName?[0] })
    }
    let table = Dictionary(uniqueKeysWithValues: Self.rooms.map { ($0.path, $0.knows) })
    #expect(Set(table.keys) == Set(real.keys))
    for (path, knows) in table { #expect(knows == real[path], "\(path)") }
  }

  /// A module that the package lets a file see by way of another one is no permission to import it.
  @Test(arguments: rooms) func nothingElseIsImported(room: Room) throws {
    let all = Set(Self.rooms.map(\.module) + ["Suites"])
    for file in try FileManager.default.subpathsOfDirectory(atPath: "\(Places.package)/\(room.path)")
    where file.hasSuffix(".swift") {
      let text = try String(contentsOfFile: "\(Places.package)/\(room.path)/\(file)", encoding: .utf8)
      for line in text.split(separator: "\n") where line.contains("import ") && !line.contains("//") {
        guard let name = line.split(separator: " ").last.map(String.init), all.contains(name) else { continue }
        #expect(room.knows.contains(name), "\(room.path)/\(file) imports \(name)")
      }
    }
  }

  /// All of Foundation brings 40 MB of tables into each workload executable, and so into every guest.
  @Test func workloadExecutablesHaveTheEssentialsOfFoundationOnly() throws {
    let shared: Set = ["Base", "Vocabulary", "Documents", "Arguments", "HostFacts", "Instruments", "Uring"]
    for room in Self.rooms where shared.union(["BufferModes", "Workload"]).contains(room.module) {
      for file in try FileManager.default.subpathsOfDirectory(atPath: "\(Places.package)/\(room.path)")
      where file.hasSuffix(".swift") {
        let text = try String(contentsOfFile: "\(Places.package)/\(room.path)/\(file)", encoding: .utf8)
        let imports = text.split(separator: "\n").filter { $0.hasSuffix("import Foundation") }
        #expect(imports.isEmpty, "\(room.path)/\(file) imports Foundation: FoundationEssentials is enough")
      }
    }
  }

  /// The measuring side and the judging side meet in the documents only.
  @Test func theTwoSidesDoNotKnowEachOther() {
    let measuring: Set = ["Workload", "BufferModes", "Instruments"]
    for room in Self.rooms where ["Statistics", "Planning", "Running", "Reporting", "KernelLab"].contains(room.module) {
      #expect(room.knows.isDisjoint(with: measuring), "\(room.path)")
    }
  }
}

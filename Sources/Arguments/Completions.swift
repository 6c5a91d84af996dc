package import ArgumentParser
import FoundationEssentials
package import Vocabulary

/// What a shell offers for the value of an option.
extension CompletionKind {
  /// The words of an axis, and those that stand for several.
  package static func words<Value: WordAxis>(of type: Value.Type) -> CompletionKind {
    .list(Value.allCases.map(\.rawValue) + Value.groups.keys.sorted())
  }

  /// The cases of a type.
  package static func cases<Value: CaseIterable & RawRepresentable<String>>(of type: Value.Type) -> CompletionKind {
    .list(Value.allCases.map(\.rawValue))
  }

  /// The folder of a run, or its `results.json`.
  package static var run: CompletionKind { .file(extensions: ["json"]) }

  /// Names that are known when the shell asks, or else a path.
  ///
  /// - Parameter extensions: how the names of files end; empty for any file.
  package static func names(
    orFiles extensions: [String]?, _ names: @escaping @Sendable () -> [String]
  ) -> CompletionKind {
    .custom { _, _, prefix in names() + (extensions.map { OfferedPaths.paths(prefix, endings: $0) } ?? []) }
  }
}

/// The paths that a shell offers for the beginning of one.
package enum OfferedPaths {
  /// Folders, and files that end in one of the endings.
  package static func paths(_ prefix: String, endings: [String]) -> [String] {
    let folder = prefix.lastIndex(of: "/").map { String(prefix[...$0]) } ?? ""
    let start = prefix.dropFirst(folder.count)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.isEmpty ? "." : folder)) ?? []
    return names.sorted().compactMap { name in
      guard name.hasPrefix(start), !name.hasPrefix(".") || start.hasPrefix(".") else { return nil }
      var isFolder = false
      guard FileManager.default.fileExists(atPath: folder + name, isDirectory: &isFolder) else { return nil }
      if isFolder { return folder + name + "/" }
      return endings.isEmpty || endings.contains(where: { name.hasSuffix(".\($0)") }) ? folder + name : nil
    }
  }
}

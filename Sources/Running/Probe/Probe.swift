package import Base
package import Documents
import Uring
import Vocabulary

/// `ringbench probe`: asks the running kernel what it offers, and tries it.
package enum Probe {
  /// Probes everything, the three workload executables at once.
  ///
  /// - Parameter directory: where the file workload puts its file; nil for the system's temporary folder.
  /// - Throws: `cannotRun` when there is no io_uring, `badInput` when the folder or an executable is missing.
  package static func run(directory: String?) async throws -> ProbeDocument {
    if let directory { try InputFolder.check(directory, option: "--directory") }
    let executables = try WorkloadExecutables(names: WorkloadKind.allCases.map(\.executableName))
    // First, as it reads the nodes that this thread may use.
    let host = Host.current()
    async let transfers = TransferProbes.all(executables, directory: directory)
    let features = Result { () throws(SystemError) in try FeatureProbe.all() }
    // The executables know the remedy when there is no io_uring.
    let tried = try await transfers
    do throws(SystemError) {
      return ProbeDocument(host: host, features: try features.get().map(FeatureRecord.init), transfers: tried)
    } catch {
      throw RingbenchError.cannotRun(
        "\(SystemError(call: error.call, errno: error.errno)): no ring can be created here")
    }
  }

  /// The document as `--json` prints it.
  package static func json(_ document: ProbeDocument) throws -> String {
    String(decoding: try ResultsJSON.document(document), as: UTF8.self)
  }

  /// The exit status of the command. A transfer that fails although it should work is a failure, not a finding.
  package static func status(of document: ProbeDocument) -> ExitStatus {
    document.transfers.contains { $0.status == .failed } ? .failed : .done
  }
}

extension FeatureRecord {
  fileprivate init(_ feature: Feature) {
    self.init(
      kind: feature.kind.rawValue, name: feature.name, since: feature.since, supported: feature.isSupported,
      errno: feature.errno.map(errnoName))
  }
}

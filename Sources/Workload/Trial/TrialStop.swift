import BufferRings
import Results

/// Why a trial ended without numbers.
enum TrialStop: Error {
  case setup(SetupFailure)
  case engine(EngineFailure, anyReceived: Bool)

  /// The status and reason of the cell. What can't be set up is not offered here: a result, not a failure.
  func outcome(of cell: Cell) -> (status: CellStatus, reason: Reason) {
    switch self {
    case .setup(let failure): (.unsupported, failure.reason)
    case .engine(let failure, let anyReceived): failure.outcome(of: cell, anyReceived: anyReceived)
    }
  }
}

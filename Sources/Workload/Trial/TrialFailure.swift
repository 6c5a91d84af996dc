import Vocabulary

/// Why a trial ended without numbers.
enum TrialFailure: Error {
  /// `afterData` says that messages had been received before: a cell that worked and then stopped has failed.
  case setup(Reason, afterData: Bool = false)
  case engine(EngineFailure, anyReceived: Bool)

  /// The status and reason of the cell. A cell that can't be set up is unsupported here: a result, not a failure.
  func outcome(of cell: Cell) -> (status: CellStatus, reason: Reason) {
    switch self {
    case .setup(let reason, let afterData): (afterData ? .failed : .unsupported, reason)
    case .engine(let failure, let anyReceived): failure.outcome(of: cell, anyReceived: anyReceived)
    }
  }
}

import Separatrix

/// How the process ends.
enum ExitStatus: Int32 {
  /// All holds.
  case holds = 0
  /// A claim fails or stays undecided, or an erratum is not refuted.
  case fails = 1
  /// The input is wrong: usage, syntax, an unknown name, a point outside the domain.
  case wrongInput = 2
  /// The computation stopped: a limit was reached, or it was interrupted.
  case stopped = 3
}

/// Why a subcommand ends without a result, or with claims that do not hold.
struct CommandFailure: Error {
  /// The exit status.
  let status: ExitStatus
  /// What goes to standard error; empty where the output already says it.
  let message: String

  /// A failure with its status.
  init(_ status: ExitStatus, _ message: String = "") {
    self.status = status
    self.message = message
  }

  /// Wrong input, with what to do about it where that is known.
  static func input(_ message: String, hint: String? = nil) -> CommandFailure {
    CommandFailure(.wrongInput, "error: " + message + (hint.map { "\nhint: \($0)" } ?? ""))
  }

  /// The failure that an error of the library means; nil for an error of the argument parser.
  init?(_ error: any Error) {
    switch error {
    case let failure as CommandFailure: self = failure
    case let error as DocumentError: self.init(error)
    case let error as CertifiedError: self.init(Self.status(of: error), Self.text(of: error))
    case let error as SymbolicError: self.init(Self.status(of: error), Self.text(of: error))
    case let error as RootError: self.init(Self.status(of: error), "error: \(error)")
    case let error as ReportError: self.init(Self.status(of: error), "error: \(error)")
    case let error as ArithmeticError: self.init(.wrongInput, "error: \(error)")
    case let error as OpenSystemError: self.init(.wrongInput, "error: \(error)")
    default: return nil
    }
  }

  private init(_ error: DocumentError) {
    switch error {
    case .invalid(_, let rendered): self.init(.wrongInput, rendered)
    case .stopped: self.init(.stopped, "error: \(error)")
    case .cancelled: self.init(.stopped, "interrupted")
    default: self.init(.wrongInput, "error: \(error)")
    }
  }

  private static func status(of error: CertifiedError) -> ExitStatus {
    switch error {
    case .undecided: .stopped
    case .line(_, let error): status(of: error)
    case .symbolic(let error): status(of: error)
    default: .wrongInput
    }
  }

  private static func text(of error: CertifiedError) -> String {
    if case .symbolic(let error) = error { return text(of: error) }
    return "error: \(error)"
  }

  private static func status(of error: SymbolicError) -> ExitStatus {
    if case .tooLarge = error { .stopped } else { .wrongInput }
  }

  private static func text(of error: SymbolicError) -> String {
    // Diagnostics are rendered with their places already.
    if case .syntax(_, let rendered) = error { rendered } else { "error: \(error)" }
  }

  private static func status(of error: RootError) -> ExitStatus {
    switch error {
    case .precisionLimit, .cancelled: .stopped
    default: .wrongInput
    }
  }

  private static func status(of error: ReportError) -> ExitStatus {
    switch error {
    case .unknownFormat, .invalidFigure, .cannotWrite: .wrongInput
    default: .stopped
    }
  }
}

import ArgumentParser
import Foundation

/// The command line: `separatrix SUBCOMMAND …`.
///
/// Results go to standard output and nothing else does. The exit status is one of ``ExitStatus``.
@main
struct SeparatrixCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "separatrix",
    abstract: "Proves or refutes closed forms about entanglement in open quantum systems.",
    discussion: """
      Exit status: 0 all holds; 1 a claim fails or stays undecided, or an erratum is not refuted; \
      2 the input is wrong; 3 the computation stopped at a limit or was interrupted.
      """,
    subcommands: [
      CheckCommand.self, EvaluateCommand.self, SolveCommand.self, TraceCommand.self,
      CertifyCommand.self, VerifyCommand.self,
      PlotCommand.self, ShowCommand.self, ReportCommand.self, ListCommand.self,
      RecogniseCommand.self,
    ])

  /// Parses the arguments, runs the subcommand and ends the process with the status that the
  /// contract states, also for wrong usage.
  static func main() {
    // An interrupt is a stopped computation, not a failed claim.
    Interruption.install()
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch {
      end(with: error)
    }
  }

  private static func end(with error: any Error) -> Never {
    if let failure = CommandFailure(error) {
      if !failure.message.isEmpty { Console.complain(failure.message) }
      exit(withStatus: failure.status)
    }
    // What is left comes from the argument parser: help, or wrong usage.
    let text = fullMessage(for: error)
    if exitCode(for: error).isSuccess {
      if !text.isEmpty { print(text) }
      exit(withStatus: .holds)
    }
    Console.complain(text)
    exit(withStatus: .wrongInput)
  }

  private static func exit(withStatus status: ExitStatus) -> Never {
    Foundation.exit(status.rawValue)
  }
}

import Foundation

/// The rivals that a run is held against: programs in `Tests/Oracles/rivals`.
enum Rivals {
  /// Those in C, by the name of the program that `make bench` compiles, in the order of the tables. A
  /// program is missing where its library is.
  static let compiled = ["w1_mpfr", "w1_double", "w1_mpfi", "w1_arb", "w1_arb_rewritten"]

  /// Those in Python: the script and its arguments.
  static let scripts = [
    ["w1_pari.py"], ["w1_flint.py"], ["w1_mpmath.py"], ["w1_symengine.py"],
    ["w1_sympy.py", "lambdify"], slowest,
  ]

  /// The one that takes seconds for one evaluation, which quick runs leave out.
  private static let slowest = ["w1_sympy.py", "evalf"]

  /// Starts every rival that can run here; `skipped` is told of each that cannot, with the reason.
  static func start(
    programs: URL, scripts folder: URL, python: String, matching only: String?, isQuick: Bool,
    skipped: (String) -> Void
  ) -> [RivalEngine] {
    let commands =
      compiled.map { [programs.appendingPathComponent($0).path] }
      + scripts.filter { !isQuick || $0 != slowest }.map {
        [python, folder.appendingPathComponent($0[0]).path] + $0.dropFirst()
      }
    return commands.compactMap { command in
      do {
        let rival = try RivalEngine(command)
        // The references are needed whatever is asked for.
        let isNeeded = rival.name.hasPrefix("C with MPFR ") || rival.name.hasPrefix("C, doubles")
        if let only, !isNeeded, rival.name.range(of: only, options: .caseInsensitive) == nil {
          return nil
        }
        return rival
      } catch {
        skipped("skipped: \(error)")
        return nil
      }
    }
  }

  /// Starts every rival in exact algebra that can run here.
  static func startAlgebra(
    programs: URL, scripts folder: URL, python: String, matching only: String?,
    skipped: (String) -> Void
  ) -> [AlgebraRival] {
    let commands =
      AlgebraHarness.compiled.map { [programs.appendingPathComponent($0).path] }
      + AlgebraHarness.scripts.map {
        [python, folder.appendingPathComponent($0[0]).path] + $0.dropFirst()
      }
    return commands.compactMap { command in
      do {
        let rival = try AlgebraRival(command)
        if let only, rival.name.range(of: only, options: .caseInsensitive) == nil { return nil }
        return rival
      } catch {
        skipped("skipped: \(error)")
        return nil
      }
    }
  }

  /// Starts every rival in finding roots that can run here.
  static func startRoots(
    scripts folder: URL, python: String, matching only: String?, skipped: (String) -> Void
  ) -> [RootRival] {
    RootHarness.scripts.compactMap { script in
      do {
        let rival = try RootRival(
          [python, folder.appendingPathComponent(script[0]).path] + script.dropFirst())
        if let only, rival.name.range(of: only, options: .caseInsensitive) == nil { return nil }
        return rival
      } catch {
        skipped("skipped: \(error)")
        return nil
      }
    }
  }
}

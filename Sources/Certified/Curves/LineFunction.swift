import Arbitrary
import Exact
import Symbolic
import Synchronization

/// A function of two variables along a line on which one of them is fixed.
public struct LineFunction: SlopedFunction {
  private let section: FormulaSection

  init(_ section: FormulaSection) { self.section = section }

  func value(at x: Real, precision: Int) -> Ball { section.value(at: x, precision: precision) }

  func slope(over x: Interval, precision: Int) -> Ball {
    section.slope(over: Ball(x, precision: precision), precision: precision)
  }

  func estimate(_ x: Double) -> (value: Double, slope: Double) { section.estimate(x) }

  func prepare(precision: Int) { section.prepare(precision: precision) }

  var constants: [Int: Int] { section.evaluations }
  var renewed: LineFunction { LineFunction(section.renewed) }
}

/// Formulas of two symbols compiled for lines along both axes, each when it is first asked for.
final class LineForms: Sendable {
  private let formula: @Sendable (PlaneAxis) -> Expression
  private let symbols: [Symbol]
  private let forms = Mutex<[PlaneAxis: SectionForm?]>([:])

  /// - Parameter formula: the function, in the form that is best where the axis given is fixed.
  init(_ symbols: [Symbol], _ formula: @escaping @Sendable (PlaneAxis) -> Expression) {
    self.symbols = symbols
    self.formula = formula
  }

  func line(
    fixing axis: PlaneAxis, at fixed: @escaping @Sendable (Int) -> Interval
  ) -> LineFunction? {
    let form = forms.withLock { forms -> SectionForm? in
      if let known = forms[axis] { return known }
      let program = try? Program([formula(axis)], inputs: symbols)
      let form = program.flatMap { SectionForm($0, moving: axis == .x ? 1 : 0) }
      forms[axis] = .some(form)
      return form
    }
    return form.map { form in
      LineFunction(
        FormulaSection(form) { precision in [Ball(fixed(precision), precision: precision)] })
    }
  }
}

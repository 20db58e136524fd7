import Arbitrary
import Exact
import Symbolic

/// What can go wrong in `Certified`.
public enum CertifiedError: Error, Equatable, Sendable {
  /// The expression has no value at the point or anywhere in the box: an argument is outside its
  /// function's domain, or a divisor is zero; `place` is the point as text, empty for a constant.
  case domain(what: String, place: String)
  /// A parameter was given a value that is not in its domain.
  case outsideDomain(parameter: Symbol, value: String)
  /// The point is not one where the value is defined.
  case notDefined(String)
  /// The digits could not be decided before the limit of precision, in bits; the value, if there is
  /// one, lies in the enclosure.
  case undecided(ComplexInterval, bits: Int)
  /// More digits were asked for than an evaluator computes, ``PointEvaluator/largestDigits``.
  case tooManyDigits(Int)
  /// No value was given for these parameters, in alphabetic order.
  case missingParameters([String])
  /// The expression cannot be compiled.
  case symbolic(SymbolicError)
  /// The text of a table of points is not what it should be.
  case table(String)
  /// The same error, in a line of a table; the first line is 1.
  indirect case line(Int, CertifiedError)
}

extension CertifiedError {
  init(_ error: SymbolicError) {
    if case .unboundSymbols(let symbols) = error {
      self = .missingParameters(symbols.map(\.name))
    } else {
      self = .symbolic(error)
    }
  }

  init(_ error: ArithmeticError, place: String) {
    let what =
      if case .domain(let what) = error { what } else { error.description }
    self = .domain(what: what, place: place)
  }
}

extension CertifiedError: CustomStringConvertible {
  /// A sentence for the user.
  public var description: String {
    switch self {
    case .domain(let what, let place):
      "no value\(place.isEmpty ? "" : " at \(place)"): \(what)"
    case .outsideDomain(let parameter, let value):
      "\(parameter.name) = \(value) is outside its domain, \(parameter.domain)"
    case .notDefined(let why): why
    case .undecided(let enclosure, let bits):
      "the digits are undecided at \(bits) bits: the value lies in \(enclosure)"
    case .tooManyDigits(let count):
      "\(count) digits are too many; at most \(PointEvaluator.largestDigits) are computed"
    case .missingParameters(let names): "no value is given for " + names.joined(separator: ", ")
    case .symbolic(let error): error.description
    case .table(let what): what
    case .line(let number, let error): "line \(number): \(error)"
    }
  }
}

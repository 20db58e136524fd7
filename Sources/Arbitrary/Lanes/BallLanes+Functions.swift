import CMPFR
import Exact

extension BallLanes {
  package func run(
    _ instructions: UnsafePointer<LaneInstruction>, _ instructionCount: Int,
    _ slots: UnsafePointer<LaneOperand>, count: Int,
    _ other: OtherLaneOperation<LaneOperand>
  ) {
    interpret(instructions, instructionCount, slots, count: count, other)
  }

  package func block(registers: Int, lanes: Int) -> Registers {
    Registers(precision: precision, registers: registers, lanes: lanes, holdsBalls: true)
  }

  package func slot(
    _ block: Registers, _ register: Int, lane: Int, isConstant: Bool
  ) -> LaneOperand {
    block.operand(register, lane: lane, stride: isConstant ? 0 : 1)
  }

  package func place(
    _ slots: UnsafeMutablePointer<LaneOperand>, _ block: Registers, count: Int, lane: Int
  ) {
    block.place(slots, count: count, lane: lane)
  }

  package func store(_ value: Rational, _ block: Registers, _ register: Int, lane: Int) {
    var operand = block.operand(register, lane: lane)
    set(&operand, 0, Interval(value, precision: precision + 32))
  }

  package func store(_ value: Ball, _ block: Registers, _ register: Int, lane: Int) {
    let operand = block.operand(register, lane: lane)
    let number = operand.numbers
    let radius = value.midpoint.withMPFR { BallArithmetic.copy(number, $0, value.radius) }
    operand.radii?.pointee = settle(radius, number)
  }

  package func storePi(_ block: Registers, _ register: Int, lane: Int) {
    var operand = block.operand(register, lane: lane)
    set(&operand, 0, Interval.pi(precision: precision + 32))
  }

  private func set(_ c: UnsafePointer<LaneOperand>, _ i: Int, _ value: Interval) {
    let number = c.pointee.numbers + i &* c.pointee.stride
    c.pointee.radii?[i &* c.pointee.stride] = settle(BallArithmetic.enclose(number, value), number)
  }

  private func interval(_ a: UnsafePointer<LaneOperand>, _ i: Int) -> Interval {
    BallArithmetic.interval(
      a.pointee.numbers + i &* a.pointee.stride,
      a.pointee.radii?[i &* a.pointee.stride] ?? .infinity)
  }

  package func copy(_ c: UnsafePointer<LaneOperand>, _ a: UnsafePointer<LaneOperand>, count: Int) {
    scale(c, a, by: 0, count: count)
  }

  package func apply(
    _ c: UnsafePointer<LaneOperand>, _ a: UnsafePointer<LaneOperand>, count: Int,
    _ f: (Interval) -> Interval
  ) {
    // The whole line says that nothing is known, not even whether there is a real value: it stays whole,
    // also for a function whose range is bounded.
    for i in 0..<count {
      let x = interval(a, i)
      set(c, i, x == .entire ? x : f(x))
    }
  }

  package func apply(
    _ c: UnsafePointer<LaneOperand>, _ a: UnsafePointer<LaneOperand>,
    _ b: UnsafePointer<LaneOperand>, count: Int,
    _ f: (Interval, Interval) -> Interval
  ) {
    for i in 0..<count {
      let (x, y) = (interval(a, i), interval(b, i))
      let isUnknown = !x.isEmpty && !y.isEmpty && (x == .entire || y == .entire)
      set(c, i, isUnknown ? .entire : f(x, y))
    }
  }

  /// Exponentials: for |x - m| ≤ r ≤ 1/8, |e^x - e^m| ≤ e^m·(e^r - 1) ≤ e^m·r(1 + r).
  package func exponential(
    _ c: UnsafePointer<LaneOperand>, _ a: UnsafePointer<LaneOperand>, count: Int
  ) {
    guard let rc = c.pointee.radii, let ra = a.pointee.radii else { return }
    let (n, p) = (limbCount, precision)
    let kernel = kernels.exponential
    for i in 0..<count {
      let (ia, ic) = (i &* a.pointee.stride, i &* c.pointee.stride)
      let (na, nc) = (a.pointee.numbers + ia, c.pointee.numbers + ic)
      let ea = na.pointee._mpfr_exp
      let ua = ulps(ra[ia], ea, p)
      // Above 2^28 the result may leave the range of exponents.
      guard ea > Lane.leastRegularExponent, ea < 28, ua >= 0,
        ua < 0.125 * Magnitude.scale(min(p &- ea, 900))
      else {
        set(c, i, Interval.exp(interval(a, i), precision: p + 32))
        continue
      }
      let error = kernel.exp(nc, na)
      let e = nc.pointee._mpfr_exp
      var u = error
      if ua > 0 {
        // e^m in units of 2^E: the leading limb of the result, and its error of less than 2^(1-p).
        let size = significand(c.pointee.limbs[ic &* n &+ n &- 1]) + 2 * ulp(p)
        let r = ua * Magnitude.scale(ea &- p)
        u = (u + size * ua * Magnitude.scale(ea) * (1 + r)) * Magnitude.inflation
      }
      rc[ic] = anchored(u, e, p)
    }
  }

  /// Logarithms: |log x - log m| ≤ r/(m - r).
  package func logarithm(
    _ c: UnsafePointer<LaneOperand>, _ a: UnsafePointer<LaneOperand>, count: Int
  ) {
    guard let rc = c.pointee.radii, let ra = a.pointee.radii else { return }
    let (n, p) = (limbCount, precision)
    let ulp = ulp(p)
    let kernel = kernels.logarithm
    for i in 0..<count {
      let (ia, ic) = (i &* a.pointee.stride, i &* c.pointee.stride)
      let (na, nc) = (a.pointee.numbers + ia, c.pointee.numbers + ic)
      let ea = na.pointee._mpfr_exp
      let ua = ulps(ra[ia], ea, p)
      let least =
        (significand(a.pointee.limbs[ia &* n &+ n &- 1]) - ua * ulp) * (2 - Magnitude.inflation)
      guard ea > Lane.leastRegularExponent, na.pointee._mpfr_sign > 0, ua >= 0, least > 0.125
      else {
        set(c, i, Interval.log(interval(a, i), precision: p + 32))
        continue
      }
      let error = kernel.log(nc, na)
      let e = nc.pointee._mpfr_exp
      // The logarithm of 1 is 0, and that of a number very near 1 has few bits before its radius.
      guard e > -800 else {
        rc[ic] = settle(
          Magnitude(uncheckedCoefficient: ua / least * Magnitude.inflation, exponent: -p)
            + (mpfr_zero_p(nc) != 0 ? .zero : .powerOfTwo(e - p)), nc)
        continue
      }
      let u = ua == 0 ? error : (ua / least * Magnitude.scale(-e) + error) * Magnitude.inflation
      rc[ic] = anchored(u, e, p)
    }
  }
}

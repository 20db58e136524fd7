import Arbitrary
import Exact

/// Memory for complex numbers, real and imaginary parts apart, taken once and used again.
final class ComplexBuffer<F: PhaseField> {
  let re: UnsafeMutablePointer<F>
  let im: UnsafeMutablePointer<F>
  let count: Int

  init(_ count: Int, precision: Int) {
    self.count = max(count, 1)
    re = .allocate(capacity: self.count)
    im = .allocate(capacity: self.count)
    let zero = F.zero.atPrecision(precision)
    re.initialize(repeating: zero, count: self.count)
    im.initialize(repeating: zero, count: self.count)
  }

  deinit {
    re.deinitialize(count: count)
    im.deinitialize(count: count)
    re.deallocate()
    im.deallocate()
  }

  @inline(__always) subscript(index: Int) -> Complex<F> {
    get { Complex(re: re[index], im: im[index]) }
    set {
      re[index] = newValue.re
      im[index] = newValue.im
    }
  }

  @inline(__always) func swap(_ i: Int, _ j: Int) {
    if i == j { return }
    let kept = self[i]
    self[i] = self[j]
    self[j] = kept
  }

  /// |z|² of the element.
  @inline(__always) func square(_ i: Int) -> F { re[i] * re[i] + im[i] * im[i] }
}

import Exact

/// A sparse elimination that was carried out once, at a point modulo a prime, and written down as a
/// straight line of operations on registers, to be replayed at many points at once.
///
/// The pivots are those of Markowitz at the first point. What is zero there is taken for zero
/// everywhere, which is wrong with a probability of about degree/2^60; whoever uses the results
/// proves them.
struct PivotProgram {
  enum Code: UInt8 { case product, difference, negative, subtract, inverse, negate }

  /// target = a·b, target - a·b, -a·b, target - a, 1/a or -a.
  struct Operation {
    let code: Code
    let target: Int32
    let a: Int32
    let b: Int32
  }

  struct Slot {
    let column: Int
    var register: Int32
  }

  /// One element of a null vector that is neither 0 nor the 1 of its free column.
  struct Output {
    let free: Int
    let column: Int
    let register: Int32
  }

  private(set) var operations: [Operation] = []
  private(set) var registerCount: Int
  private(set) var outputs: [Output] = []
  private(set) var pivotColumns: [Int] = []
  private(set) var freeColumns: [Int] = []
  /// Whether a row was left with elements in columns only that may not hold a pivot.
  private(set) var hasLeftoverRows = false

  private var values: [UInt64]
  private var vacant: [Int32] = []
  private let inputCount: Int
  private let prime: WidePrime

  /// Eliminates at one point.
  ///
  /// - Parameters:
  ///   - rows: each row's columns, increasing, and the inputs that stand there.
  ///   - inputs: the values of the inputs at the point.
  ///   - pivotLimit: columns from this one on hold no pivot.
  init(
    rows: [[Slot]], columnCount: Int, pivotLimit: Int, inputs: [UInt64], prime: WidePrime
  ) {
    inputCount = inputs.count
    registerCount = inputs.count
    values = inputs
    self.prime = prime
    var active = rows.map { $0.filter { inputs[Int($0.register)] != 0 } }.filter { !$0.isEmpty }
    var use = [Int](repeating: 0, count: columnCount)
    for row in active { for slot in row { use[slot.column] += 1 } }
    var steps: [(column: Int, rest: [Slot])] = []
    while let (index, position) = PivotProgram.choose(active, use, pivotLimit) {
      var row = active[index]
      active[index] = active[active.count - 1]
      active.removeLast()
      for slot in row { use[slot.column] -= 1 }
      let pivot = row.remove(at: position)
      if !row.isEmpty {
        let inverse = emit(.inverse, pivot.register, 0)
        for place in row.indices {
          let scaled = emit(.product, row[place].register, inverse)
          release(row[place].register)
          row[place].register = scaled
        }
        release(inverse)
      }
      release(pivot.register)
      steps.append((pivot.column, row))
      for target in active.indices {
        guard let hit = active[target].firstIndex(where: { $0.column == pivot.column }) else {
          continue
        }
        for slot in active[target] { use[slot.column] -= 1 }
        let factor = active[target].remove(at: hit).register
        if !row.isEmpty { subtract(row, times: factor, from: &active[target]) }
        release(factor)
        for slot in active[target] { use[slot.column] += 1 }
      }
      active.removeAll(where: \.isEmpty)
    }
    hasLeftoverRows = !active.isEmpty
    pivotColumns = steps.map(\.column)
    let pivots = Set(pivotColumns)
    freeColumns = (0..<columnCount).filter { !pivots.contains($0) }
    substituteBack(steps, columnCount: columnCount)
    values = []
  }

  private static func choose(
    _ rows: [[Slot]], _ use: [Int], _ pivotLimit: Int
  ) -> (row: Int, position: Int)? {
    var best: (row: Int, position: Int)?
    var bestFill = Int.max
    for (index, row) in rows.enumerated() {
      for (position, slot) in row.enumerated() where slot.column < pivotLimit {
        let fill = (row.count - 1) * (use[slot.column] - 1)
        if fill < bestFill {
          best = (index, position)
          bestFill = fill
          if fill == 0 { return best }
        }
      }
    }
    return best
  }

  private mutating func subtract(_ rest: [Slot], times factor: Int32, from row: inout [Slot]) {
    var result: [Slot] = []
    result.reserveCapacity(row.count + rest.count)
    var i = 0
    var j = 0
    while i < row.count || j < rest.count {
      if j == rest.count || (i < row.count && row[i].column < rest[j].column) {
        result.append(row[i])
        i += 1
      } else if i == row.count || rest[j].column < row[i].column {
        let register = emit(.negative, factor, rest[j].register)
        result.append(Slot(column: rest[j].column, register: register))
        j += 1
      } else {
        let register = writable(row[i].register)
        update(.difference, register, factor, rest[j].register)
        if values[Int(register)] != 0 {
          result.append(Slot(column: row[i].column, register: register))
        } else {
          release(register)
        }
        i += 1
        j += 1
      }
    }
    row = result
  }

  private mutating func substituteBack(
    _ steps: [(column: Int, rest: [Slot])], columnCount: Int
  ) {
    for free in freeColumns {
      var place = [Int32](repeating: -1, count: columnCount)
      for step in steps.reversed() {
        var sum: Int32 = -1
        for slot in step.rest {
          if slot.column == free {
            if sum < 0 {
              sum = emit(.negate, slot.register, 0)
            } else {
              update(.subtract, sum, slot.register, 0)
            }
          } else if place[slot.column] >= 0 {
            if sum < 0 {
              sum = emit(.negative, slot.register, place[slot.column])
            } else {
              update(.difference, sum, slot.register, place[slot.column])
            }
          }
        }
        if sum >= 0 {
          if values[Int(sum)] != 0 { place[step.column] = sum } else { release(sum) }
        }
      }
      for (column, register) in place.enumerated() where register >= 0 {
        outputs.append(Output(free: free, column: column, register: register))
      }
    }
  }

  // MARK: Registers

  private mutating func emit(_ code: Code, _ a: Int32, _ b: Int32) -> Int32 {
    let target: Int32
    if let reused = vacant.popLast() {
      target = reused
    } else {
      target = Int32(registerCount)
      registerCount += 1
      values.append(0)
    }
    update(code, target, a, b)
    return target
  }

  private mutating func update(_ code: Code, _ target: Int32, _ a: Int32, _ b: Int32) {
    operations.append(Operation(code: code, target: target, a: a, b: b))
    let x = values[Int(a)]
    let old = values[Int(target)]
    values[Int(target)] =
      switch code {
      case .product: prime.multiply(x, values[Int(b)])
      case .difference: prime.subtract(old, prime.multiply(x, values[Int(b)]))
      case .negative: prime.negate(prime.multiply(x, values[Int(b)]))
      case .subtract: prime.subtract(old, x)
      case .inverse: prime.inverse(x)
      case .negate: prime.negate(x)
      }
  }

  /// A register that may be overwritten with the same value: inputs are shared and must be copied.
  private mutating func writable(_ register: Int32) -> Int32 {
    if register >= Int32(inputCount) { return register }
    let negative = emit(.negate, register, 0)
    update(.negate, negative, negative, 0)
    return negative
  }

  private mutating func release(_ register: Int32) {
    if register >= Int32(inputCount) { vacant.append(register) }
  }
}

extension PivotProgram {
  /// Replays the elimination at several points at once.
  ///
  /// - Parameters:
  ///   - registers: `registerCount` blocks of `lanes` residues; the first ones hold the inputs.
  ///   - scratch: `lanes` residues.
  /// - Returns: whether no pivot vanished at any of the points.
  func run(
    _ registers: UnsafeMutablePointer<UInt64>, lanes: Int, scratch: UnsafeMutablePointer<UInt64>,
    prime: WidePrime
  ) -> Bool {
    var isRegular = true
    for operation in operations {
      let target = registers + Int(operation.target) * lanes
      let a = registers + Int(operation.a) * lanes
      let b = registers + Int(operation.b) * lanes
      switch operation.code {
      case .product:
        for k in 0..<lanes { target[k] = prime.multiply(a[k], b[k]) }
      case .difference:
        for k in 0..<lanes { target[k] = prime.subtract(target[k], prime.multiply(a[k], b[k])) }
      case .negative:
        for k in 0..<lanes { target[k] = prime.negate(prime.multiply(a[k], b[k])) }
      case .subtract:
        for k in 0..<lanes { target[k] = prime.subtract(target[k], a[k]) }
      case .negate:
        for k in 0..<lanes { target[k] = prime.negate(a[k]) }
      case .inverse:
        var product = prime.one
        for k in 0..<lanes {
          scratch[k] = product
          if a[k] == 0 { isRegular = false } else { product = prime.multiply(product, a[k]) }
        }
        var inverse = prime.inverse(product)
        for k in (0..<lanes).reversed() {
          let own = a[k]
          target[k] = own == 0 ? 0 : prime.multiply(inverse, scratch[k])
          if own != 0 { inverse = prime.multiply(inverse, own) }
        }
      }
    }
    return isRegular
  }
}

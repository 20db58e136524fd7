import Exact
import Testing

@Suite struct WorkBudgetTests {
  @Test func nothingIsCountedOutsideAScope() throws {
    WorkBudget.charge(.max)
    try WorkBudget.check()
    #expect(!WorkBudget.isExhausted)
  }

  @Test func staysExhausted() {
    let outcome = WorkBudget.limited(to: 10) {
      WorkBudget.charge(9)
      let before = WorkBudget.isExhausted
      WorkBudget.charge(1)
      return (before, WorkBudget.isExhausted)
    }
    #expect(outcome.value == (false, true))
    #expect(outcome.isExhausted)
    #expect(!WorkBudget.isExhausted)
  }

  @Test func innerScopesChargeOuterOnes() {
    let outcome = WorkBudget.limited(to: 10) {
      let first = WorkBudget.limited(to: 6) { WorkBudget.charge(100) }
      let between = WorkBudget.isExhausted
      let second = WorkBudget.limited(to: 100) { WorkBudget.charge(4) }
      return (first.isExhausted, between, second.isExhausted, WorkBudget.isExhausted)
    }
    #expect(outcome.value == (true, false, true, true))
  }

  @Test func requiresWithoutCharging() throws {
    let outcome = WorkBudget.limited(to: 10) { () -> (Bool, Bool) in
      let fits: Void? = try? WorkBudget.require(9)
      let tooMuch: Void? = try? WorkBudget.require(11)
      return (fits != nil, tooMuch == nil)
    }
    #expect(outcome.value == (true, true))
    #expect(outcome.isExhausted)
  }

  @Test func productsOfLargeIntegersAreCounted() {
    let large = Integer.powerOfTen(100_000)
    #expect(WorkBudget.limited(to: 100_000) { large * large }.isExhausted)
    #expect(!WorkBudget.limited(to: 1 << 40) { large * large }.isExhausted)
  }
}

import Exact
import Symbolic
import Testing

@testable import Certified

@Suite("Tables of points")
struct PointStreamTests {
  let x = Symbol("x")
  let y = Symbol("y", .positive)

  func run(_ lines: [String]) throws(CertifiedError) -> [String] {
    let evaluator = try PointEvaluator(sqrt(x + y), digits: 4)
    var output: [String] = []
    try PointStream(evaluator).run(lines) { output.append($0) }
    return output
  }

  @Test("rows come back with their value; decimals and fractions are exact")
  func rows() throws {
    let output = try run([
      "\u{FEFF}y, x,note\r", "1/4,0,\"a, \"\"b\"\"\"\r", "", "0.5,1.5,", "1e0,-5,c",
    ])
    #expect(
      output == [
        "y, x,note,value", "1/4,0,\"a, \"\"b\"\"\",0.5000", "0.5,1.5,,1.414", "1e0,-5,c,2.000*i",
      ])
  }

  @Test("rows are written one by one, before the next is read")
  func streaming() throws {
    let evaluator = try PointEvaluator(sqrt(x + y), digits: 4)
    var written = 0
    var largestLag = 0
    let lines = (0..<500).lazy.map { index in
      largestLag = max(largestLag, index - written)
      return index == 0 ? "x,y" : "\(index),1"
    }
    try PointStream(evaluator).run(lines) { _ in written += 1 }
    #expect(written == 500)
    #expect(largestLag == 0)
  }

  @Test("what is written depends neither on blocks nor on threads")
  func blocks() throws {
    let power = exp(.symbol(x))
    let evaluator = try PointEvaluator(power / (power - 1) - sqrt(.symbol(y)), digits: 20)
    let lines = ["x,y"] + (1...700).map { "\($0 % 13 - 6)/7,\($0)" }
    // x = 0 is a division by zero: the first such row, the sixth, ends the table.
    for table in [lines, lines.filter { !$0.hasPrefix("0/") }] {
      var outputs: [[String]] = []
      for size in [1, 3, 64, 1000] {
        var output: [String] = []
        let blocks = stride(from: 0, to: table.count, by: size).map {
          Array(table[$0..<min($0 + size, table.count)])
        }
        do throws(CertifiedError) {
          try PointStream(evaluator).run(blocks: blocks) { output.append($0) }
        } catch {
          output.append("\(error)")
        }
        outputs.append(output)
      }
      for output in outputs { #expect(output == outputs[0]) }
      #expect(outputs[0].count == (table.count == 701 ? 7 : table.count))
      for line in outputs[0].dropFirst().prefix(5) {
        let fields = line.split(separator: ",").map(String.init)
        let point = try [x: #require(Rational(fields[0])), y: #require(Rational(fields[1]))]
        #expect(try evaluator.value(at: point).description == fields[2])
      }
    }
  }

  @Test(
    "errors name the line",
    arguments: [
      (["x,y", "1,1", "", "1,-1"], "line 4: y = -1 is outside its domain, positive"),
      (["x,y", "1,one"], "line 2: y is not a number: one"),
      (["x,y", "1"], "line 2: 1 fields under a header of 2: 1"),
      (["x"], "line 1: no value is given for y"),
      (["x,y,x"], "line 1: two columns have the name x"),
      (["value,x,y"], "line 1: a column has the name value, which the values are to have"),
      (["x,y", "\"1,1"], "line 2: a quoted field does not end on its line: 1,1"),
      (["x,y", "\"1\"2,1"], "line 2: a comma is missing after the quoted field 1"),
      (["x,y", "1\",1"], "line 2: a quote inside a field without quotes: 1\""),
      ([], "the table has no header line with the names of parameters"),
    ])
  func errors(lines: [String], message: String) {
    do throws(CertifiedError) {
      _ = try run(lines)
      Issue.record("no error")
    } catch {
      #expect(error.description == message)
    }
  }
}

import Foundation
import Programs
import Testing

@Suite struct ProgramReportTests {
  private func report(
    _ script: String, joinsComplaints: Bool = false, limit: Int = 1 << 20
  ) throws -> ProgramReport {
    try ProgramReport(
      running: "/bin/sh", ["-c", script], joinsComplaints: joinsComplaints, limit: limit)
  }

  @Test func `what a program prints and what it complains of are told apart`() throws {
    let report = try report("echo a; echo b >&2; echo; echo c >&2; echo d")
    #expect(report.hasSucceeded)
    #expect(report.output == Data("a\n\nd\n".utf8))
    #expect(report.complaints == ["b", "c"])
  }

  @Test func `complaints come among the rest when asked for`() throws {
    let report = try report("echo a; echo b >&2; exit 3", joinsComplaints: true)
    #expect(!report.hasSucceeded && report.complaints.isEmpty)
    #expect(report.output == Data("a\nb\n".utf8))
  }

  @Test func `a program that prints without end is ended`() throws {
    let report = try report("yes", limit: 1000)
    #expect(!report.hasSucceeded && report.output == nil)
  }

  @Test func `a program that is not there says so`() {
    #expect(throws: RunningProgram.StartFailure.self) {
      try ProgramReport(running: "/no/program", [])
    }
  }
}

@Suite struct RunningProgramTests {
  @Test func `a program is asked to end, and tells how it did`() throws {
    let errors = try ErrorLog()
    var pipe = try ProgramPipe()
    var program = try RunningProgram(
      "/bin/sh", ["-c", "trap 'exit 7' INT; echo; while true; do sleep 0.05; done"],
      output: pipe.writingEnd, errors: errors.descriptor)
    pipe.closeWritingEnd()
    // The trap is set once it has printed something.
    var byte: UInt8 = 0
    #expect(read(pipe.readingEnd, &byte, 1) == 1)
    #expect(program.hasSucceeded() == nil && program.exitCode == nil)
    program.interrupt()
    let hasSucceeded = program.succeeds()
    #expect(!hasSucceeded && program.exitCode == 7)
  }

  @Test func `a program that was killed has no exit code`() throws {
    let errors = try ErrorLog()
    var program = try RunningProgram(
      "/bin/sh", ["-c", "kill -9 $$"], output: errors.descriptor, errors: errors.descriptor)
    let hasSucceeded = program.succeeds()
    #expect(!hasSucceeded && program.exitCode == nil)
  }

  @Test func `programs are found by name in the path, and by path where they are`() {
    #expect(RunningProgram.lookUp("sh")?.hasSuffix("/sh") == true)
    #expect(RunningProgram.lookUp("/bin/sh") == "/bin/sh")
    #expect(RunningProgram.lookUp("no such program") == nil)
    #expect(RunningProgram.lookUp("/no/program") == nil)
  }
}

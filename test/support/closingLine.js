/** Jest reporter: names every skipped test with its reason and ends with one plain line of counts. */
class ClosingLine {
  onRunComplete(_contexts, results) {
    const skipped = results.testResults.flatMap((file) =>
      file.testResults
        .filter((test) => test.status === "pending" || test.status === "todo")
        .map((test) => test.fullName),
    );
    const out = process.stdout;
    for (const name of skipped) out.write(`skipped: ${name}\n`);
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    out.write(`tests: ${results.numPassedTests} passed, ${failed} failed, ${skipped.length} skipped\n`);
  }
}
module.exports = ClosingLine;

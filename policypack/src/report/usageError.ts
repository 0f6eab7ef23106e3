/** A command line, or a file it names, that cannot be used. Its message is one line that says what to change. */
export class UsageError extends Error {}

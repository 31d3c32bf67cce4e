/** What the command's exit codes mean. Other programs rely on them. */
export const ExitCode = {
  /** A question was answered, whatever the answer. */
  answered: 0,
  /** The answer is not the one that the user said to expect. */
  unexpected: 1,
  /** What was checked does not hold. */
  broken: 1,
  /** Bad usage, or input that can't be understood: nothing was computed. */
  refused: 2,
  /** A defect of Portolan. */
  internalError: 3,
} as const;

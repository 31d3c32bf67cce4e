import type { CheckReport } from '../intents/check';

/** Why a synth was refused: some promise is broken or can't be decided. */
export class NetworkPromiseError extends Error {
  readonly #report: CheckReport;

  constructor(message: string, report: CheckReport) {
    super(message);
    // Not enumerable, like the name of any error: Node.js prints all else that it finds on an uncaught error.
    Object.defineProperty(this, 'name', { value: 'NetworkPromiseError' });
    // The lines that matter are those of the author, and they are in the message.
    this.stack = `${this.name}: ${message}`;
    this.#report = report;
  }

  /** The findings as data. */
  get report(): CheckReport {
    return this.#report;
  }
}

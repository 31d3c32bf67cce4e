import type { CheckReport } from '../intents/check';
import { captureCallSite } from './call-site';

/** Why a synth was refused: some promise is broken or can't be decided. */
export class NetworkPromiseError extends Error {
  readonly #report: CheckReport;

  constructor(message: string, report: CheckReport) {
    super(message);
    // Not enumerable, like the name of any error: Node.js prints all else that it finds on an uncaught error.
    Object.defineProperty(this, 'name', { value: 'NetworkPromiseError' });
    // The lines that matter are in the message; of the stack only the author's own call is left.
    const caller = captureCallSite().position;
    const frame = caller ? `\n    at ${caller.file}:${caller.line}:${caller.column}` : '';
    this.stack = `${this.name}: ${message}${frame}`;
    this.#report = report;
  }

  /** The findings as data. */
  get report(): CheckReport {
    return this.#report;
  }
}

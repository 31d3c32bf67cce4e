import type { InputFault } from './input-fault';

/** Thrown where manifests, a profile or a question can't be understood; the faults say all that is wrong. */
export class InvalidInputError extends Error {
  constructor(
    readonly faults: readonly InputFault[],
    message = faults.map((f) => `${f.code} ${f.object ?? ''} ${f.field ?? ''}: ${f.problem}`).join('\n'),
  ) {
    super(message);
    this.name = 'InvalidInputError';
  }
}

/** Why one of those that share a contract does not run a part of it. */
export interface Skip {
  readonly skip: string;
}

export function isSkip(value: unknown): value is Skip {
  return typeof value === 'object' && value !== null && 'skip' in value;
}

/** A test that is left out, with its reason in the output. */
export function skipped(who: string, what: string, { skip }: Skip): void {
  test.skip(`${what} (skipped: ${skip})`, () => {});
  afterAll(() => {
    process.stdout.write(`skipped for ${who}: ${what}: ${skip}\n`);
  });
}

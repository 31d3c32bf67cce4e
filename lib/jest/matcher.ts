/** What jest and vitest give a matcher as `this`, as far as it is used here. */
export interface Context {
  readonly isNot?: boolean;
  /** `resolves`, `rejects` or nothing. */
  readonly promise?: string;
  readonly utils: {
    matcherHint(
      name: string,
      received?: string,
      expected?: string,
      options?: { readonly isNot?: boolean; readonly promise?: string },
    ): string;
  };
}

/** What a matcher answers: the runner fails the test where `pass` is the same as `isNot`. */
export interface Result {
  readonly pass: boolean;
  readonly message: () => string;
}

/** The line that begins every message, e.g. `expect(web).not.toReach(db)`. */
export function hintOf(
  { isNot, promise, utils }: Context,
  matcher: string,
  received?: string,
  expected?: string,
): string {
  return utils.matcherHint(matcher, received ?? 'received', expected ?? '', { isNot, promise });
}

/** Fails with `.not` and without. */
export function failure({ isNot }: Context, hint: string, text: string): Result {
  return { pass: isNot === true, message: () => `${hint}\n\n${text.trimEnd()}` };
}

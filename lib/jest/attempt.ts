/** Misuse is told like any other failure: at the line of the test, without a stack of this library. */
export function attempt<T extends object>(action: () => T): T | { readonly problem: string } {
  try {
    return action();
  } catch (error) {
    if (error instanceof Error) return { problem: error.message };
    throw error;
  }
}

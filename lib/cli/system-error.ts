/** The code that the operating system gave, e.g. `ENOENT`; `undefined` for any other error. */
export function systemErrorCode(error: unknown): string | undefined {
  const isCoded = typeof error === 'object' && error !== null && 'code' in error && 'syscall' in error;
  return isCoded ? String(error.code) : undefined;
}

import { stripVTControlCharacters } from 'node:util';

/** The message of an expectation that fails; fails itself where that one holds. */
export function messageOf(expectation: () => void): string {
  try {
    expectation();
  } catch (error) {
    return stripVTControlCharacters((error as Error).message);
  }
  throw new Error('the expectation holds');
}

export function fails(expectation: () => void): boolean {
  try {
    expectation();
    return false;
  } catch {
    return true;
  }
}

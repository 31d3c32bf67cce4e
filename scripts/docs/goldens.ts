import * as path from 'node:path';
import { DEFECTS, type Defect, shopApp } from '../../examples/broken-on-purpose/chart';
import { NetworkPromiseError } from '../../lib/synth/network-promise-error';
import { within } from './surroundings';

const ROOT = path.join(__dirname, '..', '..');

export const GOLDEN_FOLDER = path.join(ROOT, 'test', 'broken', 'golden');

/** Terminals by the ending of their goldens: one that can show Unicode, and one that can't. */
const LOCALES = { '.txt': 'C.UTF-8', '.ascii.txt': 'C' } as const;

/** What the synth of the broken example is refused with, by file name. */
export function goldens(): ReadonlyMap<string, string> {
  return new Map(
    DEFECTS.flatMap((defect) =>
      Object.entries(LOCALES).map(([ending, locale]) => [`${defect}${ending}`, refusalOf(defect, locale)] as const),
    ),
  );
}

function refusalOf(defect: Defect, locale: string): string {
  return within(ROOT, locale, () => {
    try {
      shopApp(defect).synth();
    } catch (error) {
      if (error instanceof NetworkPromiseError) return error.message;
      throw error;
    }
    throw new Error(`Unable to show ${defect}: its app synthesizes.`);
  });
}

import { basename, resolve } from 'node:path';
import { type Promises, readPromises } from '../intents/json/read-promises';
import type { InputIo } from './input/files';
import type { Faults } from './refusal';
import { readValueFile } from './value-file';

/** Reads the files of promises of one run, each once: see `schemas/intents.schema.json`. */
export function readIntents(files: readonly string[], io: InputIo, faults: Faults): Promises {
  const once = new Map(files.map((file) => [file === '-' ? file : resolve(file), file]));
  const sources = [...once.values()].flatMap((file) => {
    const { source, text, faults: found } = readValueFile(file, io);
    faults.add(found, (asked) => (asked === file ? text : undefined));
    return source ? [{ source, stem: stemOf(file) }] : [];
  });
  const { promises, faults: found } = readPromises(sources);
  faults.add(found);
  return promises;
}

/** `promises` for `deploy/promises.yaml`: wherever the command is run, its promises have the same ids. */
function stemOf(file: string): string {
  return file === '-' ? 'stdin' : basename(file).replace(/\.(?:yaml|yml|json)$/i, '');
}

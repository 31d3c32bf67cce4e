import { randomBytes } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Io } from './io';
import { BadUsage } from './refusal';
import { systemErrorCode } from './system-error';

/** Large enough to make writes few, small enough to keep memory flat however long the answer is. */
const CHUNK = 1 << 16;

/** Writes lines to standard output, or to a file that is whole or not there at all. */
export async function deliver(lines: Iterable<string>, file: string | undefined, io: Io): Promise<void> {
  if (file === undefined) {
    for (const chunk of chunksOf(lines)) await io.stdout(chunk);
    return;
  }
  try {
    await writeWhole(lines, file);
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === undefined) throw error;
    throw new BadUsage(`the answer cannot be written to ${file} (${code})`);
  }
}

/** A rename within one folder is atomic: readers see the old file or the new one. */
async function writeWhole(lines: Iterable<string>, file: string): Promise<void> {
  const part = join(dirname(file), `.${basename(file)}.${randomBytes(6).toString('hex')}.part`);
  const handle = await open(part, 'wx');
  try {
    await writeAll(lines, handle);
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

async function writeAll(lines: Iterable<string>, handle: FileHandle): Promise<void> {
  try {
    for (const chunk of chunksOf(lines)) await handle.writeFile(chunk);
  } finally {
    await handle.close();
  }
}

function* chunksOf(lines: Iterable<string>): Iterable<string> {
  let chunk = '';
  for (const line of lines) {
    chunk += `${line}\n`;
    if (chunk.length >= CHUNK) {
      yield chunk;
      chunk = '';
    }
  }
  if (chunk !== '') yield chunk;
}

import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Position } from '../model/finding/origin';

/** A remembered place in the author's program; turned into a line only when somebody asks. */
export interface CallSite {
  /** The innermost frame that is the author's own; `undefined` when there is none. */
  readonly position: Position | undefined;
}

/** Deep enough to leave the constructors of cdk8s-plus, each of which costs a dozen frames. */
const DEPTH = 40;

/**
 * Where this library's own code is, compiled and as source maps name it. It is not always below node_modules: sources
 * may be run as they are, and a linked package counts by its real path.
 */
const OWN_FOLDERS = ownFolders(__filename);

/**
 * Remembers where the author's program is now. Costs some microseconds and 1.5 kB: `npm run bench -- lines`.
 *
 * INVARIANT: V8 formats a captured stack when `stack` is first read, so source maps apply as the runtime has them
 * and a synth without findings formats nothing.
 */
export function captureCallSite(): CallSite {
  const trace: { stack?: unknown } = {};
  const limit = Error.stackTraceLimit;
  // A program may have frozen `Error`; its stacks are then as deep as it allows.
  Reflect.set(Error, 'stackTraceLimit', DEPTH);
  Error.captureStackTrace(trace, captureCallSite);
  Reflect.set(Error, 'stackTraceLimit', limit);

  let known: { position: Position | undefined } | undefined;
  return {
    get position() {
      known ??= { position: positionIn(trace.stack) };
      return known.position;
    },
  };
}

/** Whoever sets `Error.prepareStackTrace` decides what a stack is; only a text can be read. */
function positionIn(stack: unknown): Position | undefined {
  return typeof stack === 'string' ? authorsFrame(stack) : undefined;
}

/** The first frame outside this library, other packages and Node.js itself. */
export function authorsFrame(stack: string, own: readonly string[] = OWN_FOLDERS): Position | undefined {
  return stack
    .split('\n')
    .map(parseFrame)
    .find((frame) => frame !== undefined && isAuthors(frame.file, own));
}

function isAuthors(file: string, own: readonly string[]): boolean {
  return !/(?:^|[\\/])node_modules[\\/]/.test(file) && !own.some((folder) => file.startsWith(folder));
}

/**
 * The folders that hold this library, by the path of this file. A bundler that puts it into one file with the
 * author's program leaves no folder; then nothing but that file can be passed over.
 */
export function ownFolders(file: string): readonly string[] {
  const { sep } = path;
  const folder = path.dirname(path.dirname(file)) + sep;
  if (!path.basename(file).startsWith('call-site.')) return [file];
  const compiled = `${sep}build${sep}lib${sep}`;
  return folder.endsWith(compiled) ? [folder, `${folder.slice(0, -compiled.length)}${sep}lib${sep}`] : [folder];
}

/** `at name (file:line:column)` or `at file:line:column`, either of them perhaps `async`. */
const FRAME = /^\s*at (?:.+? \(|async )??((?:file:\/\/|\/|[A-Za-z]:[\\/]).+?):(\d+):(\d+)\)?$/;

/** Frames in code made by `eval` name two places, the first of them not a file's own. */
const MADE_BY_EVAL = /\(eval at /;

/** A frame that is in a file; whatever has another form, such as `webpack://`, is nobody's. */
function parseFrame(line: string): Position | undefined {
  const match = MADE_BY_EVAL.test(line) ? null : FRAME.exec(line);
  const file = match && fileOf(match[1]);
  return file ? { file, line: Number(match[2]), column: Number(match[3]) } : undefined;
}

/** ES modules stand as `file:` URLs; one that means no file here, such as that of another host, is passed over. */
function fileOf(name: string): string | undefined {
  if (!name.startsWith('file://')) return name;
  try {
    return fileURLToPath(name);
  } catch {
    return undefined;
  }
}

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

/** This library's own folder: compiled it lies in node_modules, but not when its sources are run. */
const OWN_FOLDER = path.resolve(__dirname, '..') + path.sep;

/**
 * Remembers where the author's program is now. Costs about two microseconds.
 *
 * INVARIANT: V8 formats a captured stack when `stack` is first read, so source maps apply as the runtime has them
 * and a synth without findings formats nothing.
 */
export function captureCallSite(): CallSite {
  const trace: { stack?: string } = {};
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = DEPTH;
  Error.captureStackTrace(trace, captureCallSite);
  Error.stackTraceLimit = limit;

  let known: { position: Position | undefined } | undefined;
  return {
    get position() {
      known ??= { position: authorsFrame(trace.stack ?? '') };
      return known.position;
    },
  };
}

/** The first frame outside this library, other packages and Node.js itself. */
export function authorsFrame(stack: string): Position | undefined {
  return stack.split('\n').map(parseFrame).find(isAuthors);
}

function isAuthors(frame: Position | undefined): boolean {
  if (!frame) return false;
  const { file } = frame;
  return !/[\\/]node_modules[\\/]/.test(file) && !file.startsWith(OWN_FOLDER);
}

/** `at name (file:line:column)` or `at file:line:column`; ES modules stand as `file:` URLs. */
function parseFrame(line: string): Position | undefined {
  const match = /^\s*at (?:.+? \()?((?:file:\/\/|\/|[A-Za-z]:[\\/]).+?):(\d+):(\d+)\)?$/.exec(line);
  if (!match) return undefined;
  const [, file, row, column] = match;
  return {
    file: file.startsWith('file://') ? fileURLToPath(file) : file,
    line: Number(row),
    column: Number(column),
  };
}

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
 * Remembers where the author's program is now. Costs some microseconds and 1.5 kB: `npm run bench -- lines`.
 *
 * INVARIANT: V8 formats a captured stack when `stack` is first read, so source maps apply as the runtime has them
 * and a synth without findings formats nothing.
 */
export function captureCallSite(): CallSite {
  const trace = traceBelow(captureCallSite);
  let known: { position: Position | undefined } | undefined;
  return {
    get position() {
      known ??= { position: positionIn(trace.stack) };
      return known.position;
    },
  };
}

function traceBelow(caller: (...args: never[]) => unknown): { readonly stack?: unknown } {
  const trace: { stack?: unknown } = {};
  const limit = Error.stackTraceLimit;
  // A program may have frozen `Error`; its stacks are then as deep as it allows.
  Reflect.set(Error, 'stackTraceLimit', DEPTH);
  Error.captureStackTrace(trace, caller);
  Reflect.set(Error, 'stackTraceLimit', limit);
  return trace;
}

/** Whoever sets `Error.prepareStackTrace` decides what a stack is; only a text can be read. */
function positionIn(stack: unknown): Position | undefined {
  return typeof stack === 'string' ? authorsFrame(stack) : undefined;
}

/** The first frame outside this library, other packages and Node.js itself. */
export function authorsFrame(stack: string, ownCode = codeAround(thisFile())): Position | undefined {
  return framesIn(stack).find(({ file }) => !isOfPackage(file) && !(ownCode && file.startsWith(ownCode)));
}

function framesIn(stack: string): readonly Position[] {
  return stack.split('\n').flatMap((line) => parseFrame(line) ?? []);
}

function isOfPackage(file: string): boolean {
  return /(?:^|[\\/])node_modules[\\/]/.test(file);
}

let knownFile: string | undefined;

/**
 * This file as stacks name it. It is not always below node_modules, nor where it was loaded from: sources may be run as
 * they are, a linked package counts by its real path, and source maps name the sources of what was compiled or bundled.
 */
function thisFile(): string | undefined {
  if (knownFile === undefined) {
    const { stack } = traceBelow(traceBelow);
    const innermost = typeof stack === 'string' ? /^ *at .*$/m.exec(stack) : null;
    knownFile = innermost ? parseFrame(innermost[0])?.file : undefined;
  }
  return knownFile;
}

/**
 * What the paths of this library's own code begin with, by that of this file: the folder of its rooms, or what the names
 * of its published files have in common. A program that is bundled with it and has no source maps leaves neither; then
 * nothing but its one file can be passed over.
 */
export function codeAround(file: string | undefined): string | undefined {
  return file?.replace(/(?<=[\\/])[^\\/]+[\\/]call-site\.\w+$|(?<=[\\/]portolan-)library\.js$/, '');
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

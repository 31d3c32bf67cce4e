import { mayBacktrack } from '../../../values/backtracking';
import type { Doubt } from '../../../values/ternary';
import type { Match } from '../controller';

/** Parts of expressions that mean the same to PCRE and to JavaScript. */
const COMMON =
  /^(?:[^\\[\](){}*+?|^$]|\\[dDwW.\-/_~!*+?()[\]{}|^$\\]|\[\^?(?:[^\\[\]]|\\[dDwW.\-/\]\\])+\]|\((?:\?:)?|\)|[|^$]|[*+?]|\{\d+(?:,\d*)?\})*$/;

const FOREIGN: Doubt = {
  rule: 'ING-18',
  wouldDecide:
    'an expression without what only PCRE has, and without repetitions within repetitions: Portolan reads the parts that all engines read alike',
};

/** ING-18: a regular expression from the beginning of the path on, in whatever case, open at its end. */
export function matchesExpression(expression: string, requested: string): Match {
  const compiled = compile(expression);
  // PCRE compares bytes, and takes a line break at the end for one that $ may stand before.
  if (!compiled || /[^ -~]/.test(requested)) {
    return { matched: 'maybe', because: `^${expression} is a regular expression`, doubts: [FOREIGN] };
  }
  const found = compiled.exec(requested);
  if (!found) return { matched: 'no', because: `the path does not match ^${expression}` };
  return { matched: 'yes', because: `the path matches ^${expression}`, captured: found.slice(1) };
}

function compile(expression: string): RegExp | undefined {
  if (!COMMON.test(expression) || mayBacktrack(expression)) return undefined;
  try {
    return new RegExp(`^${expression}`, 'i');
  } catch {
    return undefined;
  }
}

/** Signs by which a path is more than plain text to a regular expression; a dot is one of them, and harmless. */
export function isExpression(path: string): boolean {
  return /[\\[\](){}*+?|^$]/.test(path);
}

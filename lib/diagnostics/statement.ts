/** A stretch of one line of a file; line and column count from 1. */
export interface Span {
  readonly line: number;
  readonly column: number;
  readonly length: number;
}

/** Longer statements are not searched: what is found far from the line that is known may be something else. */
const MOST_LINES = 40;

/** Comments, texts in quotes, words and numbers, and each other character by itself. */
const TOKEN = /\/\/[^\n]*|\/\*[\s\S]*?\*\/|(["'])(?:\\.|(?!\1)[^\\\n])*\1|`(?:\\.|[^`\\])*`|[\w$]+|\s+|./gs;

/**
 * Where in a statement of TypeScript that begins at a place the first of some literals stands: as a whole text in quotes, a
 * word or a number. One that stands there twice tells nothing, and the next is looked for.
 */
export function literalIn(
  lines: readonly string[],
  from: { readonly line: number; readonly column: number },
  literals: readonly string[],
): Span | undefined {
  const [first, ...rest] = lines.slice(from.line - 1, from.line - 1 + MOST_LINES);
  if (first === undefined || literals.length === 0) return undefined;
  const text = [' '.repeat(from.column - 1) + first.slice(from.column - 1), ...rest].join('\n');
  const tokens = tokensOf(text);
  for (const literal of literals) {
    const found = tokens.filter((token) => token.text === literal);
    if (found.length === 1) return spanAt(text, found[0].at, literal.length, from.line);
  }
  return undefined;
}

interface Token {
  readonly at: number;
  /** Of a text in quotes what is between them. */
  readonly text: string;
}

/** The words, numbers and texts up to the end of the statement. */
function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let depth = 0;
  for (const match of text.matchAll(TOKEN)) {
    const [token] = match;
    const at = match.index;
    if (/^["'`]./.test(token)) tokens.push({ at: at + 1, text: token.slice(1, -1) });
    else if (/^[\w$]/.test(token)) tokens.push({ at, text: token });
    else if ('([{'.includes(token)) depth++;
    else if (')]}'.includes(token)) depth--;
    const isEnd = depth === 0 && (token === ';' || token === ',' || endsLine(token, text, at));
    if (depth < 0 || isEnd) break;
  }
  return tokens;
}

/** A line that ends outside of all brackets ends the statement, unless the next one goes on with a call. */
function endsLine(token: string, text: string, at: number): boolean {
  return token.includes('\n') && /\S/.test(text.slice(0, at)) && !/^[.?([{]/.test(text.slice(at).trimStart());
}

function spanAt(text: string, at: number, length: number, firstLine: number): Span {
  const before = text.slice(0, at).split('\n');
  return { line: firstLine + before.length - 1, column: before[before.length - 1].length + 1, length };
}

/** What stands at a place, to be underlined: a text in quotes, the call of a constructor, a word. */
export function lengthOfTokenAt(line: string, column: number): number {
  const text = line.slice(column - 1);
  const token = /^(?:"[^"]*"|'[^']*'|new\s+[\w$.]+|[^\s,;(){}[\]"'`]+)/.exec(text)?.[0] ?? '';
  return Math.max(1, token.replace(/:$/, '').length);
}

/** Columns that a message may fill. */
export const WIDTH = 100;
const LABEL = 12;

/** A label and its text, wrapped under itself; nothing for an empty text. */
export function entry(label: string, text: string): readonly string[] {
  return text === '' ? [] : block(label, wrap(text, LABEL));
}

/** A label and lines that stand as they are. */
export function block(label: string, lines: readonly string[]): readonly string[] {
  return lines.map((line, i) => `${(i === 0 ? `  ${label}` : '').padEnd(LABEL)}${line}`.trimEnd());
}

/** Likewise, with a place at the right edge of its last line, or below where there is no room. */
export function placed(label: string, text: string, place: string | undefined): readonly string[] {
  if (place === undefined) return entry(label, text);
  return block(label, withPlace(wrap(text, LABEL), place, WIDTH - LABEL));
}

/** Lines with a place at the right edge of the last of them, or below where there is no room. */
export function withPlace(lines: readonly string[], place: string, width: number): readonly string[] {
  const last = lines[lines.length - 1];
  const gap = width - last.length - place.length;
  if (gap >= 2) return [...lines.slice(0, -1), `${last}${' '.repeat(gap)}${place}`];
  return [...lines, ...wrap(place, WIDTH - width)];
}

/** Words in lines that fit beside an indent; code between backticks stays in one piece, unless it fits into no line. */
export function wrap(text: string, indent: number): readonly string[] {
  const width = Math.max(WIDTH - indent, LABEL);
  const lines = [''];
  for (const word of text.match(/(?:`[^`]*`|\S)+/g) ?? []) {
    for (const part of partsOf(word, width)) {
      const line = lines[lines.length - 1];
      if (line === '') lines[lines.length - 1] = part;
      else if (line.length + 1 + part.length > width) lines.push(part);
      else lines[lines.length - 1] = `${line} ${part}`;
    }
  }
  return lines;
}

/** A word that is longer than a line: at its spaces if it has some, else wherever the line ends. */
function partsOf(word: string, width: number): readonly string[] {
  if (word.length <= width) return [word];
  if (word.includes(' ')) return word.split(' ').flatMap((part) => partsOf(part, width));
  return [word.slice(0, width), ...partsOf(word.slice(width), width)];
}

/** The title of a message: what does not fit into its line goes on below, indented. */
export function titleLines(title: string): readonly string[] {
  const indent = 4;
  return wrap(title, indent).map((line, i) => (i === 0 ? line : `${' '.repeat(indent)}${line}`));
}

/** Code behind a mark such as `+ `, a line each; what does not fit goes on below, indented. */
export function wrapCode(mark: string, code: string | undefined): readonly string[] {
  if (code === undefined) return [];
  const indent = ' '.repeat(mark.length + 2);
  return code.split('\n').flatMap((line) => {
    if (line.length + mark.length <= WIDTH - LABEL) return [`${mark}${line}`];
    const own = /^ */.exec(line)![0];
    const [first, ...rest] = wrap(line, LABEL + indent.length + own.length);
    return [`${mark}${own}${first}`, ...rest.map((text) => indent + own + text)];
  });
}

const MOST_LISTED = 6;

/** As many as a reader takes in, and how many more there are. */
export function someOf(items: readonly string[]): string {
  const more = items.length > MOST_LISTED ? `, and ${items.length - MOST_LISTED} more` : '';
  return `${items.slice(0, MOST_LISTED).join(', ')}${more}`;
}

/** Columns that a message may fill. */
const WIDTH = 100;
const LABEL = 12;

/** A label and its text, wrapped under itself; nothing for an empty text. */
export function entry(label: string, text: string): readonly string[] {
  if (text === '') return [];
  return wrap(text, LABEL).map((line, i) => `${(i === 0 ? `  ${label}` : '').padEnd(LABEL)}${line}`);
}

/** Words in lines that fit beside an indent; code between backticks stays in one piece. */
export function wrap(text: string, indent: number): readonly string[] {
  const lines = [''];
  for (const word of text.match(/(?:`[^`]*`|\S)+/g) ?? []) {
    const line = lines[lines.length - 1];
    if (line !== '' && line.length + word.length >= WIDTH - indent) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines;
}

/** Columns that a message may fill. */
const WIDTH = 100;
const LABEL = 12;

/** A label and its text, wrapped under itself; nothing for an empty text. */
export function entry(label: string, text: string): readonly string[] {
  if (text === '') return [];
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines[lines.length - 1];
    if (line !== '' && line.length + word.length >= WIDTH - LABEL) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines.map((line, i) => `${(i === 0 ? `  ${label}` : '').padEnd(LABEL)}${line}`);
}

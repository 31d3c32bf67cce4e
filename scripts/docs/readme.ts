import { readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { within } from './surroundings';

export const README = path.join(__dirname, '..', '..', 'README.md');
const FOLDER = path.join('.cache', 'readme');

/** The first block of a text in this language. */
export function block(language: string, text: string): string {
  return new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``).exec(text)![1];
}

/** Runs a program in a file of its own and gives the message of its refusal. */
export function refusalOf(file: string, program: string): string {
  return within(FOLDER, 'C.UTF-8', () => {
    const absolute = path.resolve(file);
    writeFileSync(absolute, program);
    try {
      require(absolute);
    } catch (error) {
      return (error as Error).message;
    }
    return 'it was not refused';
  });
}

/** The README with what its first program is refused with today. */
export function renderedReadme(): string {
  const text = readFileSync(README, 'utf8');
  const refusal = refusalOf('shop.ts', block('ts', text));
  return text.replace(block('text', text), () => refusal.slice(refusal.search(/^error\[/m)));
}

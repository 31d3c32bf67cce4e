import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';

const FOLDER = path.join('.cache', 'readme');
const readme = readFileSync('README.md', 'utf8');

/** The first block of the README in this language. */
function block(language: string): string {
  return new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``).exec(readme)![1];
}

/** Runs a program in a file of its own and gives the message of its refusal. */
function refusalOf(file: string, program: string): string {
  mkdirSync(FOLDER, { recursive: true });
  const absolute = path.resolve(FOLDER, file);
  writeFileSync(absolute, program);
  try {
    require(absolute);
  } catch (error) {
    return (error as Error).message.replaceAll(`${FOLDER}${path.sep}`, '');
  }
  return 'it was not refused';
}

test('the program of the README is refused in the words that the README shows', () => {
  expect(block('text')).toMatch(/^error\[PTL\d+\]/);
  expect(refusalOf('shop.ts', block('ts'))).toContain(block('text'));
});

test('with the `uses` that the README names it synthesizes', () => {
  const [, uses] = /With `(uses: \{.+?\})` on `web`/.exec(readme)!;
  const mended = block('ts')
    .replace(/(new DnsApp\(shop, 'web', \{)/, `$1 ${uses},`)
    .replace('app.synth()', 'app.synthYaml()');
  expect(refusalOf('mended.ts', mended)).toBe('it was not refused');
});

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import * as portolan from 'portolan';

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

/** The program with the `uses` that the README names, up to its synth. */
function mended(): string {
  const [, uses] = /With `(uses: \{.+?\})` on `web`/.exec(readme)!;
  return block('ts')
    .replace(/(new DnsApp\(shop, 'web', \{)/, `$1 ${uses},`)
    .replace('app.synth();', '');
}

test('with the `uses` that the README names it synthesizes', () => {
  expect(refusalOf('mended.ts', `${mended()}app.synthYaml();`)).toBe('it was not refused');
});

test('with all that the README shows further on it synthesizes as well', () => {
  const [first, ...further] = [...readme.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, text]) => text);
  expect(further.length).toBeGreaterThan(3);
  const imported = /import \{(.+)\} from 'portolan'/
    .exec(first)![1]
    .split(',')
    .map((name) => name.trim());
  const used = further.join('\n').match(/\b\w+\b/g) ?? [];
  const missing = [...new Set(used)].filter((name) => name in portolan && !imported.includes(name));
  const program = [
    `import { ${missing.join(', ')} } from 'portolan';`,
    mended(),
    `const platform = new Chart(app, 'platform');`,
    ...further,
    'app.synthYaml();',
  ].join('\n');
  expect(refusalOf('further.ts', program)).toBe('it was not refused');
});

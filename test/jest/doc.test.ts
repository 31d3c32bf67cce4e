import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';

const FOLDER = path.join('.cache', 'jest-doc');
const page = readFileSync(path.join('docs', 'jest.md'), 'utf8');

function blocks(language: string): readonly string[] {
  return [...page.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, 'gm'))].map(([, text]) => text);
}

// The tests of the page run as tests of this file.
mkdirSync(path.join(FOLDER, 'k8s'), { recursive: true });
writeFileSync(path.join(FOLDER, 'k8s', 'shop.yaml'), blocks('yaml').join('---\n'));
const program = path.resolve(FOLDER, 'page.ts');
writeFileSync(program, blocks('ts').join('\n').replace("'k8s/'", `'${FOLDER}/k8s/'`));
require(program);

test('the page shows the snapshot that its test has', () => {
  const snapshots = readFileSync(path.join(__dirname, '__snapshots__', 'doc.test.ts.snap'), 'utf8');
  expect(blocks('text')).toHaveLength(1);
  expect(snapshots).toContain(blocks('text')[0]);
});

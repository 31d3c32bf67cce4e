import { readFileSync } from 'node:fs';
import { refusalOf } from '../../scripts/docs/readme';

test('the program of docs/ingress.md synthesizes, and its promises hold', () => {
  const text = readFileSync('docs/ingress.md', 'utf8');
  const blocks = [...text.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, program]) => program);
  expect(refusalOf('ingress.ts', [...blocks, 'app.synthYaml();'].join('\n'))).toBe('it was not refused');
});

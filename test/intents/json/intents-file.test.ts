import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv/dist/2020';
import { parse } from 'yaml';
import { readPromises } from '../../../lib/intents/json/read-promises';
import schema from '../../../schemas/intents.schema.json';

const page = readFileSync(join(__dirname, '../../../docs/intents-file.md'), 'utf8');
const files = [...page.matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, text]) => parse(text) as object);
const endpoints = [...page.matchAll(/^\| `(.+?)` +\|/gm)].flatMap(([, cell]) => cell.split('`, `'));
const isSound = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(schema);
const PROMISES = [{ expect: 'shop/web', toReach: 'shop/api' }];

test('every file that the page shows is one that the command and the schema take', () => {
  expect(files.length).toBeGreaterThan(2);
  for (const file of files) {
    const whole = { promises: PROMISES, ...file };
    expect(readPromises([{ source: { object: whole, origin: {} }, stem: 'a' }]).faults).toEqual([]);
    expect(isSound(whole) || isSound.errors).toBe(true);
  }
});

test('so is every endpoint that the page shows', () => {
  const shown = endpoints.filter((text) => !['because', 'as', 'severity', 'implied'].includes(text));
  expect(shown.length).toBeGreaterThan(10);
  const promises = shown.map((text) => ({ expect: parse(text.replace('[...]', '[192.0.2.0/24]')), toReach: 'a/b' }));
  expect(readPromises([{ source: { object: { promises }, origin: {} }, stem: 'a' }]).faults).toEqual([]);
  expect(isSound({ promises }) || isSound.errors).toBe(true);
});

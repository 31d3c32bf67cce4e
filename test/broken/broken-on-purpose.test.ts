import { readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { DEFECTS, type Defect, shopApp } from '../../examples/broken-on-purpose/chart';
import { verify } from '../../lib/index';
import { GOLDEN_FOLDER, goldens } from '../../scripts/docs/goldens';
import { emptyFolder } from '../support/folder';

const CHART = path.join(__dirname, '../../examples/broken-on-purpose/chart.ts');

const CODES: Record<Defect, string> = {
  'forgotten-dns': 'PTL102',
  'misspelt-label': 'PTL110',
  'wrong-target-port': 'PTL204',
  'missing-namespace-label': 'PTL112',
  'service-port-in-policy': 'PTL103',
  'unenforcing-network': 'PTL301',
  'wrong-alias': 'PTL503',
  'wrong-backend-port': 'PTL403',
};

/** The line below the defect's mark, so that edits of the chart don't break the test. */
function culpritLine(defect: Defect): number {
  const marks = readFileSync(CHART, 'utf8').split('\n');
  return marks.findIndex((line) => line.includes(`// culprit: ${defect}`)) + 2;
}

function refusalOf(defect: Defect): { message: string; written: readonly string[] } {
  const outdir = emptyFolder();
  const app = shopApp(defect);
  Object.defineProperty(app, 'outdir', { value: outdir });
  try {
    app.synth();
  } catch (error) {
    return { message: (error as Error).message, written: readdirSync(outdir) };
  }
  throw new Error('the synth was not refused');
}

test('without a defect every promise holds', () => {
  const report = verify(shopApp());
  expect(report.findings.map((finding) => finding.code)).toEqual([]);
  expect(report.kept.map((kept) => kept.intent.verb)).toEqual([
    'toReach',
    'toReach',
    'toBeReachedOnlyBy',
    'toResolve',
    'toReach',
  ]);
});

const texts = goldens();

describe.each(DEFECTS)('%s', (defect) => {
  const { message, written } = refusalOf(defect);

  test('has its code, and is the only finding', () => {
    const { findings, lints } = verify(shopApp(defect));
    expect([...findings, ...lints].map(({ code }) => code)).toEqual([CODES[defect]]);
  });

  test('blames the line that made the culprit', () => {
    expect(message).toContain(`examples/broken-on-purpose/chart.ts:${culpritLine(defect)}:`);
  });

  test('writes nothing', () => {
    expect(written).toEqual([]);
  });

  test.each(['.txt', '.ascii.txt'])('reads as its golden text%s (else: npx tsx scripts/docs.ts)', (ending) => {
    expect(texts.get(`${defect}${ending}`)).toBe(readFileSync(path.join(GOLDEN_FOLDER, `${defect}${ending}`), 'utf8'));
  });
});

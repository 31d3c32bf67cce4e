import { readCertificate } from '../../lib/certificates/read-certificate';
import { readDocuments } from '../../lib/cli/input/documents';
import { type CheckInput, type CheckReport, check } from '../../lib/intents/check';
import type { Fix } from '../../lib/intents/finding';
import { readPromises } from '../../lib/intents/json/read-promises';

/** A cluster and what is promised of it, as their authors write them. */
export interface Written {
  readonly manifests: string;
  readonly promises: string;
  readonly profile?: CheckInput['profile'];
}

export function checkingText({ manifests, promises, profile = {} }: Written): CheckReport {
  const read = readDocuments('shop.yaml', manifests);
  const [source] = readDocuments('promises.yaml', `{ apiVersion: v1, kind: Promises, ${promises} }`).manifests;
  const { promises: said, faults } = readPromises([{ source: withoutKind(source), stem: 'promises' }]);
  const report = check({ ...said, manifests: read.manifests, profile, readCertificate });
  return { ...report, faults: [...read.faults, ...faults, ...report.faults] };
}

function withoutKind(source: ReturnType<typeof readDocuments>['manifests'][number]) {
  const { apiVersion: _, kind: __, ...object } = source.object as Record<string, unknown>;
  return { ...source, object };
}

/** Where a line is to be added that takes the place of no other. */
const HERE = '# here';

/** What an author would have after doing what the fix says: its text in place of the other, whole documents behind the rest. */
export function applied(fix: Fix, written: Written): Written {
  const { remove = HERE, add = '' } = fix;
  if (add.startsWith('---')) return { ...written, manifests: `${written.manifests}\n${add}\n` };
  const whole = [remove, ...remove.split('\n')].find((each) => written.manifests.includes(each)) === remove;
  const lines = whole ? [remove] : remove.split('\n');
  return lines.reduce((before, line, i) => replaced(before, line, i === 0 ? add : ''), written);
}

function replaced(written: Written, from: string, to: string): Written {
  const file = (['manifests', 'promises'] as const).find((each) => written[each].includes(from));
  if (!file || written[file].split(from).length !== 2) {
    throw new Error(`\`${from}\` stands in no one place of\n${written.manifests}\n${written.promises}`);
  }
  const indent = / *$/.exec(written[file].slice(0, written[file].indexOf(from)))![0];
  return { ...written, [file]: written[file].replace(from, to.replaceAll('\n', `\n${indent}`)) };
}

/** The fixes of all findings, each with the code of its own. */
export function fixesOf(written: Written) {
  return checkingText(written).findings.flatMap(({ code, fixes }) => fixes.map((fix) => ({ code, ...fix })));
}

/** What is wrong in so many words, and all fixes that are to be offered. */
export type FixCase = readonly [title: string, written: Written, fixes: ReturnType<typeof fixesOf>];

/** These fixes are offered, and each of them, applied by hand, mends everything. */
export function expectToMend(written: Written, expected: FixCase[2]): void {
  expect(checkingText(written).faults).toEqual([]);
  const fixes = fixesOf(written);
  expect(fixes).toEqual(expected);
  for (const fix of fixes) expect(checkingText(applied(fix, written)).findings).toEqual([]);
}

/** The API server's own Service, which only a dump of the whole cluster has: what is not in it is not there. */
export const DUMP = `---
apiVersion: v1
kind: Service
metadata: { name: kubernetes, namespace: default }
spec: { clusterIP: 10.96.0.1, ports: [{ port: 443, targetPort: 6443 }] }
`;

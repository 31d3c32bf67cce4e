import type { CheckReport } from '../intents/check';
import type { Origin, Position } from '../model/finding/origin';
import { toldOnce } from './by-statement';
import { renderFaults } from './fault-text';
import { renderFinding, statementOf } from './finding-text';
import { type ReadSource, remembered } from './frame';
import { ASCII, type Glyphs } from './glyphs';
import { inOrder, lintKey, renderLint } from './lint-text';
import { waiverLines } from './waiver-text';

/** How a renderer gets at the author's program and the reader's terminal: it does no input or output of its own. */
export interface Sources {
  /** Where an origin was written, e.g. the line that created a construct. */
  readonly positionOf: (origin: Origin) => Position | undefined;
  readonly readSource: ReadSource;
  /** What frames and ways are drawn with. @default - ASCII, which every terminal can show */
  readonly glyphs?: Glyphs;
}

/** A report as people read it: every fault and finding, then how many promises do not hold. */
export function renderText(report: CheckReport, sources: Sources): string {
  const { findings, kept } = report;
  const broken = findings.flatMap((finding) => [finding.intent, ...finding.also]);
  const total = new Set([...broken, ...kept.map(({ intent }) => intent)]).size;
  const counts = findings.length > 0 ? [`promises that do not hold: ${new Set(broken).size} of ${total}\n`] : [];
  return [...reportTexts(report, sources), ...counts].join('\n');
}

/** The same in parts and without the count: faults, else findings, lints, and what somebody answers for. */
export function reportTexts(report: CheckReport, sources: Sources): readonly string[] {
  const { faults, findings } = report;
  const { positionOf, readSource, glyphs = ASCII } = sources;
  const located = <T extends { readonly origin: Origin }>(fault: T): T => {
    return { ...fault, origin: { ...fault.origin, position: positionOf(fault.origin) } };
  };
  if (faults.length > 0) return [renderFaults(faults.map(located), readSource, glyphs)];
  const canvas = { linesOf: remembered(readSource), glyphs, positionOf };
  const texts = toldOnce(findings, (finding) => statementOf(finding, positionOf)).map(({ first, alike }) =>
    renderFinding(first, canvas, alike),
  );
  const made = new Set(report.lints.flatMap((lint) => (lint.origin.position ? [] : [lint.object])));
  const ordered = inOrder(report.lints.map(located));
  const lints = toldOnce(ordered, (lint) => (made.has(lint.object) ? lintKey(lint) : undefined)).map(
    ({ first, alike }) => renderLint(first, canvas, { isStatement: made.has(first.object), alike }),
  );
  return [...texts, ...lints, ...waiverLines(report)];
}

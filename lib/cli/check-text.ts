import { countText } from '../diagnostics/lint-text';
import { reportTexts, type Sources } from '../diagnostics/text';
import type { CheckReport } from '../intents/check';
import type { Finding } from '../intents/finding';
import type { Intent } from '../intents/intent';
import { isUndecided } from '../intents/matrix';

/** A report as people read it; the last line counts. */
export function checkText(report: CheckReport, sources: Pick<Sources, 'readSource' | 'glyphs'>): string {
  const texts = reportTexts(report, { ...sources, positionOf: ({ position }) => position });
  const known = report.acknowledged.length > 0 ? [`${report.acknowledged.length} acknowledged`] : [];
  return [...texts, [...promiseCounts(report), countText(report.lints), ...known].join('; ')].join('\n');
}

/** E.g. `3 promises kept, 1 broken, 1 undecided`; nothing where nothing was promised. */
function promiseCounts({ findings, kept, acknowledged }: CheckReport): readonly string[] {
  const undecided = new Set(findings.filter(isUndecided).flatMap(promisesOf));
  const broken = new Set(findings.filter((finding) => !isUndecided(finding)).flatMap(promisesOf));
  const known = new Set(acknowledged.map(({ id }) => id.replace(/^\w+\[(.*)\]$/, '$1')));
  const whole = new Set(
    kept.map(({ intent }) => intent).filter((intent) => !broken.has(intent) && !undecided.has(intent)),
  );
  const promises = [...whole].filter(({ id }) => !known.has(id)).length;
  if (kept.length + findings.length + acknowledged.length === 0) return [];
  const parts = [
    `${promises === 0 ? 'no' : promises} promise${promises === 1 ? '' : 's'} kept`,
    `${broken.size === 0 ? 'none' : broken.size} broken`,
    ...(undecided.size > 0 ? [`${undecided.size} undecided`] : []),
  ];
  return [parts.join(', ')];
}

function promisesOf({ intent, also }: Finding): readonly Intent[] {
  return [intent, ...also];
}

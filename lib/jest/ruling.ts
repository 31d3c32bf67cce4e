import { entry } from '../diagnostics/layout';
import { reportTexts } from '../diagnostics/text';
import { type CheckReport, check } from '../intents/check';
import type { Finding } from '../intents/finding';
import type { Intent } from '../intents/intent';
import type { Ground } from './ground';

/** What comes of a test's promise: that it holds, or why not. */
export type Ruling =
  | { readonly holds: true }
  | { readonly holds: false; readonly finding?: Finding; readonly text: string };

/** Judges one promise on its own, by the very check of synth. What the app acknowledged is no excuse in a test. */
export function ruleOn(intent: Intent, ground: Ground): Ruling {
  const alone = check({ ...ground.input, intents: [intent], acknowledgements: [] });
  if (alone.faults.length + alone.findings.length === 0) return { holds: true };
  const { findings, opposite } = amongOthers(intent, alone.findings, ground);
  return { holds: false, finding: findings[0], text: textOf(intent, only(findings, alone), opposite, ground) };
}

interface AmongOthers {
  readonly findings: readonly Finding[];
  /** A promise of the app that contradicts the test's. */
  readonly opposite?: Intent;
}

/** Beside the promises of the app: a fix has to leave those standing. */
function amongOthers(intent: Intent, alone: readonly Finding[], { input }: Ground): AmongOthers {
  if (alone.length === 0 || input.intents.length === 0) return { findings: alone };
  const report = check({ ...input, intents: [intent, ...input.intents], acknowledgements: [] });
  const findings = report.findings.filter((finding) => finding.intent === intent);
  const contradiction = findings.find(({ cause }) => cause.code === 'PTL902')?.cause;
  if (contradiction?.code === 'PTL902') {
    const { demanding, forbidding } = contradiction;
    // Which packet shows it is worth more than that two promises exclude each other, and no fix could keep both.
    const unfixed = alone.map((finding) => ({ ...finding, fixes: [] }));
    return { findings: unfixed, opposite: demanding === intent ? forbidding : demanding };
  }
  return { findings: findings.length > 0 ? findings : alone };
}

/** The runner shows the line of the test by itself, and one promise needs no count. */
function textOf(intent: Intent, report: CheckReport, opposite: Intent | undefined, { sources }: Ground): string {
  const positionOf: typeof sources.positionOf = (origin) =>
    origin === intent.origin ? undefined : sources.positionOf(origin);
  const text = reportTexts(report, { ...sources, positionOf }).join('\n');
  if (!opposite) return text;
  const position = sources.positionOf(opposite.origin);
  const place = position ? ` at ${position.file}:${position.line}` : '';
  return [text.trimEnd(), ...entry('note', `the app itself promises the opposite: \`${opposite.id}\`${place}`)].join(
    '\n',
  );
}

/** The report with these findings and nothing besides. */
export function only(findings: readonly Finding[], report: CheckReport): CheckReport {
  return { ...report, findings, lints: [], acknowledged: [], idle: [] };
}

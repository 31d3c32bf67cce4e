import { Construct } from 'constructs';
import { renderText } from '../diagnostics/text';
import { type CheckReport, check } from '../intents/check';
import type { Finding } from '../intents/finding';
import type { Intent } from '../intents/intent';
import { isBelow } from '../intents/waivers';
import { appGround } from './app-ground';
import { attempt } from './attempt';
import { type Context, failure, hintOf, type Result } from './matcher';
import { only } from './ruling';

const NAME = 'toSatisfyIntents';

/**
 * Every promise made at or below the construct holds, as at synth: what was acknowledged and what only warns passes. With
 * `.not`: one of them is surely broken; what nobody can know is no proof of that.
 */
export function toSatisfyIntents(this: Context, scope: unknown): Result {
  if (!Construct.isConstruct(scope)) {
    return failure(
      this,
      hintOf(this, NAME),
      'Unable to look for promises: this is no construct. Give a chart or an app.',
    );
  }
  const { path, root } = scope.node;
  const hint = hintOf(this, NAME, path === '' ? 'app' : path);
  const ground = attempt(() => appGround(root));
  if ('problem' in ground) return failure(this, hint, ground.problem);
  const { intents } = ground.input;
  const isOwn = ({ origin }: Intent) => isBelow(origin.construct, path);
  if (!intents.some(isOwn)) {
    const where = path === '' ? 'in this app' : `at \`${path}\` or below`;
    return failure(
      this,
      hint,
      `Nothing was promised ${where}: \`Intents.of(...)\` makes promises, and so does \`uses\`.`,
    );
  }
  const report = check(ground.input);
  const broken = report.findings.filter((finding) => breaks(finding, isOwn));
  const told = () => renderText(ownReport(report, broken, isOwn), ground.sources);
  if (report.faults.length > 0) return failure(this, hint, told());
  if (broken.length === 0) return { pass: true, message: () => `${hint}\n\n${countOf(intents.filter(isOwn).length)}` };
  if (this.isNot && !broken.some(isSure)) return failure(this, hint, `None is surely broken:\n\n${told()}`);
  return { pass: false, message: () => `${hint}\n\n${told().trimEnd()}` };
}

/** Whether it says that one of these promises, which is more than a wish, does not hold. */
function breaks({ intent, also }: Finding, isOwn: (intent: Intent) => boolean): boolean {
  return [intent, ...also].some((each) => isOwn(each) && each.severity !== 'warning');
}

/** Codes of what nobody can know, and of promises that say nothing. */
const UNDECIDED: ReadonlySet<string> = new Set(['PTL302', 'PTL901', 'PTL903', 'PTL904']);

function isSure({ code, example }: Finding): boolean {
  return !UNDECIDED.has(code) && example?.outcome !== 'unknown';
}

function ownReport(report: CheckReport, broken: readonly Finding[], isOwn: (intent: Intent) => boolean): CheckReport {
  return { ...only(broken, report), kept: report.kept.filter(({ intent }) => isOwn(intent)) };
}

function countOf(promises: number): string {
  return promises === 1 ? 'the one promise holds' : `all ${promises} promises hold`;
}

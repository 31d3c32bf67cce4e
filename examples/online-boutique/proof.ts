import type { CheckReport } from 'portolan';

/** What a check proved, in a few lines for the terminal. */
export function proofOf(report: CheckReport): string {
  const kept = [...new Set(report.kept.map(({ intent }) => intent))];
  const implied = kept.filter((intent) => intent.implied).length;
  const policies = policiesThatDecided(report);
  return [
    `${kept.length} promises kept on ${report.cni}, none broken: ${kept.length - implied} from promises.ts, ${implied} from \`uses\``,
    `${report.manifests} manifests judged, ${policies.length} NetworkPolicies decided: ${policies.join(', ')}`,
  ].join('\n');
}

/** Rules are told as `NetworkPolicy online-boutique/cartservice egress[0]`. */
function policiesThatDecided(report: CheckReport): readonly string[] {
  const rules = report.kept.flatMap(({ decidedBy }) => decidedBy);
  return [...new Set(rules.map((rule) => rule.split(' ')[1].split('/')[1]))].sort();
}

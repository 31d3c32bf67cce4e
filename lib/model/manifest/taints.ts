/** What keeps pods off a node that do not tolerate it. */
export interface Taint {
  readonly key: string;
  readonly value: string;
  readonly effect: string;
}

/** What a pod tolerates; an empty key stands for all keys, and an empty effect for all effects. */
export interface Toleration {
  readonly key: string;
  readonly operator: string;
  readonly value: string;
  readonly effect: string;
  /** Whether something leaves open that it counts, or for how long: who adds it, or `tolerationSeconds` (NoExecute). */
  readonly isOpen: boolean;
}

/** Whether a pod surely tolerates a taint, surely not, or perhaps: by an operator that only newer releases have, or one that is open. */
export function tolerates(tolerations: readonly Toleration[], taint: Taint): 'yes' | 'no' | 'maybe' {
  const answers = tolerations.filter((each) => isAbout(each, taint)).map((each) => answerOf(each, taint));
  return answers.find((answer) => answer === 'yes') ?? answers.find((answer) => answer === 'maybe') ?? 'no';
}

function isAbout({ key, effect }: Toleration, taint: Taint): boolean {
  return (key === '' || key === taint.key) && (effect === '' || effect === taint.effect);
}

function answerOf({ key, operator, value, isOpen }: Toleration, taint: Taint): 'yes' | 'no' | 'maybe' {
  const answer = isOpen ? 'maybe' : 'yes';
  if (operator === 'Exists') return answer;
  if (operator !== 'Equal') return 'maybe';
  return key !== '' && value === taint.value ? answer : 'no';
}

/** Controllers of the cluster set these and take them away again as nodes come, go and are emptied. */
const PASSING = /^node\.(?:cloudprovider\.)?kubernetes\.io\//;

/** Whether a taint keeps pods off its node for as long as it is there; `PreferNoSchedule` only asks. */
export function keepsOff({ key, effect }: Taint): boolean {
  return (effect === 'NoSchedule' || effect === 'NoExecute') && !PASSING.test(key);
}

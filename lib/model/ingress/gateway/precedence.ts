import { byCodeUnit } from '../../values/by-code-unit';
import { groupBy } from '../../values/group-by';
import { type Doubt, distinctDoubts } from '../../values/ternary';
import { joined } from '../decide';
import type { Outcome } from '../routing';
import type { Candidate } from './candidates';

/** Which candidates may win, the first the likeliest, and what becomes of the request. */
export interface Ruling extends Outcome {
  readonly winner?: Candidate;
}

/**
 * GW-06, GW-08: lets the candidates answer in their order, each where it matches and nothing before it surely does.
 * @param fallback what becomes of a request that none takes
 */
export function rule(
  candidates: readonly Candidate[],
  answer: (candidate: Candidate) => Outcome,
  fallback: Outcome,
): Ruling {
  const outcomes: Outcome[] = [];
  const doubts: Doubt[] = [];
  const winners: Candidate[] = [];
  for (const rung of rungsOf(candidates.filter(({ match }) => match.matched !== 'no'))) {
    doubts.push(...rung.doubts);
    for (const candidate of rung.candidates) {
      winners.push(candidate);
      outcomes.push(answer(candidate));
      if (!isSure(candidate)) doubts.push(...(candidate.match.doubts ?? []), ...candidate.doubts);
    }
    if (rung.candidates.some(isSure)) return { ...joined(outcomes, doubts), winner: winners[0] };
  }
  return { ...joined([...outcomes, fallback], doubts), winner: winners[0] };
}

/** Candidates any of which may be the first of those that are left. */
interface Rung {
  readonly candidates: readonly Candidate[];
  readonly doubts: readonly Doubt[];
}

function isSure({ match, doubts }: Candidate): boolean {
  return match.matched === 'yes' && doubts.length === 0;
}

function rungsOf(candidates: readonly Candidate[]): readonly Rung[] {
  const byHost = groupBy(candidates, ({ rank }) => `${rank[0]} ${rank[1]}`);
  const hosts = [...byHost.values()].sort((a, b) => compareRanks(b[0].rank.slice(0, 2), a[0].rank.slice(0, 2)));
  return hosts.flatMap((group) => {
    const patterns = group.filter(({ isPattern }) => isPattern);
    if (patterns.length === 0) return plainRungs(group);
    if (group.length === 1) return [{ candidates: group, doubts: [] }];
    // One rung, in which the plain ones keep their order: of patterns and others any may be the first.
    const plain = plainRungs(group.filter(({ isPattern }) => !isPattern));
    const end = plain.findIndex((rung) => rung.candidates.some(isSure));
    const reachable = end < 0 ? plain : plain.slice(0, end + 1);
    return [
      {
        candidates: [...patterns, ...reachable.flatMap((rung) => rung.candidates)],
        doubts: [PATTERN_ORDER, ...reachable.flatMap((rung) => rung.doubts)],
      },
    ];
  });
}

const PATTERN_ORDER: Doubt = {
  rule: 'GW-06',
  wouldDecide: 'paths that are no regular expressions: where one stands among other paths is up to the controller',
};

/** By rank; of equals by age, by name and by their order within the route. */
function plainRungs(candidates: readonly Candidate[]): readonly Rung[] {
  const sorted = [...candidates].sort((a, b) => compareRanks(b.rank, a.rank));
  const equals = [...groupBy(sorted, ({ rank }) => rank.join(' ')).values()];
  return equals.flatMap((group) => {
    const routes = [...groupBy(group, ({ route }) => route).values()];
    const ages = routes.map(([{ route }]) => route.createdAt);
    if (routes.length === 1 || !ages.includes(undefined)) {
      return [...routes]
        .sort(([a], [b]) => (a.route.createdAt ?? 0) - (b.route.createdAt ?? 0) || byCodeUnit(idOf(a), idOf(b)))
        .flatMap(untilSure);
    }
    const firsts = routes.map((own) => untilSure(own).flatMap((rung) => rung.candidates));
    return [{ candidates: firsts.flat(), doubts: distinctDoubts([ageDoubt(routes)]) }];
  });
}

/** GW-06: of the rules of one route the first. */
function untilSure(own: readonly Candidate[]): readonly Rung[] {
  const end = own.findIndex(isSure);
  return (end < 0 ? own : own.slice(0, end + 1)).map((candidate) => ({ candidates: [candidate], doubts: [] }));
}

function ageDoubt(routes: readonly (readonly Candidate[])[]): Doubt {
  const names = routes.map(([{ route }]) => `${route.kind} ${route.namespace}/${route.name}`);
  const wouldDecide = `which is the older of ${names.join(' and ')}, as they claim the same`;
  return { rule: 'GW-06', wouldDecide };
}

function idOf({ route }: Candidate): string {
  return `${route.namespace}/${route.name}`;
}

export function compareRanks(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((part, i) => part !== b[i]);
  return at < 0 ? 0 : a[at] - b[at];
}

/** Why the winner goes first, where both match. */
export function reasonOf(winner: Candidate, loser: Candidate): string {
  if (winner.isPattern || loser.isPattern)
    return 'matches, and where a regular expression stands is up to the controller';
  const at = winner.rank.findIndex((part, i) => part !== loser.rank[i]);
  if (at >= 0) return `matches, but ${winner.told.matches} ${winner.order[at]}`;
  if (winner.route === loser.route) return 'matches, but a rule of the route that stands before it does too';
  const [a, b] = [winner.route.createdAt, loser.route.createdAt];
  if (a === undefined || b === undefined) return 'claims the same';
  const title = `${winner.route.kind} ${idOf(winner)}`;
  return a < b ? `claims the same, but ${title} is older` : `claims the same, but ${title} comes first by name`;
}

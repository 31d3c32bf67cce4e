import { type Doubt, distinctDoubts } from '../values/ternary';
import type { Candidate, ControllerRules, Received, RoutingTable } from './controllers/controller';
import type { Answer, Considered, Outcome, Rewrite, Share } from './routing';

/** What becomes of a request, and by which rule. */
export interface Decision extends Outcome {
  /** Of several the first that may win. */
  readonly winner?: Candidate;
  readonly considered: readonly Considered[];
}

/** Lets the candidates answer in the order of their ranks, each where it matches and nothing before it does. */
export function decide(request: Received, table: RoutingTable, rules: ControllerRules): Decision {
  const candidates = rules.candidates(request, table);
  const ladder = [...candidates].sort((a, b) => compareRanks(b.rank, a.rank));
  const winners: Candidate[] = [];
  const doubts: Doubt[] = [];
  const outcomes: Outcome[] = [];
  let open = true;
  for (let from = 0; open && from < ladder.length; ) {
    let to = from + 1;
    while (to < ladder.length && compareRanks(ladder[from].rank, ladder[to].rank) === 0) to++;
    const rung = ladder.slice(from, to).filter(({ match }) => match.matched !== 'no');
    from = to;
    open = !rung.some(isSure);
    if (rung.length > 1) doubts.push(tieOf(rung, rules));
    for (const candidate of rung) {
      winners.push(candidate);
      if (!isSure(candidate)) doubts.push(...(candidate.match.doubts ?? []), ...candidate.entry.served.doubts);
      outcomes.push(rules.outcome(request, table, candidate));
    }
  }
  if (open) outcomes.push(rules.outcome(request, table));
  const [winner] = winners;
  return { ...joined(outcomes, doubts), winner, considered: consideredOf(ladder, rules, winner) };
}

/** Part by part; a rank that ends goes after one that goes on. */
function compareRanks(a: Candidate['rank'], b: Candidate['rank']): number {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    if (a[i] === b[i]) continue;
    if (a[i] === undefined || b[i] === undefined) return a[i] === undefined ? -1 : 1;
    return a[i] < b[i] ? -1 : 1;
  }
  return 0;
}

function isSure({ entry, match }: Candidate): boolean {
  return match.matched === 'yes' && entry.served.doubts.length === 0;
}

/** ING-10, ING-17: of several rules that claim the same one goes first. */
function tieOf(rung: readonly Candidate[], { tie }: ControllerRules): Doubt {
  if (rung.some(({ entry }) => entry.type !== 'default')) return tie;
  return { rule: 'ING-10', wouldDecide: 'one Ingress with a default backend: of several the controller chooses' };
}

/** Several outcomes that come to the same leave nothing open, whichever it is. */
export function joined(outcomes: readonly Outcome[], doubts: readonly Doubt[]): Outcome {
  const answers = [
    ...new Map(outcomes.flatMap((each) => each.answers.map((answer) => [idOf(answer), answer]))).values(),
  ];
  const own = outcomes.flatMap((each) => each.doubts);
  return { answers, doubts: distinctDoubts(answers.length > 1 ? [...doubts, ...own] : own) };
}

/** Tells answers apart; why a proxy answers itself makes no difference to the client. */
function idOf(answer: Answer): string {
  switch (answer.type) {
    case 'forwards':
      return JSON.stringify(['forwards', answer.to.map(shareId), rewriteId(answer.rewrite)]);
    case 'redirects':
      return JSON.stringify(['redirects', answer.status, answer.location]);
    case 'answers':
      return JSON.stringify(['answers', answer.status]);
    case 'refuses':
      return 'refuses';
  }
}

function shareId(share: Share): unknown {
  if ('status' in share) return [share.share, share.status];
  if ('elsewhere' in share) return [share.share, share.elsewhere];
  const { namespace, name } = share.service;
  return [share.share, namespace, name, share.port.port, share.port.name];
}

function rewriteId({ host, path }: Rewrite = {}): unknown {
  return [host ?? null, path ?? null];
}

/** All but the winner, those first that match. */
function consideredOf(ladder: readonly Candidate[], rules: ControllerRules, winner?: Candidate): readonly Considered[] {
  const nearness = { yes: 0, maybe: 1, no: 2 };
  return ladder
    .filter((candidate) => candidate !== winner)
    .map((candidate) => {
      const { matched, because } = candidate.match;
      const reason = winner && matched === 'yes' ? rules.reason(winner, candidate) : because;
      return { rule: candidate.entry.rule, matched, because: reason };
    })
    .sort((a, b) => nearness[a.matched] - nearness[b.matched]);
}

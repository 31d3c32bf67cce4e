import type { Cause, Finding } from '../../intents/finding';
import type { Intent } from '../../intents/intent';
import { doubtText, listed } from '../reason';
import { claimOf, named, quoted, type Wording } from './wording';

type PromiseCause = Cause & { code: 'PTL302' | 'PTL901' | 'PTL902' | 'PTL903' | 'PTL904' };

export function promiseWording(finding: Finding, cause: PromiseCause): Wording {
  switch (cause.code) {
    case 'PTL302':
      return {
        title: `nobody can know whether ${claimOf(finding)}: ${listed(cause.kinds)} may decide`,
        label: 'may decide about this flow, and is not modelled yet',
        why: 'A kind that the model does not understand is never passed over: all that it may select stays unknown, and a promise that is unknown does not hold.',
        advice: 'say it in NetworkPolicy, or leave this promise out until the kind is modelled',
      };
    case 'PTL901':
      return {
        title: `the promise about ${named(finding[cause.role])} is about nothing: ${cause.problem}`,
        label: 'promised here',
        why: `A promise whose ${cause.role} is empty would hold whatever the cluster does, and so protect nobody.`,
        advice: `${cause.didYouMean === undefined ? 'name something that the app declares' : `did you mean ${quoted(cause.didYouMean)}?`} (a reference to a construct can not be misspelt)`,
      };
    case 'PTL902': {
      const { demanding, forbidding, flow } = cause;
      const [own, other] = finding.intent === demanding ? [demanding, forbidding] : [forbidding, demanding];
      return {
        title: `two promises contradict each other about ${quoted(flow)}`,
        label: own === demanding ? 'wants it through' : 'wants it kept out',
        why: `Promise ${quoted(demanding.id)}${impliedText(demanding)} wants ${flow} through, and ${quoted(forbidding.id)} wants it kept out: no policy can do both.`,
        advice: `decide which of them is meant: this one, or ${quoted(other.id)}`,
      };
    }
    case 'PTL903':
      return {
        title: '`expect(...)` without a verb promises nothing',
        label: 'nothing is promised here',
        why: 'Only a verb makes a promise: `toReach`, `not.toReach`, `toBeReachedOnlyBy`, `not.toBeExposedTo`.',
        advice: 'add a verb, or remove the line',
      };
    case 'PTL904':
      return {
        title: `nobody can know whether ${claimOf(finding)}`,
        label: 'decides only when more is known',
        why: `Kubernetes leaves this open, and a promise that is unknown does not hold. What would decide it: ${listed(cause.doubts.map(doubtText))}.`,
        advice: 'state it in the PodNetwork, or write the policy so that it does not matter',
      };
  }
}

function impliedText(intent: Intent): string {
  return intent.implied ? `, made by ${makerOf(intent)},` : '';
}

/** Which props of a construct made a promise on the author's behalf: those of Ingresses and routes speak of URLs. */
export function makerOf({ verb }: Intent): string {
  return verb === 'toRouteTo' ? 'the route' : '`uses`';
}

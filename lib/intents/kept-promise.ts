import { type RuleOrigin, ruleField } from '../model/policy/language';
import type { Kept } from './checked';
import type { KeptPromise } from './finding';
import type { Intent } from './intent';
import type { Assumption } from './waivers';

/** Who decided is told when somebody asks: it may take a walk, and most reports are only asked whether they refuse. */
export class ToldKept implements KeptPromise {
  /** V8 gives objects with the same getter one hidden class, and each object with a getter of its own another. */
  private static readonly DECIDED_BY = {
    enumerable: true,
    get(this: ToldKept) {
      return this.#rules();
    },
  };

  readonly intent: Intent;
  readonly subject: string;
  readonly target: string;
  declare readonly decidedBy: readonly string[];
  readonly assuming: readonly Assumption[];
  readonly #decidedBy: Kept['decidedBy'];
  #known: readonly string[] | undefined;

  constructor({ intent, subject, target, decidedBy, assuming = [] }: Kept) {
    this.intent = intent;
    this.subject = subject;
    this.target = target;
    this.assuming = assuming;
    this.#decidedBy = decidedBy;
    Object.defineProperty(this, 'decidedBy', ToldKept.DECIDED_BY);
  }

  #rules(): readonly string[] {
    this.#known ??= [...new Set(this.#decidedBy().map(ruleText))];
    return this.#known;
  }
}

function ruleText(rule: RuleOrigin): string {
  const { kind, namespace, name, index } = rule;
  return `${kind} ${namespace}/${name}${index === undefined ? '' : ` ${ruleField(rule)}`}`;
}

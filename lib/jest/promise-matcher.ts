import { type Endpoint, endpointRef, isRequest } from '../constructs/endpoint-ref';
import { type UrlVerbs, urlVerbs } from '../constructs/url-verbs';
import { type Verbs, verbs } from '../constructs/verbs';
import { type EndpointRef, type HasRequest, REQUEST } from '../intents/endpoint';
import type { Intent } from '../intents/intent';
import type { Verb } from '../synth/registry';
import { attempt } from './attempt';
import type { Ground } from './ground';
import { groundOf } from './ground-of';
import { type Context, failure, hintOf, type Result } from './matcher';
import { ruleOn } from './ruling';

/** A verb that was said and not judged yet. */
interface Said {
  readonly verb: () => Verb;
}

/** What a matcher says with the verbs of promises. @param isNot whether it is said of `.not` */
export type Saying = (of: Verbs<Said>, isNot: boolean) => Said;

/**
 * A promise as a matcher: made by the very verbs of `Intents.expect`, judged by the very check of synth. `.not` makes the
 * negative promise, which is more than that the positive one is broken: what is open only in part, what nobody can know
 * and what is empty fails both.
 *
 * @param mentioned the arguments, which may tell the app
 */
export function judge(
  context: Context,
  matcher: string,
  subject: Endpoint,
  mentioned: readonly unknown[],
  say: Saying,
): Result {
  return rule(context, matcher, (isNot) => prepare(subject, mentioned, (of) => say(of, isNot)));
}

/** Likewise for a promise about a URL. */
export function judgeUrl(
  context: Context,
  matcher: string,
  subject: HasRequest,
  mentioned: readonly unknown[],
  say: (of: UrlVerbs<Said>, isNot: boolean) => Said,
): Result {
  return rule(context, matcher, (isNot) => {
    if (!isRequest(subject)) throw new Error(`Unable to promise \`${matcher}\` of anything but a URL: give url(...).`);
    const { verb } = say(
      urlVerbs<Said>((said) => ({ verb: said })),
      isNot,
    );
    const ground = groundOf([subject, ...mentioned]);
    const intent = { id: 'this test', subject: subject[REQUEST], origin: { construct: '' }, ...verb() };
    return { intent: Object.freeze(intent as Intent), ground };
  });
}

function rule(context: Context, matcher: string, preparing: (isNot: boolean) => Prepared): Result {
  const isNot = context.isNot === true;
  const prepared = attempt(() => preparing(isNot));
  if ('problem' in prepared) return failure(context, hintOf(context, matcher), prepared.problem);
  const ruling = ruleOn(prepared.intent, prepared.ground);
  if (ruling.holds) return { pass: !isNot, message: () => hintOf(context, matcher) };
  const { finding, text } = ruling;
  return failure(context, hintOf(context, matcher, finding?.subject, finding?.target), text);
}

interface Prepared {
  readonly intent: Intent;
  readonly ground: Ground;
}

function prepare(subject: Endpoint, mentioned: readonly unknown[], say: (of: Verbs<Said>) => Said): Prepared {
  const ref = endpointRef(subject);
  const domain: { name?: string } = {};
  const said = say(
    verbs<Said>(
      (verb) => ({ verb }),
      () => domain.name ?? 'cluster.local',
    ),
  );
  const ground = groundOf([subject, ...mentioned]);
  domain.name = ground.input.profile.clusterDomain;
  const intent = { id: 'this test', subject: ref, origin: { construct: pathOf(ref) }, ...said.verb() };
  return { intent: Object.freeze(intent as Intent), ground };
}

/** Below which an assumption has to be made to count. */
function pathOf(ref: EndpointRef): string {
  if (ref.kind === 'construct') return ref.path;
  return 'of' in ref ? pathOf(ref.of) : '';
}

import { inspect } from 'node:util';
import type { Edge } from '../../lib/model/ingress/edge';
import { percentDecoded } from '../../lib/model/ingress/normalize/percent';
import { requestTo, type UrlRequest } from '../../lib/model/ingress/request';
import type { Answer } from '../../lib/model/ingress/routing';
import type { RawResponse } from './raw-client';
import type { RawRequest } from './requests';

/** Who answers, by the model. */
export interface Verdict {
  /** The Service that the request is sent to, or the status that the server answers with itself. */
  readonly answer: string;
  /** Where a redirect leads to. */
  readonly location?: string;
  /** What the backend is asked for, where it is not what the client asked for. */
  readonly path?: string;
}

/** What came back, and what should have. */
export function textOf({ answer, location, path }: Verdict): string {
  return [answer, location && `to ${withoutOrigin(location)}`, path && `as ${inspect(path)}`].filter(Boolean).join(' ');
}

export function textOfResponse({ status, location, body }: RawResponse): string {
  return status === 200 ? body : textOf({ answer: `${status}`, location });
}

/** `undefined` where the model says that nobody can know. */
export function expected(edge: Edge, raw: RawRequest): Verdict | undefined {
  const { answers, doubts } = edge.route(requestOf(raw));
  return answers.length === 1 && doubts.length === 0 ? told(answers[0]) : undefined;
}

/** Whether it was as the model says; of the backend's path only where it tells what it was asked for. */
export function isAnswered(
  { answer, location, path }: Verdict,
  { target }: RawRequest,
  response: RawResponse,
): boolean {
  if (response.status !== 200) {
    const isThere = location === undefined || withoutOrigin(location) === withoutOrigin(response.location ?? '');
    return answer === `${response.status}` && isThere;
  }
  const [backend, asked] = response.body.split(' ');
  if (answer !== backend) return false;
  return asked === undefined || (path === undefined ? asked === target : path === decoded(asked));
}

function told(answer: Answer): Verdict {
  switch (answer.type) {
    case 'forwards':
      return {
        answer: answer.to
          .map((share) =>
            'service' in share ? share.service.name : 'status' in share ? `${share.status}` : 'elsewhere',
          )
          .join(),
        path: answer.rewrite?.path,
      };
    case 'redirects':
      return { answer: `${answer.status}`, location: answer.location };
    case 'answers':
      return { answer: `${answer.status}` };
    case 'refuses':
      return { answer: 'no connection' };
  }
}

/** Servers name the port as well that they listen on in a test; what follows a # clients keep to themselves. */
function withoutOrigin(url: string): string {
  return url.replace(/^https?:\/\/[^/]*/, '').replace(/#.*/, '');
}

/** nginx encodes again what it has rewritten, and sends the query after it. */
function decoded(target: string): string {
  return percentDecoded(target.split('?', 1)[0]);
}

/** What no URL can hold stands in the path as it was sent. */
function requestOf({ target, host = '' }: RawRequest): UrlRequest {
  const parsed = requestTo('http://x/', { headers: [['Host', host]] });
  if (!parsed.ok) throw new Error(parsed.problem);
  const [path, ...query] = target.split('?');
  return { ...parsed.request, path, query: query.join('?') };
}

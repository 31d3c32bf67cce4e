import type { NetworkCause } from '../../intents/finding';
import type { PolicyCapability } from '../../model/cluster/cni/capabilities';
import { pluginWith, titleOf } from '../../model/cluster/cni/registry';
import type { LintOf } from '../../model/finding/lint';
import type { NeedLint } from '../../model/policy/needs';
import { listed } from '../reason';
import { type LintWording, policyText } from './lint-words';
import { quoted, type Wording } from './wording';

/** What policies ask of the network, and it does not do. */
export function networkLintWording(lint: NeedLint): LintWording {
  switch (lint.code) {
    case 'PTL301':
      return unread(lint);
    case 'PTL303':
      return cutShort(lint);
    case 'PTL304':
      return notCarriedOut(lint);
    case 'PTL305':
      return voided(lint);
    case 'PTL306':
      return ignored(lint);
  }
}

/** The same where promises rely on it. */
export function networkWording({ lint, reliant }: NetworkCause): Wording {
  const { title, label, why, fix } = networkLintWording(lint);
  const promises = reliant.length === 1 ? '1 promise relies' : `${reliant.length} promises rely`;
  const culprits = culpritsOf(lint);
  if (lint.code !== 'PTL301') return { title: `${title}, and ${promises} on it`, label, culprits, why, advice: fix };
  return {
    title: `${NOT_ENFORCED}, and ${promises} on it`,
    label,
    culprits,
    why,
    advice: 'run a network that enforces NetworkPolicy',
    note: `if another controller enforces them, say so: ${assumption(lint)}`,
  };
}

/** What the author may have written that is to blame, the most telling first. */
export function culpritsOf(lint: NeedLint): readonly string[] {
  switch (lint.code) {
    case 'PTL301':
      return [lint.plugin, 'cni'];
    case 'PTL303':
      return [String(lint.last), 'endPort', 'ports'];
    case 'PTL304':
      return ['SCTP', 'sctp', ...lint.ports.split(', '), 'ports'];
    case 'PTL305':
      return [...lint.ports, 'ports'];
    case 'PTL306':
      return [];
  }
}

const NOT_ENFORCED = "the cluster's network does not enforce NetworkPolicy";

function unread(lint: LintOf<'PTL301'>): LintWording {
  const { cni, inert, option } = lint;
  const policies = ['the one policy', 'both policies'][inert.length - 1] ?? `all ${inert.length} policies`;
  const own = option === undefined ? '' : `run its policy controller too (${quoted(option)}), or `;
  return {
    title: `${NOT_ENFORCED}: ${policies} ${inert.length === 1 ? 'is' : 'are'} inert`,
    label: `${cni} moves packets; it has no policy controller here`,
    why: `The API server accepts NetworkPolicy objects whatever the network plugin is. With ${cni} alone nobody reads them: ${policies} of this app would be inert, and kubectl would still list them (NP-37).`,
    fix: `${own}run a network that enforces NetworkPolicy${suchAs('enforcesNetworkPolicy')}; if another controller enforces them, say so: ${assumption(lint)}`,
  };
}

/** As its author would write it, beside the constructs or in the file of promises. */
function assumption({ origin }: LintOf<'PTL301'>): string {
  return origin.construct === undefined
    ? '`assume: [{ fact: NetworkPolicy, because: ... }]` beside the promises'
    : "`Intents.of(app).assume('NetworkPolicy', { because })`";
}

function cutShort({ object, cni, first, last, protocol }: LintOf<'PTL303'>): LintWording {
  const rest = first + 1 === last ? `${last}` : `${first + 1}-${last}`;
  return {
    title: `${cni} opens the first port alone of a range in ${policyText(object)}`,
    label: `not read: ${first}/${protocol} is open, ${rest} ${first + 1 === last ? 'is' : 'are'} not`,
    why: `A network plugin that does not know \`endPort\` applies the rule to ${quoted('port')} alone, ${first}/${protocol}: what is for ${rest} is not let through. kubectl shows the range all the same (NP-25).`,
    fix: `list the ports one by one, or run a network that reads \`endPort\`${suchAs('endPort')}`,
  };
}

function notCarriedOut({ object, cni, ports, action }: LintOf<'PTL304'>): LintWording {
  const consequence =
    action === 'allow'
      ? `nothing of SCTP gets through by it, to ${ports} as little as to any other port`
      : `nobody can rely on what it keeps from ${ports}`;
  return {
    title: `${cni} does not carry out what ${policyText(object)} says of SCTP`,
    label: action === 'allow' ? 'lets nothing through' : 'may stop nothing',
    why: `Whether rules may speak of SCTP is a matter of the network plugin. With ${cni} as it is declared here this rule is accepted, and ${consequence} (NP-09).`,
    fix: `switch SCTP on in the plugin where it has an option for it, or run a network that carries it out${suchAs('sctp')}`,
  };
}

function voided({ object, cni, ports, isolates }: LintOf<'PTL305'>): LintWording {
  const names = listed(ports.map(quoted));
  return {
    title: `${cni} refuses ${policyText(object)} whole: it names a port`,
    label: `${ports.length === 1 ? 'a name' : 'names'} in place of a number: the whole policy is void`,
    why: `${cni} takes no policy that names a port, here ${names}: not the rule alone is void but all of the policy. Its pods are not isolated for ${listed(isolates)} by it, and what it should keep out gets through (NP-21).`,
    fix: `give the port by its number, or run a network that looks names up${suchAs('namedPorts')}`,
  };
}

function ignored({ object, cni }: LintOf<'PTL306'>): LintWording {
  const isNewer = object.kind === 'ClusterNetworkPolicy';
  const reading = isNewer ? suchAs('clusterNetworkPolicy') : suchAs('adminNetworkPolicy');
  return {
    title: `nobody reads ${policyText(object)}: ${cni} knows no ${object.kind}`,
    label: 'inert on this network',
    why: `Once its definition is installed the API server accepts any ${object.kind}, and only a network plugin that knows the kind reads it. With ${cni} it is inert: nothing is denied by it, and nothing accepted (NP-43).`,
    fix: `say it in NetworkPolicy, or run a network that reads ${object.kind}${reading}`,
  };
}

function suchAs(capability: PolicyCapability): string {
  const plugin = pluginWith(capability);
  return plugin ? `, such as ${titleOf(plugin)}` : '';
}

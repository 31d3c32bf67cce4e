import { withoutKind } from '../../model/cluster/workload';
import type { LintOf, ObjectName, ServiceLintDetail } from '../../model/finding/lint';
import { listed } from '../reason';
import { type LintWording, noneHas } from './lint-words';
import { didYouMean, oneOf, quoted } from './wording';

type ServiceLint = LintOf<ServiceLintDetail['code']>;

/** What of cdk8s-plus makes a selector that is there and asks for nothing. */
const EMPTY_IN_PLUS =
  'select by labels, or by the workload itself: a Service knows no expressions, and cdk8s-plus drops those of the pods that it is given';

const ELSEWHERE = 'where the pods are made elsewhere, nothing is wrong';

/** Lints about Services and what is behind them. */
export function serviceWording(lint: ServiceLint): LintWording {
  switch (lint.code) {
    case 'PTL230':
      if (lint.elsewhere.length > 0) return podsElsewhere(lint);
      return lint.workloads === 0 ? emptyNamespace(lint) : noPod(lint);
    case 'PTL231':
      return targetPort(lint);
    case 'PTL232':
      return withoutEndpoints(lint);
    case 'PTL233':
      return slicePort(lint);
    case 'PTL234':
      return externalName(lint);
    case 'PTL235':
      return nodePortTwice(lint);
    case 'PTL236':
      return nodePortOutOfRange(lint);
    case 'PTL237':
      return addressOutOfRange(lint);
    case 'PTL238':
      return addressTwice(lint);
    case 'PTL239':
      return endpointAtService(lint);
  }
}

function noPod({ object, selector, culprit, workloads, didYouMean: meant }: LintOf<'PTL230'>): LintWording {
  const asked = culprit ?? selector;
  const where = ` in ${quoted(object.namespace)}`;
  return {
    title: `Service ${nameText(object)} leads nowhere: no pod${where} has ${asked}`,
    label: `${noneHas(workloads, `workload${workloads === 1 ? where : ''}`, asked)}${didYouMean(meant)}`,
    why: 'A Service leads to the pods of its own namespace that carry all labels of its selector (SVC-02); while there are none, its address refuses every connection (SVC-12).',
    fix:
      meant === undefined
        ? `select by the labels of the pods, \`spec.template.metadata.labels\`; ${ELSEWHERE}`
        : `write ${quoted(meant.replace('=', ': '))}`,
  };
}

function podsElsewhere({ object, selector, elsewhere, origin }: LintOf<'PTL230'>): LintWording {
  const home = quoted(object.namespace);
  const inPlus =
    origin.construct === undefined ? '' : '; cdk8s-plus drops the `namespaces` of the pods that it is given';
  return {
    title: `Service ${nameText(object)} leads nowhere: the pods with ${selector} are not in ${home}`,
    label: `${listed(elsewhere.map(quoted))} would match, and ${elsewhere.length === 1 ? 'is' : 'are'} not in ${home}`,
    why: 'A Service leads to pods of its own namespace only (SVC-02, SVC-30); while it selects none, its address refuses every connection (SVC-12).',
    fix: `put the Service into the namespace of the pods${inPlus}`,
  };
}

function emptyNamespace({ object, namespaceMeant = '' }: LintOf<'PTL230'>): LintWording {
  const home = quoted(object.namespace);
  return {
    title: `Service ${nameText(object)} leads nowhere: no pod is declared in ${home}`,
    label: `no pod is declared in namespace ${home}${didYouMean(namespaceMeant)}`,
    why: 'A Service leads to pods of its own namespace only (SVC-02, SVC-30). A manifest without a namespace lands in that of whoever applies it, here taken for `default` (NP-44).',
    fix: `write ${quoted(`namespace: ${namespaceMeant}`)}, where there are pods that it matches`,
  };
}

function targetPort({ object, port, problem, has, lacking, didYouMean: meant }: LintOf<'PTL231'>): LintWording {
  const [name, protocol] = port.split('/');
  const service = `Service ${nameText(object)}`;
  const rule = "A target port's name is looked up on each pod, among the ports that its containers declare";
  switch (problem) {
    case 'no-such-name':
      return {
        title: `${service} leads to a port that no pod of it has: ${name}`,
        label: `no selected pod has a port of this name${didYouMean(meant)}`,
        why: `${rule}; a pod without it is no endpoint of that port (SVC-07). The pods here have ${oneOf(has)}.`,
        fix:
          meant === undefined
            ? 'name a port that the containers declare, or write its number, which none needs to declare'
            : `write ${quoted(`targetPort: ${meant}`)}`,
      };
    case 'other-protocol':
      return {
        title: `${service} leads to port ${name} with a protocol that no pod of it has it with: ${protocol}`,
        label: `the pods have ${oneOf(has.filter((each) => each.startsWith(`${name}/`)))}`,
        why: `${rule}, by name and protocol, which is TCP where none is given (SVC-01, SVC-07).`,
        fix: 'give the port of the Service and that of the containers one protocol',
      };
    case 'some-lack':
      return {
        title: `Service ${nameText(object)} leads to port ${name}, which some of its pods do not have`,
        label: `${listed(lacking.map((label) => quoted(withoutKind(label))))} ${lacking.length === 1 ? 'has' : 'have'} no port of this name and protocol`,
        why: `${rule}; a pod without it is no endpoint of that port, and the others get all of its connections (SVC-07).`,
        fix: 'declare the port on those pods too, or select them no longer',
      };
  }
}

function withoutEndpoints({ object, isEmpty, stray, origin }: LintOf<'PTL232'>): LintWording {
  const isElsewhere = stray !== undefined && stray.namespace !== object.namespace;
  const label = quoted(`kubernetes.io/service-name: ${object.name}`);
  const move = `put EndpointSlice ${stray && nameText(stray)} into namespace ${quoted(object.namespace)}`;
  return {
    title: `Service ${nameText(object)} has ${isEmpty ? 'an empty' : 'no'} selector, and nothing gives it endpoints`,
    label:
      stray === undefined
        ? isEmpty
          ? 'asks for no label'
          : 'without a selector'
        : `EndpointSlice ${nameText(stray)} is ${isElsewhere ? 'in another namespace' : 'not labelled for it'}`,
    why: `A Service ${isEmpty ? 'whose selector is empty' : 'without a selector'} selects nothing (SVC-02). It leads to the addresses of EndpointSlices of its own namespace that carry its name in the label \`kubernetes.io/service-name\` (SVC-08).`,
    fix:
      stray === undefined
        ? `${isEmpty && origin.construct !== undefined ? EMPTY_IN_PLUS : 'add a selector, or an EndpointSlice with that label'}; where a controller makes the endpoints, nothing is wrong`
        : isElsewhere
          ? move
          : `label EndpointSlice ${nameText(stray)} with ${label}`,
  };
}

function slicePort({ object, port, protocol, has, didYouMean: meant }: LintOf<'PTL233'>): LintWording {
  const names = has.map((each) => (each.startsWith('/') ? `one without a name (${each.slice(1)})` : quoted(each)));
  const own = port === '' ? `port without a name (${protocol})` : `port ${port}/${protocol}`;
  return {
    title: `Service ${nameText(object)} has a ${own} that no EndpointSlice of it has`,
    label: `the slices have ${names.join(', ')}${didYouMean(meant)}`,
    why: 'Ports of a Service and of its EndpointSlices belong together by name and protocol, and `targetPort` counts for nothing there; a port without a name needs one without a name (SVC-08).',
    fix:
      meant === undefined
        ? 'give both ports one name and protocol'
        : `call both ports ${quoted(meant)}, or ${quoted(port)}`,
  };
}

function externalName({ object, address }: LintOf<'PTL234'>): LintWording {
  return {
    title: `Service ${nameText(object)} stands for an address, which is no name: ${address}`,
    label: 'an address',
    why: 'The DNS answers for an ExternalName with an alias to that name, and no resolver knows a domain that reads like an address (SVC-22).',
    fix: `make a Service without a selector or type, and an EndpointSlice for it with the address ${address}`,
  };
}

function nodePortTwice({ object, port, twin }: LintOf<'PTL235'>): LintWording {
  return {
    title: `Services ${nameText(twin)} and ${nameText(object)} ask for one port of the nodes: ${port}`,
    label: `${nameText(twin)} asks for it too`,
    why: 'A port of the nodes leads to one Service. The API server refuses the second (SVC-20).',
    fix: 'give one of them another number, or leave it out: then Kubernetes chooses a free one',
  };
}

function nodePortOutOfRange({ object, port, range }: LintOf<'PTL236'>): LintWording {
  const [first, last] = range;
  return {
    title: `Service ${nameText(object)} asks for a port of the nodes that Kubernetes does not give: ${port}`,
    label: `outside ${first}-${last}`,
    why: `API servers give ports from ${first} to ${last} to Services, unless \`--service-node-port-range\` says otherwise, and refuse others (SVC-20).`,
    fix: 'choose a number of that range, or leave it out; where the cluster has a range of its own, tell it by `nodePortRange` in the profile',
  };
}

function addressOutOfRange({ object, address, range }: LintOf<'PTL237'>): LintWording {
  return {
    title: `Service ${nameText(object)} asks for an address that the cluster does not give: ${address}`,
    label: `outside ${range}`,
    why: `The API server gives addresses of the service ranges, which are ${range} by the cluster profile, and refuses others (SVC-32).`,
    fix: 'choose an address of that range, or leave it out; or mend `serviceCidr` in the profile',
  };
}

function addressTwice({ object, address, twin }: LintOf<'PTL238'>): LintWording {
  return {
    title: `Services ${nameText(twin)} and ${nameText(object)} ask for one address: ${address}`,
    label: `${nameText(twin)} asks for it too`,
    why: 'An address inside the cluster is given to one Service. The API server refuses the second (SVC-32).',
    fix: 'give one of them another address, or leave it out: then Kubernetes chooses a free one',
  };
}

function endpointAtService({ object, address, service }: LintOf<'PTL239'>): LintWording {
  return {
    title: `${object.kind} ${nameText(object)} has an endpoint at the address of Service ${quoted(service)}: ${address}`,
    label: `the address of ${quoted(service)}`,
    why: 'kube-proxy translates a packet once: one that it sends to the address of another Service is not sent on from there (SVC-26).',
    fix: `give the addresses behind Service ${quoted(service)}, or make an ExternalName Service that stands for its name`,
  };
}

function nameText({ namespace, name }: ObjectName): string {
  return quoted(`${namespace}/${name}`);
}

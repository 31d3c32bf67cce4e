export { AllowDns, type AllowDnsProps } from './constructs/allow-dns';
export { AppContainer } from './constructs/app-container';
export { AppPod } from './constructs/app-pod';
export { type AddressParts, AppAddress, AppPort, type Consumer } from './constructs/app-port';
export {
  type ClusterAction,
  type ClusterEgressRule,
  type ClusterIngressRule,
  ClusterNetworkPolicy,
  type ClusterNetworkPolicyProps,
} from './constructs/cluster-network-policy';
export { type Destination, type NodeSelection, nodes } from './constructs/cluster-policy-peers';
export {
  type CalicoOptions,
  type CiliumOptions,
  Cni,
  type FlannelOptions,
  type KindnetOptions,
  type WeaveOptions,
} from './constructs/cni';
export { DefaultDeny, type DefaultDenyProps } from './constructs/default-deny';
export { DnsApp, type UseOptions } from './constructs/dns-app';
export type { AppProps, DnsAppProps, HealthCheck, InitContainer, Resources, Sidecar } from './constructs/dns-app-props';
export type { Endpoint } from './constructs/endpoint-ref';
export {
  type ClusterNode,
  cidr,
  container,
  internet,
  namespace,
  node,
  type PodsOptions,
  pods,
} from './constructs/endpoints';
export type { ExistingApp, ExistingAppProps } from './constructs/existing-app';
export type { Exposure, LoadBalancerOption, NodePortOption } from './constructs/exposure';
export { type ExternalHost, type ExternalProps, external } from './constructs/external';
export type { AllowedRoutes } from './constructs/gateway/allowed-routes';
export type { ExistingGateway, ExistingGatewayProps } from './constructs/gateway/existing-gateway';
export { Gateway, type GatewayProps } from './constructs/gateway/gateway';
export {
  GatewayController,
  type GatewayControllerOptions,
  type GatewayControllerSpec,
} from './constructs/gateway/gateway-controller';
export type { GatewayRef } from './constructs/gateway/gateway-ref';
export { GrpcMatch } from './constructs/gateway/grpc-match';
export { GrpcRoute, type GrpcRouteProps, type GrpcRule } from './constructs/gateway/grpc-route';
export { type HeaderChange, HttpFilter, type HttpRedirect, type HttpRewrite } from './constructs/gateway/http-filter';
export { HttpMatch, type HttpMethod } from './constructs/gateway/http-match';
export { HttpRoute, type HttpRouteProps } from './constructs/gateway/http-route';
export type { HttpRoutes, HttpRule } from './constructs/gateway/http-rules';
export { type HttpsListenerOptions, Listener, type ListenerOptions } from './constructs/gateway/listener';
export {
  ReferenceGrant,
  type ReferenceGrantProps,
  type ReferenceSource,
  type ReferenceTarget,
} from './constructs/gateway/reference-grant';
export type { RouteProps } from './constructs/gateway/route';
export type { Backends, WeightedBackend } from './constructs/gateway/route-backends';
export { Ingress } from './constructs/ingress';
export {
  IngressController,
  type IngressControllerOptions,
  type IngressControllerSpec,
  type TraefikOptions,
} from './constructs/ingress-controller';
export {
  type HaproxyIngressOptions,
  IngressOptions,
  type NginxIngressOptions,
  type TraefikIngressOptions,
} from './constructs/ingress-options';
export type { IngressProps, IngressRoute, IngressRoutes, IngressTls, PathType } from './constructs/ingress-props';
export {
  type AcknowledgeProps,
  type Fact,
  type IntentHandle,
  Intents,
  type Subject,
  type UrlSubject,
} from './constructs/intents';
export { type IpBlockOptions, ipBlock } from './constructs/ip-block';
export { type AllowFrom, type AllowTo, NetworkPolicy, type NetworkPolicyProps } from './constructs/network-policy';
export { controlPlane, workers } from './constructs/node-components';
export type { DnsOptions } from './constructs/pod-dns';
export { PodNetwork, type PodNetworkProps } from './constructs/pod-network';
export { type PortMatch, Ports, type RulePort } from './constructs/policy-ports';
export { Port, type PortOptions } from './constructs/port';
export { Service } from './constructs/service';
export type {
  ClusterIpServiceProps,
  DeclaredServicePort,
  ExternalNameServiceProps,
  HeadlessServiceProps,
  LoadBalancerServiceProps,
  NodePortServiceProps,
  ServiceEndpoint,
  ServiceMetadata,
  ServicePortProps,
  ServiceProps,
  ServiceSelector,
} from './constructs/service-props';
export type { SecretConstruct, TlsSecret } from './constructs/tls-secret';
export { type UrlOptions, url } from './constructs/url';
export type {
  NamedSecret,
  NegatedUrlVerbs,
  SecretName,
  TerminationOptions,
  UrlVerbs,
} from './constructs/url-verbs';
export type {
  Endpoints,
  ExposureOptions,
  IsolationOptions,
  NegatedVerbs,
  PassageOptions,
  ReachOptions,
  Resolving,
  Verbs,
} from './constructs/verbs';
export type {
  AppKind,
  CronJobProps,
  DaemonSetProps,
  DeploymentProps,
  JobProps,
  RunProps,
  StatefulSetProps,
  WorkloadProps,
} from './constructs/workload-props';
export type { Asked, FlowOptions } from './files/flow-between';
export type { FilesArguments, FilesOptions } from './files/from-files';
export type { NamedEndpoint } from './files/network';
export type { CheckReport } from './intents/check';
export {
  ENDPOINT,
  type EndpointRef,
  type HasEndpoint,
  type HasRequest,
  type LabelValues,
  REQUEST,
  type SubjectRef,
  type UrlRef,
} from './intents/endpoint';
export type {
  Cause,
  Finding,
  Fix,
  KeptPromise,
  NetworkCause,
  NodeRefusal,
  PromiseCode,
  ToldPromise,
} from './intents/finding';
export type {
  EndpointVerb,
  Intent,
  IntentBase,
  IntentOf,
  NoVerb,
  ReachBy,
  SecretRef,
  ToldAddress,
  UrlVerb,
} from './intents/intent';
export type { UrlCause } from './intents/url-cause';
export type { Acknowledged, Acknowledgement, Assumption } from './intents/waivers';
export type { CalicoSpec } from './model/cluster/cni/calico';
export type { CalicoAdvertiseSpec, CalicoBgpSpec, CalicoPeerSpec } from './model/cluster/cni/calico-bgp';
export type { CalicoBlockSizeSpec, CalicoEncapsulation, CalicoPoolSpec } from './model/cluster/cni/calico-pool';
export type { CiliumIpam, CiliumMasquerade, CiliumSpec } from './model/cluster/cni/cilium';
export type { ConformantSpec } from './model/cluster/cni/conformant';
export type { FlannelSpec } from './model/cluster/cni/flannel';
export type {
  FlannelBackend,
  HostGatewayBackend,
  IpipBackend,
  UdpBackend,
  VxlanBackend,
  WireguardBackend,
} from './model/cluster/cni/flannel-backend';
export type { KindnetSpec } from './model/cluster/cni/kindnet';
export type { CniSpec } from './model/cluster/cni/registry';
export type { WeaveSpec } from './model/cluster/cni/weave';
export type { ComponentName } from './model/cluster/component-ports';
export type { IpMasqAgentSpec } from './model/cluster/ip-masq-agent';
export type { NodeCidrMaskSizeSpec } from './model/cluster/node-blocks';
export type { FirewallRuleSpec, FirewallSpec } from './model/cluster/node-firewall';
export type { NodeGroupSpec, NodeRole } from './model/cluster/node-groups';
export type { ClusterProfileSpec, DnsSpec, KubeProxySpec } from './model/cluster/profile';
export type { DnsRecord, QueryType, Rcode, RecordTarget } from './model/dns/record';
export type { Resolution, ResolvedQuery } from './model/dns/resolve';
export type { Resolver } from './model/dns/resolver';
export type { InputFault, InputFaultCode } from './model/finding/input-fault';
export { InvalidInputError } from './model/finding/invalid-input-error';
export type { Lint, LintDetail, LintOf, Severity } from './model/finding/lint';
export type { Manifest, Origin, Position } from './model/finding/origin';
export type { RequestOptions, UrlRequest } from './model/ingress/request';
export type { Answer, Considered, RouteRule } from './model/ingress/routing';
export type { FlowQuery, ResolveQuery } from './model/network';
export type { NearMiss } from './model/policy/explain';
export type { RuleOrigin } from './model/policy/language';
export type { NeedCode } from './model/policy/needs';
export type { ConnectivityMap } from './model/reach/connectivity-map';
export type { WorkloadExposure } from './model/reach/exposure';
export type { ServiceMap } from './model/reach/service-map';
export type { AtEdge, UrlBackend, UrlVerdict } from './model/reach/url-verdict';
export type { UrlQuery } from './model/reach/urls';
export type { FirewallHop, Hop, PairVerdict, PolicyHop, Verdict } from './model/reach/verdict';
export type { IpFamily } from './model/values/ip';
export type { Doubt } from './model/values/ternary';
export type { Protocol } from './model/values/traffic-set';
export { Network } from './synth/network';
export { networkOf } from './synth/network-of';
export { NetworkPromiseError } from './synth/network-promise-error';
export { verify } from './synth/verify';

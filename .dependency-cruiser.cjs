/**
 * The house has one staircase: a room may import from rooms above it in this list, never from rooms below.
 * Rooms on one step don't know each other.
 */
const STAIRS = [
  ['lib/model/values/'],
  ['lib/model/finding/'],
  ['lib/model/manifest/'],
  ['lib/model/cluster/'],
  ['lib/model/fabric/'],
  ['lib/model/service/'],
  ['lib/model/policy/', 'lib/model/dns/', 'lib/model/ingress/'],
  ['lib/model/mesh/'],
  ['lib/model/reach/'],
  ['lib/model/network.ts'],
  ['lib/intents/'],
  ['lib/diagnostics/'],
];

/** These stand on top of the stairs and may use each other. */
const FACES = [
  'lib/certificates/',
  'lib/constructs/',
  'lib/synth/',
  'lib/files/',
  'lib/report/',
  'lib/cli/',
  'lib/jest/',
  'lib/plugin/',
  'lib/index.ts',
];

/** The faces that fit cdk8s; all else must work where it is not installed. */
const CDK8S_FACES = ['lib/constructs/', 'lib/synth/', 'lib/jest/', 'lib/plugin/', 'lib/index.ts'];

/** A pattern for paths below these; a file's name stands for itself. */
function under(paths) {
  return `^(${paths.map((path) => path.replaceAll('.', '\\.')).join('|')})`;
}

/** For each room: what lies below it on the stairs, beside it, and on top. */
const oneWay = STAIRS.flatMap((step, i) =>
  step.map((room) => ({
    name: `one-way-from-${room.replace('lib/', '').replace(/\/$/, '')}`,
    comment: `${room} may import only from rooms above it in the order of the house.`,
    severity: 'error',
    from: { path: under([room]) },
    to: { path: under([...step.filter((other) => other !== room), ...STAIRS.slice(i + 1).flat(), ...FACES]) },
  })),
);

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...oneWay,
    {
      name: 'every-room-has-its-place',
      comment: 'A new room needs a step on the stairs, or a place on top.',
      severity: 'error',
      from: { path: '^lib/', pathNot: under([...STAIRS.flat(), ...FACES]) },
      to: {},
    },
    {
      name: 'pure-model',
      comment:
        'Up to diagnostics everything is a function of its arguments: no input, no output, no clock, no process.',
      severity: 'error',
      from: { path: under(STAIRS.flat()) },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'cdk8s-only-in-its-faces',
      comment: 'The model and the command work without cdk8s.',
      severity: 'error',
      from: { path: '^lib/', pathNot: under(CDK8S_FACES) },
      to: { path: 'node_modules/(cdk8s|cdk8s-plus-28|cdk8s-cli|constructs)/' },
    },
    {
      name: 'command-without-cdk8s',
      comment: 'Not through the back door either: loading the constructs would load cdk8s.',
      severity: 'error',
      from: { path: '^lib/(cli|report)/' },
      to: { path: under(CDK8S_FACES) },
    },
    {
      name: 'only-what-users-get',
      comment: 'What is installed for development only is not there for users.',
      severity: 'error',
      from: { path: '^lib/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['npm', 'npm-peer', 'type-only'] },
    },
    { name: 'no-unknown-module', severity: 'error', from: {}, to: { couldNotResolve: true } },
    { name: 'no-cycle', severity: 'error', from: {}, to: { circular: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // Imports of types count: a room that must know another's types depends on it.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default'] },
  },
};

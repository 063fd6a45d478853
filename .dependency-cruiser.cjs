// Who may import whom: docs/architecture.md says why.
const folder = (name) => `^src/${name}/`;

/** Imports of our own folders other than those listed (and itself) are forbidden. */
const only = (name, allowed) => ({
  name: `${name}-imports-only-what-it-may`,
  severity: 'error',
  from: { path: folder(name) },
  to: { path: '^src/', pathNot: [name, ...allowed].map(folder) },
});

const inside = ['domain', 'stats', 'metrics', 'documents', 'prompts'];

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-orphans',
      severity: 'error',
      from: {
        orphan: true,
        path: '^src/',
        pathNot: ['^src/(main|cli)\\.ts$', '^src/edges/functions/host\\.ts$', '^src/stats/', '\\.d\\.ts$'],
      },
      to: {},
    },
    only('stats', []),
    only('domain', []),
    only('metrics', ['domain', 'stats']),
    only('documents', ['domain']),
    only('prompts', ['domain', 'documents']),
    ...['evalset', 'scorers', 'evaluate', 'gate', 'search', 'report'].map((name) => only(name, inside)),
    only('settings', ['domain', 'documents', 'metrics', 'scorers']),
    only('edges', ['domain', 'prompts']),
    only('jobs', [...inside, 'evalset', 'scorers', 'evaluate', 'gate', 'search', 'report', 'settings', 'edges']),
    {
      name: 'nobody-asks-the-front-door',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/main\\.ts$', folder('action')] },
      to: { path: folder('action') },
    },
    {
      name: 'the-world-is-touched-only-at-the-edges',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/edges/', '^src/(main|cli)\\.ts$'] },
      to: { path: '(@actions/|octokit|openai|undici|cli-progress|^(node:)?(fs|child_process|net|http|https|os|dns|tls|readline)(/|$))' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    parser: 'swc',
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
      extensions: ['.ts', '.js', '.mjs', '.json'],
    },
  },
};

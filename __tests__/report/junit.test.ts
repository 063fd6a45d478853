import { XMLParser, XMLValidator } from 'fast-xml-parser';
import * as z from 'zod';
import { junitXml } from '../../src/report/junit.ts';
import { flip, prompt, report, states } from './reports.ts';

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Element[];
}

/** An element as the parser keeps it: its name with its children, and `:@` with its attributes. */
const node = z.record(z.string(), z.unknown());
const attributesOf = z.record(z.string(), z.string()).default({});

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  processEntities: true,
  htmlEntities: true,
});

function elements(nodes: unknown): Element[] {
  return z
    .array(node)
    .parse(nodes)
    .flatMap((each) => {
      const name = Object.keys(each).find((key) => key !== ':@')!;
      if (name.startsWith('?') || name === '#text') return [];
      return [{ name, attributes: attributesOf.parse(each[':@']), children: elements(each[name]) }];
    });
}

function parsed(text: string): Element {
  expect(XMLValidator.validate(text)).toBe(true);
  return elements(parser.parse(text))[0]!;
}

/** The common shape (Jenkins' junit-10.xsd, windyroad/JUnit-Schema): element → required and further attributes, and children. */
const shape: Readonly<Record<string, { required: string[]; further: string[]; children: string[] }>> = {
  testsuites: { required: [], further: ['name', 'tests', 'failures', 'errors', 'skipped', 'time', 'disabled'], children: ['testsuite'] },
  testsuite: {
    required: ['name', 'tests'],
    further: ['failures', 'errors', 'skipped', 'time', 'timestamp', 'hostname', 'id', 'package', 'file'],
    children: ['properties', 'testcase', 'system-out', 'system-err'],
  },
  testcase: {
    required: ['name', 'classname'],
    further: ['time', 'file', 'line', 'assertions', 'status'],
    children: ['skipped', 'error', 'failure', 'system-out', 'system-err'],
  },
  failure: { required: [], further: ['message', 'type'], children: [] },
  error: { required: [], further: ['message', 'type'], children: [] },
  skipped: { required: [], further: ['message'], children: [] },
  'system-out': { required: [], further: [], children: [] },
};

function misfits({ name, attributes, children }: Element): string[] {
  const { required, further, children: allowed } = shape[name] ?? { required: [], further: [], children: [] };
  return [
    ...(shape[name] === undefined ? [`<${name}>`] : []),
    ...required.filter((key) => attributes[key] === undefined).map((key) => `${name} lacks ${key}`),
    ...Object.keys(attributes)
      .filter((key) => ![...required, ...further].includes(key))
      .map((key) => `${name} has ${key}`),
    ...children.filter((child) => !allowed.includes(child.name)).map((child) => `${name} holds ${child.name}`),
    ...children.flatMap(misfits),
  ];
}

const cases = (suite: Element) => suite.children.filter(({ name }) => name === 'testcase');
const outcome = (one: Element, kind: string) => one.children.some(({ name }) => name === kind);
const counted = (all: readonly Element[]) => ({
  tests: String(all.length),
  failures: String(all.filter((one) => outcome(one, 'failure')).length),
  errors: String(all.filter((one) => outcome(one, 'error')).length),
  skipped: String(all.filter((one) => outcome(one, 'skipped')).length),
});

describe.each(Object.entries(states))('JUnit XML of the state "%s"', (_name, state) => {
  const root = parsed(junitXml(state));

  it('keeps to the common shape, with totals that are its cases’', () => {
    expect(misfits(root)).toEqual([]);
    expect(root.attributes).toMatchObject(counted(root.children.flatMap(cases)));
    for (const suite of root.children) expect(suite.attributes).toMatchObject(counted(cases(suite)));
  });

  it('fails exactly where the check does', () => {
    const { failures, errors } = root.attributes;
    expect(Number(failures) + Number(errors) > 0).toBe(!state.passed);
  });
});

it.each<[string, Parameters<typeof prompt>[0], object]>([
  ['a regressed prompt and its examples fail', {}, { verdict: 'failure', 'example bad': 'failure', 'example good': undefined }],
  [
    'a prompt that is no worse passes, and so do its examples',
    { verdict: 'no-worse', passed: true, because: [] },
    { verdict: undefined, 'example bad': undefined, 'example good': undefined },
  ],
  ['what could not be measured is an error', { verdict: 'could-not-measure' }, { verdict: 'error' }],
  ['what was not evaluated is skipped', { verdict: 'not-evaluated', passed: true }, { verdict: 'skipped' }],
  [
    'a missed threshold fails by name',
    {
      because: [{ rule: 'threshold-missed', metric: 'accuracy', threshold: 0.9, value: 0.5 }],
      metrics: [
        { name: 'accuracy', head: 0.5, threshold: 0.9 },
        { name: 'scorer:x', head: 1, threshold: 0.9 },
      ],
    },
    { verdict: 'failure', 'threshold accuracy': 'failure', 'threshold scorer:x': undefined },
  ],
])('%s', (_what, fields, expected) => {
  const examples = [flip({ id: 'bad' }), flip({ id: 'good', change: 'fixed' })];
  const root = parsed(junitXml(report({ prompts: [prompt({ examples, ...fields })] })));
  const found = root.children
    .flatMap(cases)
    .map(({ attributes, children }) => [attributes['name'], children.find(({ name }) => name !== 'system-out')?.name]);
  expect(Object.fromEntries(found)).toMatchObject(expected);
});

it('carries any text: what XML has no place for stands there by name', () => {
  const id = 'a\u0000\u001b]]>"<b>&\ud800\ufffe\u202e';
  const root = parsed(junitXml(report({ prompts: [prompt({ path: `p/${id}.md`, examples: [flip({ id, input: '"\'<!--\n\t' })] })] })));
  expect(root.children[0]!.attributes['name']).toBe('p/a␀␛]]>"<b>&��<U+202E>.md');
});

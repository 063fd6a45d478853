import { expandHeaders } from '../../src/settings/headers.ts';
import { sentences } from '../documents/sentences.ts';

const inFile = { file: 'ops/gate.yml' };

describe('expandHeaders', () => {
  it('puts in the values of environment variables, once', () => {
    const env = { KEY: 'abc', NESTED: `\${KEY}` };
    expect(expandHeaders({ a: `Bearer \${KEY}`, b: `\${NESTED}/\${KEY}`, c: 'plain' }, env, inFile)).toEqual({
      a: 'Bearer abc',
      b: `\${KEY}/abc`,
      c: 'plain',
    });
  });

  it.each([undefined, ''])('refuses a variable that is %j', (value) => {
    expect(sentences(() => expandHeaders({ 'x-key': `\${GATEWAY_KEY}` }, { GATEWAY_KEY: value }, inFile))).toBe(
      'ops/gate.yml: key "headers.x-key": the environment variable GATEWAY_KEY is not set. Set it; in a workflow, under "env:" of the step.',
    );
  });

  it.each(['secret\n', 'secret\r\nx: y', 'secret\0', 'secret€'])('refuses the value %j without repeating it', (value) => {
    expect(sentences(() => expandHeaders({ 'x-key': `\${K}` }, { K: value }, inFile))).toBe(
      'ops/gate.yml: key "headers.x-key": the value holds a line break or another character that no header can carry. Mend the environment variable.',
    );
  });

  it.each(['constructor', '__proto__', 'toString'])('does not take the inherited %s for a variable', (name) => {
    expect(sentences(() => expandHeaders({ a: `\${${name}}` }, {}, inFile))).toContain(`the environment variable ${name} is not set`);
  });
});

import { choice, happens, meanChance, normal, uniform } from './chance.ts';

/** How a simulated task behaves. Logits unless said otherwise. */
export interface WorldSpec {
  readonly name: string;
  /** Of a right answer by the bare prompt, at a row of middling difficulty. */
  readonly base: number;
  /** Standard deviation of the rows' difficulty. */
  readonly difficulty: number;
  /** Share of the rows that have each need. */
  readonly needs: readonly number[];
  /** What a good rule adds on rows of its need. */
  readonly lift: number;
  /** What a harmful rule takes from them. */
  readonly harm: number;
  /** What any rule takes from the rows of other needs. */
  readonly side: number;
  /** Standard deviation of what a rule does to a single row besides. */
  readonly interaction: number;
  /** Chance that a changed prompt answers a row afresh, whatever it says. */
  readonly redraw: number;
  /** Shares of good, idle and harmful rules that the proposer finds for the incumbent, and for a prompt that has rules already. */
  readonly proposals: readonly [readonly [number, number, number], readonly [number, number, number]];
  /** Share of rows whose answer cannot be read unless the prompt states its form. */
  readonly misshapen?: number;
  /** Chance that the judge errs. */
  readonly noise?: number;
  /** Chance that a repeated request answers afresh. */
  readonly flaky?: number;
  /** Lines of the prompt that do nothing. */
  readonly filler?: number;
  /** Chance that an attempt fails. */
  readonly failures?: number;
  /** Two needs that hurt each other unless both are met. */
  readonly rivals?: number;
  /** Copies of each row. */
  readonly copies?: number;
  /** The prompt cannot matter at all: every version has the same chances. */
  readonly isNull?: boolean;
}

export type Quality = 'good' | 'idle' | 'harmful';

/** What a prompt's text says, as far as this world can read. */
interface Features {
  /** By need, the best and worst that its rules do. */
  readonly lifts: readonly number[];
  readonly rules: readonly string[];
  readonly statesForm: boolean;
}

const RULE = /kind k(\d+), follow policy p(\d+)/g;
export const FORM = 'Answer in one word.';
const QUALITIES: readonly Quality[] = ['good', 'idle', 'harmful'];

/** A rule's sentence. Its variant's hundreds say how good it is; what exactly it does is drawn for each world. */
export function ruleText(need: number, quality: Quality, variant: number): string {
  return `For requests of kind k${need}, follow policy p${QUALITIES.indexOf(quality) * 100 + variant}.`;
}

/** A task with its rows, the same for every system that is tried on it. */
export class World {
  readonly spec: WorldSpec;
  readonly seed: string;
  readonly rows: number;
  /** The prompt to improve. */
  readonly incumbent: string;
  readonly #features = new Map<string, Features>();
  readonly #truths = new Map<string, number>();
  readonly #needs: readonly number[];

  constructor(spec: WorldSpec, seed: string, rows: number) {
    this.spec = spec;
    this.seed = `${spec.name} ${seed}`;
    this.rows = rows;
    this.incumbent = incumbentText(spec);
    this.#needs = Array.from({ length: rows }, (_, row) => choice(spec.needs, uniform(this.seed, 'need', this.original(row))));
  }

  /** The row that a copy is a copy of. */
  original(row: number): number {
    return Math.floor(row / (this.spec.copies ?? 1));
  }

  needOf(row: number): number {
    return this.#needs[row]!;
  }

  inputOf(row: number): string {
    return `Request r${this.original(row)} of kind k${this.needOf(row)}.`;
  }

  /** Expected score of a prompt over all inputs there could be, exactly. */
  truthOf(prompt: string): number {
    const { lifts, rules, statesForm } = this.featuresOf(prompt);
    const key = JSON.stringify([lifts, rules.length, statesForm]);
    const known = this.#truths.get(key);
    if (known !== undefined) return known;
    const sd = Math.hypot(this.spec.difficulty, this.spec.interaction * Math.sqrt(rules.length));
    const right = this.spec.needs.reduce((sum, share, need) => sum + share * meanChance(this.spec.base + lifts[need]!, sd), 0);
    const readable = statesForm ? 1 : 1 - (this.spec.misshapen ?? 0);
    const noise = this.spec.noise ?? 0;
    const truth = right * readable * (1 - noise) + (1 - right * readable) * noise;
    this.#truths.set(key, truth);
    return truth;
  }

  /** What a prompt gains over the incumbent, exactly. */
  gainOf(prompt: string): number {
    return this.truthOf(prompt) - this.truthOf(this.incumbent);
  }

  /** The answer of a prompt to a row: right, wrong, or of no readable form. */
  answer(prompt: string, row: number, repeat = 0): { readonly score: 0 | 1; readonly readable: boolean } {
    const { spec, seed } = this;
    const id = this.original(row);
    const { lifts, rules, statesForm } = this.featuresOf(prompt);
    const version = this.#versionKey(prompt);
    const need = this.needOf(row);
    const own = rules.reduce((sum, rule) => sum + normal(seed, 'interaction', rule, id), 0);
    const logit = spec.base + lifts[need]! + spec.difficulty * normal(seed, 'difficulty', id) + spec.interaction * own;
    const isRedrawn = version !== '' && happens(spec.redraw, seed, 'redraws', version, id);
    const isFlaky = happens(spec.flaky ?? 0, seed, 'flaky', version, id, repeat);
    const luck = uniform(seed, 'luck', id, isRedrawn ? version : '', isFlaky ? `${version} ${repeat}` : '');
    const readable = statesForm || !happens(spec.misshapen ?? 0, seed, 'form', id);
    const right = readable && luck < 1 / (1 + Math.exp(-logit));
    const errs = happens(spec.noise ?? 0, seed, 'judge', version, row, repeat);
    return { score: right !== errs ? 1 : 0, readable };
  }

  featuresOf(prompt: string): Features {
    const known = this.#features.get(prompt);
    if (known !== undefined) return known;
    const made = this.#read(prompt);
    this.#features.set(prompt, made);
    return made;
  }

  #read(prompt: string): Features {
    const { needs, side, rivals = 0, isNull = false } = this.spec;
    const rules = [...new Set([...prompt.matchAll(RULE)].map(([, need, variant]) => `${need} ${variant}`))].sort();
    const best = needs.map(() => 0);
    const worst = needs.map(() => 0);
    for (const rule of isNull ? [] : rules) {
      const [need = 0, variant = 0] = rule.split(' ').map(Number);
      if (need >= needs.length) continue;
      const effect = this.#effect(need, variant);
      best[need] = Math.max(best[need]!, effect);
      worst[need] = Math.min(worst[need]!, effect);
    }
    const met = best.map((lift) => lift > 0);
    const lifts = needs.map((_, need) => {
      const others = isNull ? 0 : rules.filter((rule) => Number(rule.split(' ')[0]) !== need).length;
      const rival = need % 2 === 0 ? need + 1 : need - 1;
      const rivalry = met[rival] && !met[need] ? rivals : 0;
      return best[need]! + worst[need]! - side * others - rivalry;
    });
    return { lifts, rules: isNull ? [] : rules, statesForm: prompt.includes(FORM) };
  }

  #effect(need: number, variant: number): number {
    const quality = QUALITIES[Math.floor(variant / 100)] ?? 'idle';
    const spread = 0.7 + 0.6 * uniform(this.seed, 'effect', need, variant);
    return quality === 'good' ? this.spec.lift * spread : quality === 'harmful' ? -this.spec.harm * spread : 0;
  }

  /** Versions that differ in wording alone still answer some rows afresh; the incumbent is no other version of itself. */
  #versionKey(prompt: string): string {
    const key = versionKey(prompt);
    return key === versionKey(this.incumbent) ? '' : key;
  }

  /** Whether a prompt is the incumbent, whose answers are known to everybody. */
  isIncumbent(prompt: string): boolean {
    return this.#versionKey(prompt) === '';
  }
}

/** What a prompt file tells the model, without roles and placeholders. */
export function instructionsOf(prompt: string): string {
  return prompt.replace(/\{\{[^}]*\}\}\n?/g, '').trim();
}

/** What the model is told, whether it is a prompt file or the instructions in it. */
function versionKey(prompt: string): string {
  return prompt
    .replace(/\{\{[^}]*\}\}/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

function incumbentText({ filler = 0 }: WorldSpec): string {
  const lines = Array.from(
    { length: filler },
    (_, at) => `Note n${at}: all of this matters very much, so please keep it in mind at all times.`,
  );
  return `{{role "system"}}\nYou answer the requests that customers send.\n${lines.map((line) => `${line}\n`).join('')}\n{{role "user"}}\n{{input}}\n`;
}

interface Unit {
  readonly of: 'mass' | 'length' | 'volume' | 'time';
  /** What one of it is in its kind's first unit. */
  readonly factor: number;
}

/** The units that this model can turn into each other, by the names that texts give them. */
const units = new Map<string, Unit>(
  (
    [
      ['mass', 1, 'kg kgs kilo kilos kilogram kilograms kilogramme kilogrammes'],
      ['mass', 0.001, 'g gr gram grams gramme grammes'],
      ['mass', 1_000, 't to ton tons tonne tonnes'],
      ['mass', 0.453_592_37, 'lb lbs pound pounds'],
      ['length', 1, 'm metre metres meter meters'],
      ['length', 0.01, 'cm centimetre centimetres centimeter centimeters'],
      ['length', 0.001, 'mm millimetre millimetres millimeter millimeters'],
      ['length', 1_000, 'km kilometre kilometres kilometer kilometers'],
      ['volume', 1, 'l litre litres liter liters'],
      ['volume', 0.001, 'ml millilitre millilitres milliliter milliliters'],
      ['time', 1, 'min mins minute minutes'],
      ['time', 60, 'h hr hrs hour hours'],
      ['time', 1_440, 'day days'],
    ] as const
  ).flatMap(([of, factor, names]) => names.split(' ').map((name) => [name, { of, factor }] as const)),
);

/** Whether it is one that this model knows, in any case. */
export function isUnit(name: string): boolean {
  return units.has(name.toLowerCase());
}

/** Whether both measure the same kind of thing, such as mass. */
export function areAlike(one: string, other: string): boolean {
  return units.get(one.toLowerCase())?.of === units.get(other.toLowerCase())?.of;
}

/** `value` of one unit in another of its kind, rounded to what a decimal fraction can say. */
export function inUnit(value: number, from: string, to: string): number {
  const factor = units.get(from.toLowerCase())!.factor / units.get(to.toLowerCase())!.factor;
  return Number((value * factor).toPrecision(12));
}

import { type NarrowArray, NarrowColumn } from './narrow-column.ts';

/** Members in an order, each perhaps made only when it is looked at. Every array is one. */
export interface Sequence<T> {
  readonly length: number;
  /** The member at this place, 0-based; undefined where there is none. */
  at(place: number): T | undefined;
  [Symbol.iterator](): Iterator<T>;
}

/** `length` members, each made by `make` whenever it is looked at. */
export function lazily<T>(length: number, make: (place: number) => T): Sequence<T> {
  return {
    length,
    at: (place) => (place >= 0 && place < length ? make(place) : undefined),
    *[Symbol.iterator]() {
      for (let place = 0; place < length; place++) yield make(place);
    },
  };
}

/** The members of `of` at these places. */
export function picked<T>(of: Sequence<T>, places: ArrayLike<number>): Sequence<T> {
  return lazily(places.length, (nth) => of.at(places[nth]!)!);
}

/** The members from place `start` to below `end`. */
export function sliced<T>(of: Sequence<T>, start: number, end: number): Sequence<T> {
  return lazily(Math.max(0, end - start), (nth) => of.at(start + nth)!);
}

/** Those members for which `holds`, which is asked now. Where it holds for all no column of places is made. */
export function where<T>(of: Sequence<T>, holds: (member: T) => boolean): Sequence<T> {
  return some(of, (member) => !holds(member)) ? picked(of, placesWhere(of, holds)) : of;
}

/** What `make` makes of each member. */
export function mapped<T, U>(of: Sequence<T>, make: (member: T, place: number) => U): Sequence<U> {
  return lazily(of.length, (place) => make(of.at(place)!, place));
}

/** The members of one after those of the other. */
export function joined<T>(one: Sequence<T>, other: Sequence<T>): Sequence<T> {
  return lazily(one.length + other.length, (place) => (place < one.length ? one.at(place)! : other.at(place - one.length)!));
}

/** The same members, each of which is made once. */
export function remembered<T>(of: Sequence<T>): Sequence<T> {
  const made: T[] = [];
  return lazily(of.length, (place) => {
    made[place] ??= of.at(place)!;
    return made[place];
  });
}

/** A number of each member, in a column. */
export function column<T>(of: Sequence<T>, number: (member: T) => number): NarrowArray {
  const numbers = new NarrowColumn(of.length);
  let place = 0;
  for (const member of of) numbers.put(place++, number(member));
  return numbers.numbers();
}

/** Whether it holds of any member; asked in order, and no further than the first. */
export function some<T>(of: Sequence<T>, holds: (member: T) => boolean): boolean {
  for (const member of of) if (holds(member)) return true;
  return false;
}

/** The places of those members for which `holds`, which is asked about each once. */
export function placesWhere<T>(of: Sequence<T>, holds: (member: T) => boolean): NarrowArray {
  const places = new NarrowColumn();
  let count = 0;
  let place = 0;
  for (const member of of) {
    if (holds(member)) places.put(count++, place);
    place += 1;
  }
  return places.numbers().subarray(0, count);
}

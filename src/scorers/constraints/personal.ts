/** Finds texts of one kind of personal data or secret. Each takes time linear in the text. */
interface Finder {
  /** With its article, for `contains …`. */
  readonly name: string;
  readonly find: (text: string) => Iterable<string>;
}

function matching(name: string, pattern: RegExp, accepts: (found: string) => string | undefined = (found) => found): Finder {
  return {
    name,
    *find(text) {
      for (const [whole] of text.matchAll(pattern)) {
        const accepted = accepts(whole);
        if (accepted !== undefined) yield accepted;
      }
    },
  };
}

const longestLocal = 64;
const longestDomain = 255;

/** Looks around every at sign, because a pattern that begins with the local part is quadratic on long runs of letters. */
const email: Finder = {
  name: 'an email address',
  *find(text) {
    for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
      const local = /[\p{L}\p{N}!#$%&'*+/=?^_`{|}~.-]+$/u.exec(text.slice(Math.max(0, at - longestLocal), at))?.[0];
      const domain = /^(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+\p{L}{2,63}/u.exec(
        text.slice(at + 1, at + 1 + longestDomain),
      )?.[0];
      if (local && domain) yield `${local}@${domain}`;
    }
  },
};

/**
 * International numbers (+ or 00 and 7 to 15 digits, E.164), North American ones with separators, and national ones of 9 to 12 digits in
 * groups that begin with 0. A bare run of digits is no phone number: it may be anything.
 */
const phone = matching(
  'a phone number',
  /(?<![\p{L}\p{N}.,+/-])(?:(?:\+|00)[1-9](?:[ ./-]?\(?\d\)?){6,14}|\(?[2-9]\d{2}\)?[ .-][2-9]\d{2}[ .-]\d{4}|\(?0[1-9]\d{0,4}\)?(?:[ /-]{1,3}\d{2,8}){1,5})(?![\p{L}\p{N}])/gu,
  (found) => {
    const digits = digitsOf(found);
    const least = found.startsWith('+') ? 7 : 9;
    return digits.length >= least && digits.length <= (/^(?:\+|00)/.test(found) ? 17 : 12) ? found : undefined;
  },
);

/** Payment cards: 13 to 19 digits with a right check digit (Luhn, ISO/IEC 7812), in one run or grouped as on a card. */
const card = matching(
  'a payment card number',
  /(?<![\p{L}\p{N}.,-])(?:[2-6]\d{12,18}|[2-6]\d{3}([ -])\d{4}\1\d{4}\1\d{1,7}|3\d{3}([ -])\d{6}\2\d{5})(?![\p{L}\p{N}])/gu,
  (found) => (hasLuhn(digitsOf(found)) ? found : undefined),
);

function hasLuhn(digits: string): boolean {
  const sum = Array.from(digits).reduceRight((total, digit, place) => {
    const doubled = (digits.length - place) % 2 === 0 ? Number(digit) * 2 : Number(digit);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0 && /[1-9]/.test(digits);
}

/** Keys by the prefixes their makers gave them so that they can be found, private keys and signed tokens (JWT); as far as needed to tell. */
const apiKey = matching(
  'an API key or other secret',
  new RegExp(
    [
      '(?<![A-Za-z0-9_-])(?:',
      [
        'sk-[A-Za-z0-9_-]{20}',
        '[rs]k_(?:live|test)_[A-Za-z0-9]{16}',
        '(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9])',
        'gh[oprsu]_[A-Za-z0-9]{36}',
        'github_pat_[A-Za-z0-9_]{22}',
        'glpat-[A-Za-z0-9_-]{20}',
        'xox[abeoprs]-[A-Za-z0-9-]{10}',
        'AIza[A-Za-z0-9_-]{35}',
        'npm_[A-Za-z0-9]{36}',
        'pypi-[A-Za-z0-9_-]{50}',
        'hf_[A-Za-z0-9]{30}',
        'SG\\.[A-Za-z0-9_-]{16,200}\\.[A-Za-z0-9_-]{16}',
        'eyJ[A-Za-z0-9_-]{8,500}\\.eyJ[A-Za-z0-9_-]{8,4000}\\.[A-Za-z0-9_-]{8}',
      ].join('|'),
      ')|-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----',
    ].join(''),
    'g',
  ),
);

/** Lengths by country (ISO 13616, SWIFT's registry). */
const ibanLengths = new Map(
  (
    'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20 EG29 ES24 FI18 FO18 FR27 GB22 ' +
    'GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 MC27 MD24 ME22 MK19 ' +
    'MR27 MT31 MU30 NL18 NO15 PK24 PL28 PS29 PT25 QA29 RO24 RS22 SA24 SC31 SE24 SI19 SK24 SM27 TL23 TN24 TR26 UA29 VA22 VG24 XK20'
  )
    .split(' ')
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
);

const iban = matching('an IBAN', /(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}/g, (found) => {
  const length = ibanLengths.get(found.slice(0, 2));
  const account = found.replaceAll(' ', '').slice(0, length);
  return length === account.length && hasIbanChecksum(account) ? account : undefined;
});

/** The remainder by 97 is 1, with the first four characters at the end and letters as numbers from 10 on. */
function hasIbanChecksum(account: string): boolean {
  const digits = Array.from(account.slice(4) + account.slice(0, 4), (character) => Number.parseInt(character, 36)).join('');
  return BigInt(digits) % 97n === 1n;
}

function digitsOf(text: string): string {
  return text.replace(/\D/g, '');
}

export const personalKinds = { email, phone, card, iban, apiKey } as const;
